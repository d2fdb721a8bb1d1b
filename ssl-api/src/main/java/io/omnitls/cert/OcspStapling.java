package io.omnitls.cert;

/**
 * What a client makes of the OCSP response that a server staples to its certificate (RFC 6066 section 8, RFC 8446
 * section 4.4.2.1). OpenSSL and Python leave this to the application; here it is part of the verdict, with OpenSSL's codes.
 */
public enum OcspStapling {
    /** It does not count, as in OpenSSL: revocation is a matter of CRLs. */
    IGNORE,
    /**
     * A valid, current response that says "revoked" refuses the certificate (CERT_REVOKED). A missing or unusable one
     * changes nothing: whoever holds a revoked certificate could leave it out as well. One that is too old or too new, or
     * that was signed with less strength than the security level asks for, is unusable.
     */
    CHECK,
    /**
     * There has to be a valid, current response that says "good", as strongly signed as the chain itself. A missing one gives OCSP_VERIFY_NEEDED, an unusable
     * one OCSP_VERIFY_FAILED, one that does not know the certificate OCSP_CERT_UNKNOWN.
     */
    REQUIRE
}
