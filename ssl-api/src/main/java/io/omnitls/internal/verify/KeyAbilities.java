package io.omnitls.internal.verify;

import io.omnitls.cert.CertifiedKey;
import io.omnitls.internal.x509.CertificateExtensions;
import io.omnitls.internal.x509.CertificateView;
import io.omnitls.internal.x509.SignatureAlgorithm;
import io.omnitls.protocol.CipherSuite;
import io.omnitls.protocol.NamedGroup;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What can be signed with an identity's key, and what its certificates are signed with. SignatureSchemes are the ids of
 * the registry; in TLS 1.2 their two bytes are a hash and a signature algorithm (RFC 5246 section 7.4.1.4.1).
 *
 * @param algorithm the kind of key, by {@link io.omnitls.internal.x509.PublicKeyInfo#kind}
 * @param curve the curve of an EC key, when the registry of groups has it
 * @param schemes13 the schemes for CertificateVerify in TLS 1.3 (RFC 8446 section 4.2.3)
 * @param schemes12 those for ServerKeyExchange in TLS 1.2, without the next
 * @param legacySchemes12 those with SHA-1 and SHA-224, which a backend may refuse
 * @param signs whether the certificate allows signatures
 * @param deciphers whether it allows that secrets are encrypted to the key
 * @param certificateSchemes for each certificate that the peer has to verify, the schemes that name its signature
 */
record KeyAbilities(
        String algorithm,
        Optional<NamedGroup> curve,
        List<Integer> schemes13,
        List<Integer> schemes12,
        List<Integer> legacySchemes12,
        boolean signs,
        boolean deciphers,
        List<List<Integer>> certificateSchemes) {

    static KeyAbilities of(CertifiedKey identity) {
        CertificateView leaf = ChainVerifier.viewed(identity.leaf());
        CertificateExtensions extensions = leaf.extensions();
        String algorithm = leaf.publicKey().kind().orElse("");
        Optional<NamedGroup> curve = leaf.publicKey().group();
        return new KeyAbilities(
                algorithm,
                curve,
                schemes13(algorithm, curve),
                SCHEMES_12.getOrDefault(algorithm, List.of()),
                LEGACY_12.getOrDefault(algorithm, List.of()),
                // RFC 5280 4.2.1.3, but OpenSSL's ssl_set_masks asks for it of EC keys alone: RSA certificates of old
                // are for
                // keyEncipherment alone.
                !algorithm.equals("EC") || extensions.allows(CertificateExtensions.DIGITAL_SIGNATURE),
                extensions.allows(CertificateExtensions.KEY_ENCIPHERMENT),
                certificateSchemes(identity.chain()));
    }

    private static List<Integer> schemes13(String algorithm, Optional<NamedGroup> curve) {
        if (algorithm.equals("EC")) {
            // In TLS 1.3 a scheme names the curve too.
            return curve.map(group -> ECDSA_13.get(group.name())).map(List::of).orElse(List.of());
        }
        return SCHEMES_13.getOrDefault(algorithm, List.of());
    }

    private static List<List<Integer>> certificateSchemes(List<X509Certificate> chain) {
        List<List<Integer>> schemes = new ArrayList<>();
        for (X509Certificate each : chain) {
            CertificateView certificate = ChainVerifier.viewed(each);
            // RFC 8446 4.4.2.2: a trust anchor's own signature is not verified.
            if (!certificate.selfIssued()) {
                schemes.add(SignatureAlgorithm.of(certificate.signed().algorithm())
                        .map(KeyAbilities::schemes)
                        .orElse(List.of()));
            }
        }
        return schemes;
    }

    private static List<Integer> schemes(SignatureAlgorithm algorithm) {
        if (algorithm.pss().isEmpty()) {
            return CERTIFICATE_SCHEMES.getOrDefault(algorithm.jcaName(), List.of());
        }
        return switch (algorithm.pss().get().digest()) {
            case "SHA-256" -> List.of(0x0804, 0x0809);
            case "SHA-384" -> List.of(0x0805, 0x080a);
            case "SHA-512" -> List.of(0x0806, 0x080b);
            default -> List.of();
        };
    }

    /** Whether this key is of the kind that a suite of TLS 1.2 authenticates with. */
    boolean authenticates(CipherSuite suite) {
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

    private static final List<Integer> PSS_RSAE = List.of(0x0804, 0x0805, 0x0806);
    private static final List<Integer> PSS_PSS = List.of(0x0809, 0x080a, 0x080b);
    private static final List<Integer> ED25519 = List.of(0x0807);
    private static final List<Integer> ED448 = List.of(0x0808);

    private static final Map<String, List<Integer>> SCHEMES_13 =
            Map.of("RSA", PSS_RSAE, "RSASSA-PSS", PSS_PSS, "Ed25519", ED25519, "Ed448", ED448);

    /** By the registry's name of the curve. */
    private static final Map<String, Integer> ECDSA_13 = Map.of(
            "secp256r1", 0x0403,
            "secp384r1", 0x0503,
            "secp521r1", 0x0603,
            "brainpoolP256r1", 0x081a,
            "brainpoolP384r1", 0x081b,
            "brainpoolP512r1", 0x081c);

    private static final Map<String, List<Integer>> SCHEMES_12 = Map.of(
            "RSA",
            List.of(0x0401, 0x0501, 0x0601, 0x0804, 0x0805, 0x0806),
            "RSASSA-PSS",
            PSS_PSS,
            "EC",
            List.of(0x0403, 0x0503, 0x0603),
            "Ed25519",
            ED25519,
            "Ed448",
            ED448,
            "DSA",
            List.of(0x0402, 0x0502, 0x0602));

    private static final Map<String, List<Integer>> LEGACY_12 = Map.of(
            "RSA", List.of(0x0201, 0x0301),
            "EC", List.of(0x0203, 0x0303),
            "DSA", List.of(0x0202, 0x0302));

    /** By the JCA's name of the signature algorithm, where that says all. */
    private static final Map<String, List<Integer>> CERTIFICATE_SCHEMES = Map.ofEntries(
            Map.entry("SHA1withRSA", List.of(0x0201)),
            Map.entry("SHA224withRSA", List.of(0x0301)),
            Map.entry("SHA256withRSA", List.of(0x0401)),
            Map.entry("SHA384withRSA", List.of(0x0501)),
            Map.entry("SHA512withRSA", List.of(0x0601)),
            Map.entry("SHA1withECDSA", List.of(0x0203)),
            Map.entry("SHA224withECDSA", List.of(0x0303)),
            Map.entry("SHA256withECDSA", List.of(0x0403, 0x081a)),
            Map.entry("SHA384withECDSA", List.of(0x0503, 0x081b)),
            Map.entry("SHA512withECDSA", List.of(0x0603, 0x081c)),
            Map.entry("SHA1withDSA", List.of(0x0202)),
            Map.entry("SHA256withDSA", List.of(0x0402)),
            Map.entry("Ed25519", ED25519),
            Map.entry("Ed448", ED448));
}
