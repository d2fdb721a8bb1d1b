package io.omnitls.internal.verify;

import io.omnitls.cert.CertifiedKey;
import io.omnitls.internal.x509.CertificateExtensions;
import io.omnitls.internal.x509.CertificateView;
import io.omnitls.internal.x509.KeyScheme;
import io.omnitls.internal.x509.PublicKeyInfo;
import io.omnitls.internal.x509.SignatureAlgorithm;
import io.omnitls.internal.x509.SigningSchemes;
import io.omnitls.protocol.CipherSuite;
import io.omnitls.protocol.NamedGroup;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What can be signed with an identity's key, and what its certificates are signed with. SignatureSchemes are the ids of
 * the registry; in TLS 1.2 their two bytes are a hash and a signature algorithm (RFC 5246 section 7.4.1.4.1).
 *
 * @param key what the certificate says of it
 * @param schemes13 the schemes for CertificateVerify in TLS 1.3 (RFC 8446 section 4.2.3)
 * @param schemes12 those for ServerKeyExchange in TLS 1.2, without the next
 * @param legacySchemes12 those with SHA-1 and SHA-224, which a backend may refuse
 * @param signs whether the certificate allows signatures
 * @param deciphers whether it allows that secrets are encrypted to the key
 * @param certificateSchemes for each certificate that the peer has to verify, the schemes that name its signature
 */
record KeyAbilities(
        PublicKeyInfo key,
        List<Integer> schemes13,
        List<Integer> schemes12,
        List<Integer> legacySchemes12,
        boolean signs,
        boolean deciphers,
        List<List<Integer>> certificateSchemes) {

    static KeyAbilities of(CertifiedKey identity, SigningSchemes own) {
        CertificateView leaf = ChainVerifier.viewed(identity.leaf());
        CertificateExtensions extensions = leaf.extensions();
        PublicKeyInfo key = leaf.publicKey();
        return new KeyAbilities(
                key,
                own.tls13(key),
                own.tls12(key),
                own.legacyTls12(key),
                // RFC 5280 4.2.1.3, but OpenSSL's ssl_set_masks asks for it of EC keys alone: RSA certificates of old
                // are for keyEncipherment alone.
                !key.kind().equals(Optional.of("EC")) || extensions.allows(CertificateExtensions.DIGITAL_SIGNATURE),
                extensions.allows(CertificateExtensions.KEY_ENCIPHERMENT),
                certificateSchemes(identity.chain()));
    }

    /** The curve of an EC key, when the registry of groups has it. */
    Optional<NamedGroup> curve() {
        return key.group();
    }

    /** Whether the key is of a kind that came later than this library: a backend knows more. */
    boolean unknown() {
        return !KeyScheme.knows(key);
    }

    private static List<List<Integer>> certificateSchemes(List<X509Certificate> chain) {
        List<List<Integer>> schemes = new ArrayList<>();
        for (X509Certificate each : chain) {
            CertificateView certificate = ChainVerifier.viewed(each);
            // RFC 8446 4.4.2.2: a trust anchor's own signature is not verified.
            if (!certificate.selfIssued()) {
                schemes.add(SignatureAlgorithm.of(certificate.signed().algorithm())
                        .map(KeyScheme::naming)
                        .orElse(List.of()));
            }
        }
        return schemes;
    }

    /** Whether this key is of the kind that a suite of TLS 1.2 authenticates with. */
    boolean authenticates(CipherSuite suite) {
        String algorithm = key.kind().orElse("");
        return switch (suite.auth()) {
            // RFC 8422 5.10: EdDSA goes with the suites of ECDSA.
            case "auth-ecdsa" -> algorithm.equals("EC") || algorithm.startsWith("Ed");
            case "auth-rsa" -> algorithm.equals("RSA") || algorithm.equals("RSASSA-PSS") && !encrypts(suite);
            case "auth-dss" -> algorithm.equals("DSA");
            default -> false;
        };
    }

    /** Whether the key decrypts the premaster secret and signs nothing (RFC 5246 section 8.1.1). */
    static boolean encrypts(CipherSuite suite) {
        return suite.kea().equals("kx-rsa");
    }
}
