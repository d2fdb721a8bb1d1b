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
        if (!KINDS.contains(key.kind().orElse(""))) {
            return true; // of a kind that came later the backend knows more
        }
        KeyScheme row = BY_ID.get(scheme.id());
        return row != null && row.fits(key) && (row.curve.isPresent() || !row.keyKind.equals("EC"));
    }

    /** The same, whatever the curve. */
    public static boolean fitsKind(SignatureScheme scheme, PublicKeyInfo key) {
        KeyScheme row = BY_ID.get(scheme.id());
        return key.kind().equals(Optional.of("EC")) ? row != null && row.keyKind.equals("EC") : fits(scheme, key);
    }

    private boolean fits(PublicKeyInfo key) {
        return isFor(key)
                && (curve.isEmpty() || key.group().map(NamedGroup::name).equals(curve));
    }

    private boolean isFor(PublicKeyInfo key) {
        return key.kind().filter(keyKind::equals).isPresent();
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
