package io.omnitls.internal.verify;

import io.omnitls.error.VerifyCode;
import io.omnitls.internal.x509.DerException;
import io.omnitls.internal.x509.DerReader;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.x500.X500Principal;

/**
 * What RFC 5280 asks of each certificate and most verifiers let pass: the block of OpenSSL's {@code check_extensions} for
 * {@code X509_V_FLAG_X509_STRICT}, in its order.
 */
final class StrictRules {
    private static final int KEY_CERT_SIGN = 5;
    private static final int CRL_SIGN = 6;
    private static final X500Principal NOBODY = new X500Principal("");

    private final X509Certificate certificate;
    private final boolean authority;
    private final boolean[] usage;

    private StrictRules(X509Certificate certificate) {
        this.certificate = certificate;
        this.authority = certificate.getBasicConstraints() >= 0;
        boolean[] declared = certificate.getKeyUsage();
        this.usage = declared == null ? new boolean[CRL_SIGN + 1] : declared;
    }

    /** The first rule that {@code certificate} breaks; {@code last} says that nobody in the path issued it. */
    static Optional<VerifyCode> broken(X509Certificate certificate, boolean last) {
        StrictRules rules = new StrictRules(certificate);
        try {
            return rules.constraints()
                    .or(rules::keyUsage)
                    .or(rules::names)
                    .or(rules::signatureAlgorithm)
                    .or(() -> rules.keyIdentifiers(last));
        } catch (MalformedExtension malformed) {
            return Optional.of(VerifyCode.INVALID_EXTENSION);
        }
    }

    private Optional<VerifyCode> constraints() {
        boolean limited = hasPathLength();
        if (limited && !authority) {
            return Optional.of(VerifyCode.PATHLEN_INVALID_FOR_NON_CA);
        }
        if (limited && !usage[KEY_CERT_SIGN]) {
            return Optional.of(VerifyCode.PATHLEN_WITHOUT_KU_KEY_CERT_SIGN);
        }
        return authority && !critical(Extension.BASIC_CONSTRAINTS)
                ? Optional.of(VerifyCode.CA_BCONS_NOT_CRITICAL)
                : Optional.empty();
    }

    /** The JDK tells no path length of a certificate that is not an authority's. */
    private boolean hasPathLength() {
        try {
            Optional<DerReader> extension = Extension.value(certificate, Extension.BASIC_CONSTRAINTS);
            if (extension.isEmpty()) {
                return false;
            }
            DerReader fields = extension.get().enter(DerReader.SEQUENCE);
            while (!fields.atEnd()) {
                if (fields.peek() == DerReader.INTEGER) {
                    return true;
                }
                fields.skip();
            }
            return false;
        } catch (DerException malformed) {
            throw new MalformedExtension();
        }
    }

    private Optional<VerifyCode> keyUsage() {
        if (authority) {
            return certificate.getKeyUsage() == null
                    ? Optional.of(VerifyCode.CA_CERT_MISSING_KEY_USAGE)
                    : Optional.empty();
        }
        return usage[KEY_CERT_SIGN] ? Optional.of(VerifyCode.KU_KEY_CERT_SIGN_INVALID_FOR_NON_CA) : Optional.empty();
    }

    private Optional<VerifyCode> names() {
        boolean named = Extension.present(certificate, Extension.SUBJECT_ALT_NAME);
        boolean anonymous = certificate.getSubjectX500Principal().equals(NOBODY);
        if (certificate.getIssuerX500Principal().equals(NOBODY)) {
            return Optional.of(VerifyCode.ISSUER_NAME_EMPTY);
        }
        if (anonymous && (authority || usage[CRL_SIGN] || !named)) {
            return Optional.of(VerifyCode.SUBJECT_NAME_EMPTY);
        }
        if (anonymous && !critical(Extension.SUBJECT_ALT_NAME)) {
            return Optional.of(VerifyCode.EMPTY_SUBJECT_SAN_NOT_CRITICAL);
        }
        try {
            boolean empty = named
                    && Extension.value(certificate, Extension.SUBJECT_ALT_NAME)
                            .orElseThrow()
                            .enter(DerReader.SEQUENCE)
                            .atEnd();
            return empty ? Optional.of(VerifyCode.EMPTY_SUBJECT_ALT_NAME) : Optional.empty();
        } catch (DerException malformed) {
            throw new MalformedExtension();
        }
    }

    /** The algorithm is named twice, once under the signature and once beside it. */
    private Optional<VerifyCode> signatureAlgorithm() {
        try {
            DerReader fields = DerReader.of(certificate.getEncoded()).enter(DerReader.SEQUENCE);
            DerReader signed = fields.enter(DerReader.SEQUENCE);
            signed.enterIf(DerReader.context(0));
            signed.skip(); // serialNumber
            return Arrays.equals(signed.element(), fields.element())
                    ? Optional.empty()
                    : Optional.of(VerifyCode.SIGNATURE_ALGORITHM_INCONSISTENCY);
        } catch (DerException | java.security.cert.CertificateEncodingException malformed) {
            throw new MalformedExtension();
        }
    }

    private Optional<VerifyCode> keyIdentifiers(boolean last) {
        if (critical(Extension.AUTHORITY_KEY_IDENTIFIER)) {
            return Optional.of(VerifyCode.AUTHORITY_KEY_IDENTIFIER_CRITICAL);
        }
        if (critical(Extension.SUBJECT_KEY_IDENTIFIER)) {
            return Optional.of(VerifyCode.SUBJECT_KEY_IDENTIFIER_CRITICAL);
        }
        if (certificate.getVersion() < 3) {
            boolean extended = certificate.getNonCriticalExtensionOIDs() != null
                    && !certificate.getNonCriticalExtensionOIDs().isEmpty();
            return extended ? Optional.of(VerifyCode.EXTENSIONS_REQUIRE_VERSION_3) : Optional.empty();
        }
        if (!last && !Issuance.namesIssuersKey(certificate)) {
            return Optional.of(VerifyCode.MISSING_AUTHORITY_KEY_IDENTIFIER);
        }
        return authority && !Extension.present(certificate, Extension.SUBJECT_KEY_IDENTIFIER)
                ? Optional.of(VerifyCode.MISSING_SUBJECT_KEY_IDENTIFIER)
                : Optional.empty();
    }

    private boolean critical(String oid) {
        Set<String> critical = certificate.getCriticalExtensionOIDs();
        return critical != null && critical.contains(oid);
    }

    /** Ends the rules: there is nothing to hold a malformed extension to. */
    private static final class MalformedExtension extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
