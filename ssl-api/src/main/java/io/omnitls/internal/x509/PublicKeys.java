package io.omnitls.internal.x509;

import java.security.PublicKey;
import java.security.interfaces.DSAKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is to be known of a public key: its kind and its strength, as OpenSSL counts it. */
public final class PublicKeys {
    private PublicKeys() {}

    /** RSA, RSASSA-PSS, EC, Ed25519, Ed448 or DSA; backends disagree about the names of the Edwards curves. */
    public static String algorithm(PublicKey key) {
        String name = key.getAlgorithm();
        if (name.equals("EdDSA")) {
            // id-Ed25519 is 1.3.101.112 and id-Ed448 is 1.3.101.113 (RFC 8410), which end a SubjectPublicKeyInfo's
            // eleven first bytes: the encodings are 44 and 69 bytes long.
            return key.getEncoded().length == 44 ? "Ed25519" : "Ed448";
        }
        if (name.equals("RSA") && isPss(key.getEncoded())) {
            return "RSASSA-PSS";
        }
        return name.equals("ECDSA") ? "EC" : name;
    }

    /** Whether this SubjectPublicKeyInfo has id-RSASSA-PSS (RFC 4055), which BC-FIPS calls RSA like rsaEncryption. */
    private static boolean isPss(byte @Nullable [] encoded) {
        try {
            return encoded != null
                    && DerReader.of(encoded)
                            .enter(DerReader.SEQUENCE)
                            .enter(DerReader.SEQUENCE)
                            .oid()
                            .equals("1.2.840.113549.1.1.10");
        } catch (DerException unreadable) {
            return false;
        }
    }

    /** The size that people name: the modulus, the order of the curve; 0 when it is not known. */
    public static int bits(PublicKey key) {
        if (key instanceof RSAKey rsa) {
            return rsa.getModulus().bitLength();
        }
        if (key instanceof ECKey ec) {
            return ec.getParams().getOrder().bitLength();
        }
        if (key instanceof DSAKey dsa && dsa.getParams() != null) {
            return dsa.getParams().getP().bitLength();
        }
        return switch (algorithm(key)) {
            case "Ed25519" -> 253;
            case "Ed448" -> 456;
            default -> 0;
        };
    }

    /** The registry's name of an EC key's curve; empty for other keys, and for curves that no signature scheme is for. */
    public static Optional<String> curve(PublicKey key) {
        if (!(key instanceof ECKey ec)) {
            return Optional.empty();
        }
        return switch (ec.getParams().getOrder().toString(16)) {
            case "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551" -> Optional.of("secp256r1");
            case "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973" ->
                Optional.of("secp384r1");
            case "1fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
                    + "a51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409" -> Optional.of("secp521r1");
            case "a9fb57dba1eea9bc3e660a909d838d718c397aa3b561a6f7901e0e82974856a7" -> Optional.of("brainpoolP256r1");
            case "8cb91e82a3386d280f5d6f7e50e641df152f7109ed5456b31f166e6cac0425a7cf3ab6af6b7fc3103b883202e9046565" ->
                Optional.of("brainpoolP384r1");
            case "aadd9db8dbe9c48b3fd4e6ae33c9fc07cb308db3b3c9d20ed6639cca70330870"
                    + "553e5c414ca92619418661197fac10471db1d381085ddaddb58796829ca90069" ->
                Optional.of("brainpoolP512r1");
            default -> Optional.empty();
        };
    }

    /** The bits of security, as {@code EVP_PKEY_get_security_bits} has them; 0 when they are not known. */
    public static int securityBits(PublicKey key) {
        if (key instanceof RSAKey || key instanceof DSAKey) {
            return modulusSecurityBits(bits(key));
        }
        if (key instanceof ECKey) {
            int order = bits(key);
            return order >= 512 ? 256 : order >= 384 ? 192 : order >= 256 ? 128 : order >= 224 ? 112 : order / 2;
        }
        return switch (algorithm(key)) {
            case "Ed25519" -> 128;
            case "Ed448" -> 224;
            default -> 0;
        };
    }

    /**
     * SP 800-56B rev. 2 appendix D, rounded to 8 bits as OpenSSL's {@code ossl_ifc_ffc_compute_security_bits} does; the
     * sizes in use are a table there.
     */
    private static int modulusSecurityBits(int bits) {
        return switch (bits) {
            case 2048 -> 112;
            case 3072 -> 128;
            case 4096 -> 152;
            case 6144 -> 176;
            case 7680 -> 192;
            case 8192 -> 200;
            case 15360 -> 256;
            default -> estimatedSecurityBits(bits);
        };
    }

    private static int estimatedSecurityBits(int bits) {
        if (bits < 8) {
            return 0;
        }
        double x = bits * Math.log(2);
        double lx = Math.log(x);
        int estimate = (int) ((1.923 * Math.cbrt(x * lx * lx) - 4.69) / Math.log(2));
        int cap = bits <= 7680 ? 192 : bits <= 15360 ? 256 : 1200;
        return Math.min(estimate + 4 & ~7, cap);
    }
}
