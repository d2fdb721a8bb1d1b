package io.omnitls.testkit;

import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.SignatureScheme;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.spi.Capabilities;
import io.omnitls.spi.Feature;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The keys that a PEM file may hold: what {@code openssl} makes them with, and what TLS has for them. */
enum KeySample {
    RSA_1024("RSA of 1024 bits", "RSA", "-algorithm RSA -pkeyopt rsa_keygen_bits:1024", true, "rsa_pss_rsae_sha256"),
    RSA_2048("RSA of 2048 bits", "RSA", "-algorithm RSA -pkeyopt rsa_keygen_bits:2048", true, "rsa_pss_rsae_sha256"),
    RSA_4096("RSA of 4096 bits", "RSA", "-algorithm RSA -pkeyopt rsa_keygen_bits:4096", true, "rsa_pss_rsae_sha256"),
    PSS("RSASSA-PSS of 2048 bits", "RSASSA-PSS", pss(""), true, "rsa_pss_pss_sha256"),
    PSS_SHA256("RSASSA-PSS of 2048 bits", "RSASSA-PSS", pss("sha256", "sha256", 32), true, "rsa_pss_pss_sha256"),
    PSS_SHA384("RSASSA-PSS of 2048 bits", "RSASSA-PSS", pss("sha384", "sha384", 20), true, "rsa_pss_pss_sha384"),
    PSS_SHA512("RSASSA-PSS of 2048 bits", "RSASSA-PSS", pss("sha512", "sha512", 64), true, "rsa_pss_pss_sha512"),
    PSS_SHA1("RSASSA-PSS of 2048 bits", "RSASSA-PSS", pss("sha1", "sha1", 20), false, ""),
    PSS_OF_TWO_DIGESTS("RSASSA-PSS of 2048 bits", "RSASSA-PSS", pss("sha256", "sha1", 32), false, ""),
    PSS_WITH_A_LONG_SALT("RSASSA-PSS of 2048 bits", "RSASSA-PSS", pss("sha256", "sha256", 40), false, ""),
    P224("secp224r1", "EC", ec("P-224"), true, ""),
    P256("secp256r1", "EC", ec("P-256"), true, "ecdsa_secp256r1_sha256"),
    P384("secp384r1", "EC", ec("P-384"), true, "ecdsa_secp384r1_sha384"),
    P521("secp521r1", "EC", ec("P-521"), true, "ecdsa_secp521r1_sha512"),
    SECP256K1("secp256k1", "EC", ec("secp256k1"), true, ""),
    BRAINPOOL_256("brainpoolP256r1", "EC", ec("brainpoolP256r1"), true, "ecdsa_brainpoolP256r1tls13_sha256"),
    BRAINPOOL_384("brainpoolP384r1", "EC", ec("brainpoolP384r1"), true, "ecdsa_brainpoolP384r1tls13_sha384"),
    BRAINPOOL_320("brainpoolP320r1", "EC", ec("brainpoolP320r1"), false, ""), // the registry of groups has no such
    BINARY("sect283k1", "EC", ec("sect283k1"), false, ""),
    SM2("SM2", "EC", ec("SM2"), false, ""),
    SPELT_OUT("spelt out", "EC", ec("P-256") + " -pkeyopt ec_param_enc:explicit", false, ""),
    ED25519("Ed25519", "Ed25519", "-algorithm ED25519", true, "ed25519"),
    ED448("Ed448", "Ed448", "-algorithm ED448", true, "ed448"),
    DSA("DSA of 2048 bits", "DSA", "", true, ""),
    X25519("1.3.101.110", "X25519", "-algorithm X25519", false, "");

    /** What whoever refuses the key has to call it. */
    final String says;

    final String options;
    /** As {@code Capabilities.keyAlgorithms()} names it. */
    final String algorithm;

    private final boolean tls12;
    private final String tls13;

    /**
     * @param tls13 one of its schemes in TLS 1.3; empty where there is none
     */
    KeySample(String says, String algorithm, String options, boolean tls12, String tls13) {
        this.says = says;
        this.algorithm = algorithm;
        this.options = options;
        this.tls12 = tls12;
        this.tls13 = tls13;
    }

    private static String pss(String more) {
        return "-algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048" + more;
    }

    private static String pss(String digest, String maskDigest, int saltLength) {
        return pss(" -pkeyopt rsa_pss_keygen_md:" + digest + " -pkeyopt rsa_pss_keygen_mgf1_md:" + maskDigest
                + " -pkeyopt rsa_pss_keygen_saltlen:" + saltLength);
    }

    private static String ec(String curve) {
        return "-algorithm EC -pkeyopt ec_paramgen_curve:" + curve;
    }

    /** The group that a client of TLS 1.2 has to name for it. */
    Optional<NamedGroup> curve() {
        return algorithm.equals("EC") ? NamedGroup.of(says) : Optional.empty();
    }

    /** The security level that it needs. */
    int level() {
        return this == RSA_1024 ? 1 : 2;
    }

    /** Whether a backend that declares {@code expected} can be authenticated by it in {@code version}. */
    boolean usable(Capabilities expected, TlsVersion version) {
        if (this == RSA_1024 && expected.has(Feature.FIPS)) {
            return false; // no validated module signs with it
        }
        boolean known = expected.keyAlgorithms().contains(algorithm)
                && (!algorithm.equals("EC")
                        || curve().filter(expected.keyCurves()::contains).isPresent());
        return known && (version == TlsVersion.TLS_1_2 ? tls12 : hasScheme(expected.signatureSchemes()));
    }

    private boolean hasScheme(List<SignatureScheme> known) {
        return !tls13.isEmpty()
                && (known.isEmpty() || known.contains(SignatureScheme.of(tls13).orElseThrow()));
    }

    /** Whether it is DSA, for which no default of anybody has a suite. */
    boolean dsa() {
        return this == DSA;
    }

    static List<KeySample> all() {
        return Arrays.asList(values());
    }
}
