package io.omnitls.internal.verify;

import io.omnitls.cert.Purpose;
import io.omnitls.cert.VerifyFlag;
import io.omnitls.error.VerifyCode;
import io.omnitls.internal.x509.Authority;
import io.omnitls.internal.x509.BasicConstraints;
import io.omnitls.internal.x509.CertificateExtensions;
import io.omnitls.internal.x509.CertificateView;
import io.omnitls.internal.x509.Extension;
import io.omnitls.internal.x509.ProxyCertInfo;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the extensions allow each certificate to do: OpenSSL's {@code check_extensions}. */
record ExtensionsCheck(VerifyRequest request) implements ChainCheck {
    /** {@code supported_nids} of OpenSSL's v3_purp.c: what it takes care of, here or elsewhere. */
    private static final Set<String> UNDERSTOOD = Set.of(
            Extension.NETSCAPE_CERT_TYPE,
            Extension.KEY_USAGE,
            Extension.SUBJECT_ALT_NAME,
            Extension.BASIC_CONSTRAINTS,
            Extension.CERTIFICATE_POLICIES,
            Extension.CRL_DISTRIBUTION_POINTS,
            Extension.EXTENDED_KEY_USAGE,
            Extension.IP_ADDRESS_BLOCKS,
            Extension.AS_IDENTIFIERS,
            Extension.OCSP_NO_CHECK,
            Extension.POLICY_CONSTRAINTS,
            Extension.PROXY_CERT_INFO,
            Extension.NAME_CONSTRAINTS,
            Extension.POLICY_MAPPINGS,
            Extension.INHIBIT_ANY_POLICY);

    /** What a certificate has to be because of the one below it: {@code must_be_ca}. */
    private enum Expected {
        ANYTHING,
        /** Below is a proxy certificate, which no authority issues. */
        NO_AUTHORITY,
        AUTHORITY
    }

    @Override
    public Optional<Finding> check(CertificatePath path) {
        long issuersBelow = 0;
        long proxiesBelow = 0;
        Expected expected = Expected.ANYTHING;
        for (int depth = 0; depth < path.size(); depth++) {
            CertificateView certificate = path.get(depth);
            Optional<Finding> finding = one(path, depth, expected);
            if (finding.isPresent()) {
                return finding;
            }
            Optional<Long> limit = certificate.extensions().basicConstraints().flatMap(BasicConstraints::limit);
            if (depth > 1 && limit.isPresent() && issuersBelow - proxiesBelow > limit.get()) {
                return Finding.of(
                        VerifyCode.PATH_LENGTH_EXCEEDED,
                        depth,
                        certificate + " allows " + limit.get()
                                + " intermediate authorities below itself, the chain has " + issuersBelow);
            }
            // RFC 5280 4.2.1.9: a self-issued certificate does not count.
            if (depth > 0 && !certificate.selfIssued()) {
                issuersBelow++;
            }
            if (certificate.extensions().isProxy()) {
                Optional<Long> proxies =
                        certificate.extensions().proxyCertInfo().flatMap(ProxyCertInfo::limit);
                if (proxies.isPresent() && proxiesBelow > proxies.get()) {
                    return Finding.of(
                            VerifyCode.PROXY_PATH_LENGTH_EXCEEDED,
                            depth,
                            certificate + " allows fewer proxies below itself");
                }
                proxiesBelow = proxies.orElse(proxiesBelow) + 1;
                expected = Expected.NO_AUTHORITY;
            } else {
                expected = Expected.AUTHORITY;
            }
        }
        return Optional.empty();
    }

    private Optional<Finding> one(CertificatePath path, int depth, Expected expected) {
        CertificateView certificate = path.get(depth);
        Optional<String> strange = notUnderstood(certificate);
        if (strange.isPresent()) {
            return Finding.of(
                    VerifyCode.UNHANDLED_CRITICAL_EXTENSION,
                    depth,
                    "nobody here understands the extension " + strange.get() + " of " + certificate);
        }
        if (certificate.extensions().isProxy() && !request.rules().flags().contains(VerifyFlag.ALLOW_PROXY_CERTS)) {
            return Finding.of(
                    VerifyCode.PROXY_CERTIFICATES_NOT_ALLOWED, depth, certificate + " is a proxy certificate");
        }
        boolean strict = request.rules().strict();
        if (!fits(certificate.authority(), expected, !strict && (depth == 0 || path.isLast(depth)))) {
            return expected == Expected.NO_AUTHORITY
                    ? Finding.of(
                            VerifyCode.INVALID_NON_CA,
                            depth,
                            certificate + " issued a proxy certificate, but is an authority")
                    : Finding.of(
                            VerifyCode.INVALID_CA,
                            depth,
                            certificate + " is not a certificate authority, but issued a certificate");
        }
        if (path.size() > 1 && certificate.publicKey().explicitCurve()) {
            return Finding.of(
                    VerifyCode.EC_KEY_EXPLICIT_PARAMS,
                    depth,
                    "the key of " + certificate + " spells its curve out instead of naming it");
        }
        if (strict && path.size() > 1) {
            Optional<VerifyCode> broken = StrictRules.broken(
                    certificate, path.isLast(depth), request.rules().flags());
            if (broken.isPresent()) {
                return Finding.of(broken.get(), depth, certificate + " does not keep RFC 5280 to the letter");
            }
        }
        return suitable(path.member(depth), expected == Expected.AUTHORITY)
                ? Optional.empty()
                : Finding.of(
                        VerifyCode.INVALID_PURPOSE,
                        depth,
                        certificate + " is not for " + request.purpose().phrase());
    }

    /** The first critical extension that nobody here takes care of. */
    static Optional<String> notUnderstood(CertificateView certificate) {
        return certificate.extensions().all().stream()
                .filter(extension -> extension.critical() && !UNDERSTOOD.contains(extension.oid()))
                .map(Extension::oid)
                .findFirst();
    }

    /** An intermediate has to be an authority by basicConstraints; the habits are for trust anchors. */
    private static boolean fits(Authority authority, Expected expected, boolean habitWillDo) {
        return switch (expected) {
            case ANYTHING -> habitWillDo || authority == Authority.NO || authority == Authority.YES;
            case NO_AUTHORITY -> authority == Authority.NO;
            case AUTHORITY -> authority == Authority.YES || habitWillDo && authority != Authority.NO;
        };
    }

    /** {@code check_purpose}: what an anchor is trusted for explicitly, it is for, whatever it says itself. */
    private boolean suitable(PathMember member, boolean issuer) {
        Purpose purpose = request.purpose();
        if (purpose == Purpose.ANY) {
            return true;
        }
        TrustDecision explicit =
                member.trust().map(trust -> TrustDecision.of(trust, purpose)).orElse(TrustDecision.UNDECIDED);
        if (explicit != TrustDecision.UNDECIDED) {
            return explicit == TrustDecision.TRUSTED;
        }
        // What is malformed gets here only when it is trusted itself, and then by its bytes and not for what it says.
        return member.view().extensions().invalid().isPresent()
                ? !request.rules().strict()
                : suitable(member.view(), issuer);
    }

    /** {@code check_purpose_ssl_server} and {@code check_purpose_ssl_client}. */
    private boolean suitable(CertificateView certificate, boolean issuer) {
        CertificateExtensions extensions = certificate.extensions();
        Optional<List<String>> purposes = extensions.extendedKeyUsage();
        if (purposes.isPresent() && purposes.get().stream().noneMatch(this::means)) {
            return false;
        }
        if (issuer) {
            return certificate.authority() != Authority.BY_NETSCAPE_TYPE || netscape(extensions, NETSCAPE_SSL_CA);
        }
        int usage = CertificateExtensions.DIGITAL_SIGNATURE | CertificateExtensions.KEY_AGREEMENT;
        return request.purpose() == Purpose.SERVER
                ? extensions.allows(usage | CertificateExtensions.KEY_ENCIPHERMENT)
                        && netscape(extensions, NETSCAPE_SSL_SERVER)
                : extensions.allows(usage) && netscape(extensions, NETSCAPE_SSL_CLIENT);
    }

    private boolean means(String keyPurpose) {
        return request.purpose().keyPurpose().filter(keyPurpose::equals).isPresent()
                || request.purpose() == Purpose.SERVER && SERVER_GATED_CRYPTOGRAPHY.contains(keyPurpose);
    }

    /** Whether nsCertType, where there is one, has one of {@code bits}. */
    private static boolean netscape(CertificateExtensions extensions, int bits) {
        return extensions.netscapeCertType().filter(type -> (type & bits) == 0).isEmpty();
    }

    private static final int NETSCAPE_SSL_CLIENT = 0x80;
    private static final int NETSCAPE_SSL_SERVER = 0x40;
    private static final int NETSCAPE_SSL_CA = 0x04;

    /** Microsoft's and Netscape's ways to say server authentication when only some servers might use strong ciphers. */
    private static final Set<String> SERVER_GATED_CRYPTOGRAPHY =
            Set.of("1.3.6.1.4.1.311.10.3.3", "2.16.840.1.113730.4.1");
}
