package io.omnitls.internal.x509;

import java.util.Map;

/** The bits of security of keys and digests, as OpenSSL counts them: the one place where they are counted. */
public final class Strength {
    private Strength() {}

    /**
     * Of a modulus or a prime: SP 800-56B rev. 2 appendix D, rounded to 8 bits as OpenSSL's {@code
     * ossl_ifc_ffc_compute_security_bits} does; the sizes in use are a table there.
     */
    public static int ofModulus(int bits) {
        return switch (bits) {
            case 2048 -> 112;
            case 3072 -> 128;
            case 4096 -> 152;
            case 6144 -> 176;
            case 7680 -> 192;
            case 8192 -> 200;
            case 15360 -> 256;
            default -> estimated(bits);
        };
    }

    private static int estimated(int bits) {
        if (bits < 8) {
            return 0;
        }
        double x = bits * Math.log(2);
        double lx = Math.log(x);
        int estimate = (int) ((1.923 * Math.cbrt(x * lx * lx) - 4.69) / Math.log(2));
        int cap = bits <= 7680 ? 192 : bits <= 15360 ? 256 : 1200;
        return Math.min(estimate + 4 & ~7, cap);
    }

    /** Of a prime that Diffie-Hellman takes place in, as a server's parameters are judged: {@code BN_security_bits}. */
    public static int ofPrime(int bits) {
        return bits >= 15360 ? 256 : bits >= 7680 ? 192 : bits >= 3072 ? 128 : bits >= 2048 ? 112 : 80;
    }

    /** Of a curve, by the bits of its order. */
    public static int ofOrder(int bits) {
        return bits >= 512 ? 256 : bits >= 384 ? 192 : bits >= 256 ? 128 : bits >= 224 ? 112 : bits / 2;
    }

    /** Of a digest by its JCA name: half its size, less where collisions are known; 0 for an unknown one. */
    public static int ofDigest(String name) {
        return DIGESTS.getOrDefault(name, 0);
    }

    private static final Map<String, Integer> DIGESTS = Map.ofEntries(
            Map.entry("MD5", 39), // X509_get_signature_info: collisions in 2^39
            Map.entry("SHA-1", 63), // and in 2^63.4
            Map.entry("RIPEMD160", 80),
            Map.entry("SHA-224", 112),
            Map.entry("SHA-512/224", 112),
            Map.entry("SHA3-224", 112),
            Map.entry("SHA-256", 128),
            Map.entry("SHA-512/256", 128),
            Map.entry("SHA3-256", 128),
            Map.entry("SHA-384", 192),
            Map.entry("SHA3-384", 192),
            Map.entry("SHA-512", 256),
            Map.entry("SHA3-512", 256));
}
