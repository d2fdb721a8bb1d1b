package io.omnitls.protocol;

import java.util.List;
import java.util.Optional;

/**
 * A signature algorithm from the IANA registry <em>TLS SignatureScheme</em> (RFC 8446 section 4.2.3).
 *
 * @param id the two bytes of the registry
 * @param name the registry's name, for instance {@code rsa_pss_rsae_sha256}; {@code unknown(0x....)} for an id that is
 *     not listed here
 */
public record SignatureScheme(int id, String name) {
    private static final List<SignatureScheme> REGISTRY = List.of(
            new SignatureScheme(0x0201, "rsa_pkcs1_sha1"),
            new SignatureScheme(0x0202, "dsa_sha1"),
            new SignatureScheme(0x0203, "ecdsa_sha1"),
            new SignatureScheme(0x0301, "rsa_pkcs1_sha224"),
            new SignatureScheme(0x0302, "dsa_sha224"),
            new SignatureScheme(0x0303, "ecdsa_sha224"),
            new SignatureScheme(0x0401, "rsa_pkcs1_sha256"),
            new SignatureScheme(0x0402, "dsa_sha256"),
            new SignatureScheme(0x0403, "ecdsa_secp256r1_sha256"),
            new SignatureScheme(0x0501, "rsa_pkcs1_sha384"),
            new SignatureScheme(0x0503, "ecdsa_secp384r1_sha384"),
            new SignatureScheme(0x0601, "rsa_pkcs1_sha512"),
            new SignatureScheme(0x0603, "ecdsa_secp521r1_sha512"),
            new SignatureScheme(0x0804, "rsa_pss_rsae_sha256"),
            new SignatureScheme(0x0805, "rsa_pss_rsae_sha384"),
            new SignatureScheme(0x0806, "rsa_pss_rsae_sha512"),
            new SignatureScheme(0x0807, "ed25519"),
            new SignatureScheme(0x0808, "ed448"),
            new SignatureScheme(0x0809, "rsa_pss_pss_sha256"),
            new SignatureScheme(0x080a, "rsa_pss_pss_sha384"),
            new SignatureScheme(0x080b, "rsa_pss_pss_sha512"),
            new SignatureScheme(0x081a, "ecdsa_brainpoolP256r1tls13_sha256"),
            new SignatureScheme(0x081b, "ecdsa_brainpoolP384r1tls13_sha384"),
            new SignatureScheme(0x081c, "ecdsa_brainpoolP512r1tls13_sha512"),
            new SignatureScheme(0x0904, "mldsa44"),
            new SignatureScheme(0x0905, "mldsa65"),
            new SignatureScheme(0x0906, "mldsa87"));

    /** The scheme with this id; one that is not listed is named {@code unknown(0x....)}. */
    public static SignatureScheme of(int id) {
        for (SignatureScheme scheme : REGISTRY) {
            if (scheme.id == id) {
                return scheme;
            }
        }
        return new SignatureScheme(id, RegistryId.unknown(id));
    }

    /** The scheme with this registry name. */
    public static Optional<SignatureScheme> of(String name) {
        return REGISTRY.stream().filter(scheme -> scheme.name.equals(name)).findFirst();
    }

    /** The registry's name. */
    @Override
    public String toString() {
        return name;
    }
}
