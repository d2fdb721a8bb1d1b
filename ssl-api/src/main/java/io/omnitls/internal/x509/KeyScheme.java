package io.omnitls.internal.x509;

import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.SignatureScheme;
import io.omnitls.protocol.TlsVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which kind of key signs by which SignatureScheme: RFC 8446 section 4.2.3, in TLS 1.2 RFC 5246 section 7.4.1.4.1 and RFC
 * 8422 section 5.1.3. In which version, {@link SignatureScheme#usableIn} says. In order of the registry.
 */
public enum KeyScheme {
    RSA_PKCS1_SHA1(0x0201, "RSA", "RSA", "SHA-1"),
    DSA_SHA1(0x0202, "DSA", "DSA", "SHA-1"),
    ECDSA_SHA1(0x0203, "EC", "EC", "SHA-1"),
    RSA_PKCS1_SHA224(0x0301, "RSA", "RSA", "SHA-224"),
    DSA_SHA224(0x0302, "DSA", "DSA", "SHA-224"),
    ECDSA_SHA224(0x0303, "EC", "EC", "SHA-224"),
    RSA_PKCS1_SHA256(0x0401, "RSA", "RSA", "SHA-256"),
    DSA_SHA256(0x0402, "DSA", "DSA", "SHA-256"),
    ECDSA_SECP256R1_SHA256(0x0403, "EC", "EC", "SHA-256", "secp256r1"),
    RSA_PKCS1_SHA384(0x0501, "RSA", "RSA", "SHA-384"),
    DSA_SHA384(0x0502, "DSA", "DSA", "SHA-384"),
    ECDSA_SECP384R1_SHA384(0x0503, "EC", "EC", "SHA-384", "secp384r1"),
    RSA_PKCS1_SHA512(0x0601, "RSA", "RSA", "SHA-512"),
    DSA_SHA512(0x0602, "DSA", "DSA", "SHA-512"),
    ECDSA_SECP521R1_SHA512(0x0603, "EC", "EC", "SHA-512", "secp521r1"),
    RSA_PSS_RSAE_SHA256(0x0804, "RSA", "RSASSA-PSS", "SHA-256"),
    RSA_PSS_RSAE_SHA384(0x0805, "RSA", "RSASSA-PSS", "SHA-384"),
    RSA_PSS_RSAE_SHA512(0x0806, "RSA", "RSASSA-PSS", "SHA-512"),
    ED25519(0x0807, "Ed25519", "Ed25519", ""),
    ED448(0x0808, "Ed448", "Ed448", ""),
    RSA_PSS_PSS_SHA256(0x0809, "RSASSA-PSS", "RSASSA-PSS", "SHA-256"),
    RSA_PSS_PSS_SHA384(0x080a, "RSASSA-PSS", "RSASSA-PSS", "SHA-384"),
    RSA_PSS_PSS_SHA512(0x080b, "RSASSA-PSS", "RSASSA-PSS", "SHA-512"),
    ECDSA_BRAINPOOLP256R1TLS13_SHA256(0x081a, "EC", "EC", "SHA-256", "brainpoolP256r1"),
    ECDSA_BRAINPOOLP384R1TLS13_SHA384(0x081b, "EC", "EC", "SHA-384", "brainpoolP384r1"),
    ECDSA_BRAINPOOLP512R1TLS13_SHA512(0x081c, "EC", "EC", "SHA-512", "brainpoolP512r1");

    private static final Map<Integer, KeyScheme> BY_ID = new HashMap<>();

    static {
        for (KeyScheme scheme : values()) {
            BY_ID.put(scheme.id, scheme);
        }
    }

    private final int id;
    private final String keyKind;
    private final String algorithm;
    private final String digest;
    private final Optional<String> curve;

    /**
     * @param keyKind the kind of key that signs so, as {@link PublicKeyInfo#kind} names it
     * @param algorithm the {@link SignatureAlgorithm#keyKind} of such a signature on a certificate
     * @param digest the JCA's name of the digest; the empty string where the algorithm has none of its own
     */
    KeyScheme(int id, String keyKind, String algorithm, String digest) {
        this(id, keyKind, algorithm, digest, Optional.empty());
    }

    KeyScheme(int id, String keyKind, String algorithm, String digest, String curve) {
        this(id, keyKind, algorithm, digest, Optional.of(curve));
    }

    KeyScheme(int id, String keyKind, String algorithm, String digest, Optional<String> curve) {
        this.id = id;
        this.keyKind = keyKind;
        this.algorithm = algorithm;
        this.digest = digest;
        this.curve = curve;
    }

    /** Whether this table knows such keys; of a kind that came later a backend knows more. */
    public static boolean knows(PublicKeyInfo key) {
        return KINDS.contains(key.kind().orElse(""));
    }

    /** The ids of those that {@code key} signs a handshake of TLS 1.3 by, where a scheme of ECDSA is for one curve. */
    public static List<Integer> tls13(PublicKeyInfo key) {
        return ids(row -> row.usableIn(TlsVersion.TLS_1_3) && row.fits(key));
    }

    /** The ids of those that {@code key} signs a handshake of TLS 1.2 by, without the next. */
    public static List<Integer> tls12(PublicKeyInfo key) {
        return ids(row -> row.inTls12(key) && !row.legacy());
    }

    /** The ids of those with SHA-1 and SHA-224, which a backend may refuse. */
    public static List<Integer> legacyTls12(PublicKeyInfo key) {
        return ids(row -> row.inTls12(key) && row.legacy());
    }

    /** The JCA's name of the signature, if the scheme with this id is one of ECDSA. */
    public static Optional<String> ecdsaName(int id) {
        return Optional.ofNullable(BY_ID.get(id))
                .filter(row -> row.algorithm.equals("EC"))
                .map(row -> row.digest.replace("-", "") + "withECDSA");
    }

    /** The ids of those that name a certificate's signature. */
    public static List<Integer> naming(SignatureAlgorithm signature) {
        return ids(row -> row.algorithm.equals(signature.keyKind())
                && row.digest.equals(signature.digest().orElse("")));
    }

    /**
     * Whether {@code key} signs by {@code scheme} in some version. An ECDSA scheme is for one curve, which some backends want
     * in TLS 1.2 too.
     */
    public static boolean fits(SignatureScheme scheme, PublicKeyInfo key) {
        if (!knows(key)) {
            return true;
        }
        KeyScheme row = BY_ID.get(scheme.id());
        return row != null && row.fits(key) && (row.curve.isPresent() || !row.keyKind.equals("EC"));
    }

    private boolean fits(PublicKeyInfo key) {
        return isFor(key)
                && (curve.isEmpty() || key.group().map(NamedGroup::name).equals(curve));
    }

    private boolean isFor(PublicKeyInfo key) {
        return key.kind().filter(keyKind::equals).isPresent() && hasRoom(key) && isAllowedBy(key);
    }

    /**
     * Whether a signature is not longer than the modulus. PKCS #1 v1.5 writes the digest's name, of 19 bytes at the most, before
     * it, and 11 bytes around (RFC 8017 section 9.2); PSS writes a salt of the digest's length and two bytes (section 9.1.1).
     */
    private boolean hasRoom(PublicKeyInfo key) {
        if (!keyKind.startsWith("RSA")) {
            return true;
        }
        int length = digestLength();
        return algorithm.equals("RSA") ? key.bits() >= 8 * (length + 30) - 7 : key.bits() >= 8 * (2 * length + 2) - 6;
    }

    /** RFC 8446 section 4.2.3: the digest of the mask is the digest itself, and the salt is as long. */
    private boolean isAllowedBy(PublicKeyInfo key) {
        return !keyKind.equals("RSASSA-PSS") || key.allows(new PssParameters(digest, digest, digestLength()));
    }

    private int digestLength() {
        return switch (digest) {
            case "SHA-1" -> 20;
            case "SHA-224" -> 28;
            case "SHA-256" -> 32;
            case "SHA-384" -> 48;
            case "SHA-512" -> 64;
            default -> throw new AssertionError(digest);
        };
    }

    private boolean inTls12(PublicKeyInfo key) {
        return usableIn(TlsVersion.TLS_1_2) && isFor(key);
    }

    private boolean usableIn(TlsVersion version) {
        return scheme().usableIn(version);
    }

    SignatureScheme scheme() {
        return SignatureScheme.of(id);
    }

    private boolean legacy() {
        return digest.equals("SHA-1") || digest.equals("SHA-224");
    }

    private static List<Integer> ids(Predicate<KeyScheme> wanted) {
        List<Integer> ids = new ArrayList<>();
        for (KeyScheme row : values()) {
            if (wanted.test(row)) {
                ids.add(row.id);
            }
        }
        return List.copyOf(ids);
    }

    private static final Set<String> KINDS =
            Stream.of(values()).map(row -> row.keyKind).collect(Collectors.toSet());
}
