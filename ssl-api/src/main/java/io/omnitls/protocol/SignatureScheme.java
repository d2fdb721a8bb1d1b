package io.omnitls.protocol;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A signature algorithm from the IANA registry <em>TLS SignatureScheme</em> (RFC 8446 section 4.2.3).
 *
 * @param id the two bytes of the registry
 * @param name the registry's name, for instance {@code rsa_pss_rsae_sha256}; {@code unknown(0x....)} for an id that is
 *     not listed here
 */
public record SignatureScheme(int id, String name) {
    public SignatureScheme {
        Objects.requireNonNull(name, "name");
    }

    public static final SignatureScheme RSA_PKCS1_SHA256 = new SignatureScheme(0x0401, "rsa_pkcs1_sha256");
    public static final SignatureScheme RSA_PKCS1_SHA384 = new SignatureScheme(0x0501, "rsa_pkcs1_sha384");
    public static final SignatureScheme RSA_PKCS1_SHA512 = new SignatureScheme(0x0601, "rsa_pkcs1_sha512");
    public static final SignatureScheme ECDSA_SECP256R1_SHA256 = new SignatureScheme(0x0403, "ecdsa_secp256r1_sha256");
    public static final SignatureScheme ECDSA_SECP384R1_SHA384 = new SignatureScheme(0x0503, "ecdsa_secp384r1_sha384");
    public static final SignatureScheme ECDSA_SECP521R1_SHA512 = new SignatureScheme(0x0603, "ecdsa_secp521r1_sha512");
    public static final SignatureScheme RSA_PSS_RSAE_SHA256 = new SignatureScheme(0x0804, "rsa_pss_rsae_sha256");
    public static final SignatureScheme RSA_PSS_RSAE_SHA384 = new SignatureScheme(0x0805, "rsa_pss_rsae_sha384");
    public static final SignatureScheme RSA_PSS_RSAE_SHA512 = new SignatureScheme(0x0806, "rsa_pss_rsae_sha512");
    public static final SignatureScheme ED25519 = new SignatureScheme(0x0807, "ed25519");
    public static final SignatureScheme ED448 = new SignatureScheme(0x0808, "ed448");
    public static final SignatureScheme RSA_PSS_PSS_SHA256 = new SignatureScheme(0x0809, "rsa_pss_pss_sha256");
    public static final SignatureScheme RSA_PSS_PSS_SHA384 = new SignatureScheme(0x080a, "rsa_pss_pss_sha384");
    public static final SignatureScheme RSA_PSS_PSS_SHA512 = new SignatureScheme(0x080b, "rsa_pss_pss_sha512");

    private static final List<SignatureScheme> REGISTRY = List.of(
            new SignatureScheme(0x0201, "rsa_pkcs1_sha1"),
            new SignatureScheme(0x0202, "dsa_sha1"),
            new SignatureScheme(0x0203, "ecdsa_sha1"),
            new SignatureScheme(0x0301, "rsa_pkcs1_sha224"),
            new SignatureScheme(0x0302, "dsa_sha224"),
            new SignatureScheme(0x0303, "ecdsa_sha224"),
            RSA_PKCS1_SHA256,
            new SignatureScheme(0x0402, "dsa_sha256"),
            ECDSA_SECP256R1_SHA256,
            RSA_PKCS1_SHA384,
            ECDSA_SECP384R1_SHA384,
            RSA_PKCS1_SHA512,
            ECDSA_SECP521R1_SHA512,
            RSA_PSS_RSAE_SHA256,
            RSA_PSS_RSAE_SHA384,
            RSA_PSS_RSAE_SHA512,
            ED25519,
            ED448,
            RSA_PSS_PSS_SHA256,
            RSA_PSS_PSS_SHA384,
            RSA_PSS_PSS_SHA512,
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

    /** The scheme with this registry name, or with OpenSSL's name for it: {@code RSA-PSS+SHA256}, in any case. */
    public static Optional<SignatureScheme> of(String name) {
        Objects.requireNonNull(name, "name");
        String wanted = registryName(name.toLowerCase(Locale.ROOT));
        return REGISTRY.stream()
                .filter(scheme -> scheme.name.equalsIgnoreCase(wanted))
                .findFirst();
    }

    /** OpenSSL's names are a kind of key and a digest; of several schemes it means the one that is listed first there. */
    private static String registryName(String openSslName) {
        int plus = openSslName.indexOf('+');
        if (plus < 0) {
            return openSslName;
        }
        String digest = openSslName.substring(plus + 1);
        return switch (openSslName.substring(0, plus)) {
            case "rsa" -> "rsa_pkcs1_" + digest;
            case "rsa-pss", "pss" -> "rsa_pss_rsae_" + digest;
            case "dsa" -> "dsa_" + digest;
            case "ecdsa" ->
                switch (digest) {
                    case "sha256" -> ECDSA_SECP256R1_SHA256.name;
                    case "sha384" -> ECDSA_SECP384R1_SHA384.name;
                    case "sha512" -> ECDSA_SECP521R1_SHA512.name;
                    default -> "ecdsa_" + digest;
                };
            default -> openSslName;
        };
    }

    /**
     * Whether a handshake of {@code version} may be signed with this scheme. TLS 1.3 has neither PKCS #1 v1.5 nor DSA,
     * nor digests below SHA-256, but for certificates (RFC 8446 section 4.2.3); TLS 1.0 and 1.1 have no schemes at all.
     */
    public boolean usableIn(TlsVersion version) {
        Objects.requireNonNull(version, "version");
        if (version.atLeast(TlsVersion.TLS_1_3)) {
            return !name.startsWith("rsa_pkcs1_")
                    && !name.startsWith("dsa_")
                    && !name.endsWith("_sha1")
                    && !name.endsWith("_sha224")
                    && !name.startsWith("unknown");
        }
        return version == TlsVersion.TLS_1_2 && !name.contains("tls13") && !name.startsWith("mldsa");
    }

    /** The registry's name. */
    @Override
    public String toString() {
        return name;
    }
}
