package io.omnitls.internal.verify;

import io.omnitls.error.VerifyCode;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the extensions allow each certificate to do: OpenSSL's {@code check_extensions}. */
record ExtensionsCheck(Purpose purpose) implements ChainCheck {
    private static final int DIGITAL_SIGNATURE = 0;
    private static final int KEY_ENCIPHERMENT = 2;
    private static final int KEY_AGREEMENT = 4;

    /** {@code supported_nids} of OpenSSL's v3_purp.c: what it takes care of, here or elsewhere. */
    private static final Set<String> UNDERSTOOD = Set.of(
            "2.16.840.1.113730.1.1", // netscapeCertType
            Extension.KEY_USAGE,
            Extension.SUBJECT_ALT_NAME,
            Extension.BASIC_CONSTRAINTS,
            "2.5.29.32", // certificatePolicies
            "2.5.29.31", // cRLDistributionPoints
            "2.5.29.37", // extKeyUsage
            "2.5.29.36", // policyConstraints
            Extension.PROXY_CERT_INFO,
            Extension.NAME_CONSTRAINTS,
            "2.5.29.33", // policyMappings
            "2.5.29.54"); // inhibitAnyPolicy

    /** Whether a certificate is a certificate authority's: the results of OpenSSL's {@code check_ca}. */
    private enum Authority {
        NO,
        /** By basicConstraints. */
        YES,
        /** By habit: a self-signed certificate of version 1, or one with key usage but without basicConstraints. */
        TOLERATED
    }

    @Override
    public Optional<Finding> check(List<X509Certificate> path) {
        int issuersBelow = 0;
        for (int depth = 0; depth < path.size(); depth++) {
            X509Certificate certificate = path.get(depth);
            Optional<Finding> finding = one(certificate, depth, path.size());
            if (finding.isPresent()) {
                return finding;
            }
            int limit = pathLength(certificate);
            if (depth > 1 && limit >= 0 && issuersBelow > limit) {
                return Finding.of(
                        VerifyCode.PATH_LENGTH_EXCEEDED,
                        depth,
                        certificate.getSubjectX500Principal() + " allows " + limit
                                + " intermediate authorities below itself, the chain has " + issuersBelow);
            }
            // RFC 5280 4.2.1.9: a self-issued certificate does not count.
            if (depth > 0 && !Issuance.selfIssued(certificate)) {
                issuersBelow++;
            }
        }
        return Optional.empty();
    }

    private Optional<Finding> one(X509Certificate certificate, int depth, int length) {
        Set<String> critical = new HashSet<>();
        if (certificate.getCriticalExtensionOIDs() != null) {
            critical.addAll(certificate.getCriticalExtensionOIDs());
        }
        critical.removeAll(UNDERSTOOD);
        if (!critical.isEmpty()) {
            return Finding.of(
                    VerifyCode.UNHANDLED_CRITICAL_EXTENSION,
                    depth,
                    "nobody here understands the extension " + critical);
        }
        if (Extension.present(certificate, Extension.PROXY_CERT_INFO)) {
            return Finding.of(
                    VerifyCode.PROXY_CERTIFICATES_NOT_ALLOWED,
                    depth,
                    certificate.getSubjectX500Principal() + " is a proxy certificate");
        }
        Authority authority = authority(certificate);
        // An intermediate has to be an authority by basicConstraints; the habits are for trust anchors.
        if (depth > 0 && (authority == Authority.NO || depth + 1 < length && authority != Authority.YES)) {
            return Finding.of(
                    VerifyCode.INVALID_CA,
                    depth,
                    certificate.getSubjectX500Principal()
                            + " is not a certificate authority, but issued a certificate");
        }
        return suitable(certificate, depth > 0)
                ? Optional.empty()
                : Finding.of(
                        VerifyCode.INVALID_PURPOSE,
                        depth,
                        certificate.getSubjectX500Principal() + " is not for " + purpose.phrase());
    }

    private static Authority authority(X509Certificate certificate) {
        if (!Issuance.maySign(certificate)) {
            return Authority.NO;
        }
        if (Extension.present(certificate, Extension.BASIC_CONSTRAINTS)) {
            return certificate.getBasicConstraints() >= 0 ? Authority.YES : Authority.NO;
        }
        boolean habit =
                certificate.getVersion() == 1 && Issuance.selfSigned(certificate) || certificate.getKeyUsage() != null;
        return habit ? Authority.TOLERATED : Authority.NO;
    }

    /** -1 when there is no limit; the JDK says {@link Integer#MAX_VALUE} for that. */
    private static int pathLength(X509Certificate certificate) {
        int limit = certificate.getBasicConstraints();
        return limit == Integer.MAX_VALUE ? -1 : limit;
    }

    /** {@code check_purpose_ssl_server} and {@code check_purpose_ssl_client}. */
    private boolean suitable(X509Certificate certificate, boolean issuer) {
        try {
            List<String> extended = certificate.getExtendedKeyUsage();
            if (extended != null && !extended.contains(purpose.keyPurpose())) {
                return false;
            }
        } catch (CertificateParsingException broken) {
            return false;
        }
        boolean[] usage = certificate.getKeyUsage();
        if (issuer || usage == null) {
            return true;
        }
        return usage[DIGITAL_SIGNATURE] || usage[KEY_AGREEMENT] || purpose == Purpose.SERVER && usage[KEY_ENCIPHERMENT];
    }
}
