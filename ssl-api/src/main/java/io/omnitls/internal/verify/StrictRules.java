package io.omnitls.internal.verify;

import io.omnitls.cert.VerifyFlag;
import io.omnitls.error.VerifyCode;
import io.omnitls.internal.x509.AuthorityKeyIdentifier;
import io.omnitls.internal.x509.BasicConstraints;
import io.omnitls.internal.x509.CertificateExtensions;
import io.omnitls.internal.x509.CertificateView;
import io.omnitls.internal.x509.Extension;
import java.util.Optional;
import java.util.Set;

/**
 * What RFC 5280 asks of each certificate and most verifiers let pass: the block of OpenSSL's {@code check_extensions} for
 * {@code X509_V_FLAG_X509_STRICT}, in its order.
 */
final class StrictRules {
    private final CertificateView certificate;
    private final CertificateExtensions extensions;
    private final boolean authority;
    private final int usage;
    private final boolean usageOwed;

    private StrictRules(CertificateView certificate, boolean usageOwed) {
        this.certificate = certificate;
        this.extensions = certificate.extensions();
        this.authority = extensions.isAuthority();
        this.usage = extensions.keyUsage().orElse(0);
        this.usageOwed = usageOwed;
    }

    /**
     * The first rule that {@code certificate} breaks.
     *
     * @param last whether nobody in the path issued it
     * @param flags those that were set: an authority owes a keyUsage to who asks for strictness itself, and not under a
     *     profile that only includes it
     */
    static Optional<VerifyCode> broken(CertificateView certificate, boolean last, Set<VerifyFlag> flags) {
        StrictRules rules = new StrictRules(certificate, flags.contains(VerifyFlag.X509_STRICT));
        return rules.constraints()
                .or(rules::keyUsage)
                .or(rules::names)
                .or(rules::signatureAlgorithm)
                .or(() -> rules.keyIdentifiers(last));
    }

    private boolean may(int bits) {
        return (usage & bits) != 0;
    }

    private Optional<VerifyCode> constraints() {
        if (extensions.basicConstraints().flatMap(BasicConstraints::limit).isPresent()) {
            if (!authority) {
                return Optional.of(VerifyCode.PATHLEN_INVALID_FOR_NON_CA);
            }
            if (!may(CertificateExtensions.KEY_CERT_SIGN)) {
                return Optional.of(VerifyCode.PATHLEN_WITHOUT_KU_KEY_CERT_SIGN);
            }
        }
        return authority && !extensions.critical(Extension.BASIC_CONSTRAINTS)
                ? Optional.of(VerifyCode.CA_BCONS_NOT_CRITICAL)
                : Optional.empty();
    }

    private Optional<VerifyCode> keyUsage() {
        if (authority) {
            return usageOwed && extensions.keyUsage().isEmpty()
                    ? Optional.of(VerifyCode.CA_CERT_MISSING_KEY_USAGE)
                    : Optional.empty();
        }
        return may(CertificateExtensions.KEY_CERT_SIGN)
                ? Optional.of(VerifyCode.KU_KEY_CERT_SIGN_INVALID_FOR_NON_CA)
                : Optional.empty();
    }

    private Optional<VerifyCode> names() {
        boolean named = extensions.subjectAltName().isPresent();
        boolean anonymous = certificate.subject().isEmpty();
        if (certificate.issuer().isEmpty()) {
            return Optional.of(VerifyCode.ISSUER_NAME_EMPTY);
        }
        if (anonymous && (authority || may(CertificateExtensions.CRL_SIGN) || !named)) {
            return Optional.of(VerifyCode.SUBJECT_NAME_EMPTY);
        }
        if (anonymous && !extensions.critical(Extension.SUBJECT_ALT_NAME)) {
            return Optional.of(VerifyCode.EMPTY_SUBJECT_SAN_NOT_CRITICAL);
        }
        return named && extensions.subjectAltName().get().isEmpty()
                ? Optional.of(VerifyCode.EMPTY_SUBJECT_ALT_NAME)
                : Optional.empty();
    }

    /** The algorithm is named twice, once under the signature and once beside it. */
    private Optional<VerifyCode> signatureAlgorithm() {
        return certificate.algorithmsAgree()
                ? Optional.empty()
                : Optional.of(VerifyCode.SIGNATURE_ALGORITHM_INCONSISTENCY);
    }

    private Optional<VerifyCode> keyIdentifiers(boolean last) {
        if (extensions.critical(Extension.AUTHORITY_KEY_IDENTIFIER)) {
            return Optional.of(VerifyCode.AUTHORITY_KEY_IDENTIFIER_CRITICAL);
        }
        if (extensions.critical(Extension.SUBJECT_KEY_IDENTIFIER)) {
            return Optional.of(VerifyCode.SUBJECT_KEY_IDENTIFIER_CRITICAL);
        }
        if (certificate.version() < 3) {
            return extensions.all().isEmpty() ? Optional.empty() : Optional.of(VerifyCode.EXTENSIONS_REQUIRE_VERSION_3);
        }
        if (!last
                && extensions
                        .authorityKeyIdentifier()
                        .flatMap(AuthorityKeyIdentifier::keyIdentifier)
                        .isEmpty()) {
            return Optional.of(VerifyCode.MISSING_AUTHORITY_KEY_IDENTIFIER);
        }
        return authority && extensions.subjectKeyIdentifier().isEmpty()
                ? Optional.of(VerifyCode.MISSING_SUBJECT_KEY_IDENTIFIER)
                : Optional.empty();
    }
}
