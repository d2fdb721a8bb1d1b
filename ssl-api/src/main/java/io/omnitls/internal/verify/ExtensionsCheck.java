package io.omnitls.internal.verify;

import io.omnitls.cert.Purpose;
import io.omnitls.cert.VerifyFlag;
import io.omnitls.error.VerifyCode;
import io.omnitls.internal.x509.DerException;
import io.omnitls.internal.x509.DerReader;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** What the extensions allow each certificate to do: OpenSSL's {@code check_extensions}. */
record ExtensionsCheck(Purpose purpose, Set<VerifyFlag> flags) implements ChainCheck {
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

    /** What a certificate has to be because of the one below it: {@code must_be_ca}. */
    private enum Expected {
        ANYTHING,
        /** Below is a proxy certificate, which no authority issues. */
        NO_AUTHORITY,
        AUTHORITY
    }

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
        int proxiesBelow = 0;
        Expected expected = Expected.ANYTHING;
        for (int depth = 0; depth < path.size(); depth++) {
            X509Certificate certificate = path.get(depth);
            Optional<Finding> finding = one(certificate, depth, path.size(), expected);
            if (finding.isPresent()) {
                return finding;
            }
            int limit = pathLength(certificate);
            if (depth > 1 && limit >= 0 && issuersBelow > limit + proxiesBelow) {
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
            if (Extension.present(certificate, Extension.PROXY_CERT_INFO)) {
                OptionalInt proxies = proxyPathLength(certificate);
                if (proxies.isPresent() && proxiesBelow > proxies.getAsInt()) {
                    return Finding.of(
                            VerifyCode.PROXY_PATH_LENGTH_EXCEEDED,
                            depth,
                            certificate.getSubjectX500Principal() + " allows fewer proxies below itself");
                }
                proxiesBelow = proxies.orElse(proxiesBelow) + 1;
                expected = Expected.NO_AUTHORITY;
            } else {
                expected = Expected.AUTHORITY;
            }
        }
        return Optional.empty();
    }

    private Optional<Finding> one(X509Certificate certificate, int depth, int length, Expected expected) {
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
        if (Extension.present(certificate, Extension.PROXY_CERT_INFO)
                && !flags.contains(VerifyFlag.ALLOW_PROXY_CERTS)) {
            return Finding.of(
                    VerifyCode.PROXY_CERTIFICATES_NOT_ALLOWED,
                    depth,
                    certificate.getSubjectX500Principal() + " is a proxy certificate");
        }
        boolean strict = flags.contains(VerifyFlag.X509_STRICT);
        Authority authority = authority(certificate);
        // An intermediate has to be an authority by basicConstraints; the habits are for trust anchors.
        boolean habitWillDo = !strict && (depth == 0 || depth + 1 == length);
        boolean fits = switch (expected) {
            case ANYTHING -> habitWillDo || authority != Authority.TOLERATED;
            case NO_AUTHORITY -> authority == Authority.NO;
            case AUTHORITY -> authority == Authority.YES || habitWillDo && authority == Authority.TOLERATED;
        };
        if (!fits) {
            return expected == Expected.NO_AUTHORITY
                    ? Finding.of(
                            VerifyCode.INVALID_NON_CA,
                            depth,
                            certificate.getSubjectX500Principal() + " issued a proxy certificate, but is an authority")
                    : Finding.of(
                            VerifyCode.INVALID_CA,
                            depth,
                            certificate.getSubjectX500Principal()
                                    + " is not a certificate authority, but issued a certificate");
        }
        if (strict && length > 1) {
            Optional<VerifyCode> broken = StrictRules.broken(certificate, depth + 1 == length);
            if (broken.isPresent()) {
                return Finding.of(
                        broken.get(),
                        depth,
                        certificate.getSubjectX500Principal() + " does not keep RFC 5280 to the letter");
            }
        }
        return suitable(certificate, expected == Expected.AUTHORITY)
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

    /** {@code ProxyCertInfo ::= SEQUENCE { pCPathLenConstraint INTEGER OPTIONAL, proxyPolicy ProxyPolicy }} (RFC 3820). */
    private static OptionalInt proxyPathLength(X509Certificate certificate) {
        try {
            Optional<DerReader> extension = Extension.value(certificate, Extension.PROXY_CERT_INFO);
            DerReader fields = extension.orElseThrow().enter(DerReader.SEQUENCE);
            return fields.peek() == DerReader.INTEGER ? OptionalInt.of(fields.smallInteger()) : OptionalInt.empty();
        } catch (DerException malformed) {
            return OptionalInt.of(-1);
        }
    }

    /** {@code check_purpose_ssl_server} and {@code check_purpose_ssl_client}. */
    private boolean suitable(X509Certificate certificate, boolean issuer) {
        if (purpose == Purpose.ANY) {
            return true;
        }
        try {
            List<String> extended = certificate.getExtendedKeyUsage();
            if (extended != null
                    && !purpose.keyPurpose().filter(extended::contains).isPresent()) {
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
