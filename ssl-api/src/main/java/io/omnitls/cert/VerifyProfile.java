package io.omnitls.cert;

/** By whose rules certificates are judged. */
public enum VerifyProfile {
    /** OpenSSL's: the verdicts and the codes of {@code openssl verify} with the same flags. */
    OPENSSL(100),

    /**
     * Those of the public web: RFC 5280, RFC 9525 and the Baseline Requirements of the CA/Browser Forum, where OpenSSL
     * leaves them out. Whatever OpenSSL refuses with {@link VerifyFlag#X509_STRICT} and {@link
     * VerifyFlag#X509_PARTIAL_CHAIN} is refused with the same code, except that an authority needs no keyUsage and that
     * self-issued certificates do not count for {@code maxChainDepth}; the further rules are those of part 5 of SPEC.md
     * from 5.60 on. Where the first path to an anchor fails, others are tried.
     *
     * <p>It is for certificates of public authorities, and stricter than browsers in places: a self-signed certificate
     * that is trusted itself has to be a server's certificate like any other; keys are RSA or on P-256, P-384 and
     * P-521; and a wildcard in front of a name below which strangers get names counts for nothing, be it a registry's
     * like {@code *.co.uk} or a company's like {@code *.github.io} or {@code *.s3.amazonaws.com}: hosts with such a
     * certificate are refused with HOSTNAME_MISMATCH.
     */
    WEBPKI(10);

    private final int maxChainDepth;

    VerifyProfile(int maxChainDepth) {
        this.maxChainDepth = maxChainDepth;
    }

    /** How many certificates may stand between the peer's certificate and the trust anchor, unless somebody says so. */
    public int maxChainDepth() {
        return maxChainDepth;
    }
}
