package io.omnitls.forge;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A key or a few of every kind, made once: they cost more than all else. */
public final class KeyRing {
    private static final Map<String, String> RSA = new TreeMap<>(Map.of(
            "SHA1withRSA", "1.2.840.113549.1.1.5",
            "SHA224withRSA", "1.2.840.113549.1.1.14",
            "SHA384withRSA", "1.2.840.113549.1.1.12",
            "SHA512withRSA", "1.2.840.113549.1.1.13",
            "SHA3-256withRSA", "2.16.840.1.101.3.4.3.14",
            "SHA3-512withRSA", "2.16.840.1.101.3.4.3.16"));
    private static final Map<String, String> ECDSA = new TreeMap<>(Map.of(
            "SHA1withECDSA", "1.2.840.10045.4.1",
            "SHA224withECDSA", "1.2.840.10045.4.3.1",
            "SHA384withECDSA", "1.2.840.10045.4.3.3",
            "SHA512withECDSA", "1.2.840.10045.4.3.4"));
    private static final byte[] ECDSA_SHA256 = Algorithms.withoutParameters("1.2.840.10045.4.3.2");

    private static final KeyRing INSTANCE = new KeyRing(); // uses what stands above

    private final List<SigningKey> common = new ArrayList<>();
    private final List<SigningKey> rare = new ArrayList<>();
    private int made;

    private KeyRing() {
        try {
            for (int i = 0; i < 8; i++) {
                common.add(ec("P-256", "secp256r1"));
            }
            common.add(ec("P-384", "secp384r1"));
            common.add(ec("P-384", "secp384r1"));
            common.add(rsa(1024));
            common.add(rsa(2048));
            common.add(rsa(2048));
            rare.add(ec("P-521", "secp521r1"));
            rare.add(sha3());
            rare.add(edwards("Ed25519", "1.3.101.112"));
            rare.add(edwards("Ed448", "1.3.101.113"));
            rare.add(dsa(1024, "SHA1withDSA", "1.2.840.10040.4.3"));
            rare.add(dsa(2048, "SHA256withDSA", "2.16.840.1.101.3.4.3.2"));
            rare.add(explicitParameters());
            KeyPair pss = pair("RSA", 2048);
            rare.add(pssKey("RSA-PSS", pss, Algorithms.withoutParameters("1.2.840.113549.1.1.10")));
            rare.add(pssKey("RSA-PSS for SHA-384 alone", pss, Algorithms.pss("SHA-384", "SHA-384", 20)));
            for (Curve curve : Curve.values()) {
                rare.add(other(curve));
            }
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** Mostly P-256, a few P-384 and RSA. */
    public static List<SigningKey> common() {
        return INSTANCE.common;
    }

    /** P-521, EdDSA, DSA, RSA-PSS, explicit parameters, and the curves that hardly anybody uses. */
    public static List<SigningKey> rare() {
        return INSTANCE.rare;
    }

    private static KeyPair pair(String algorithm, int size) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(size);
        return generator.generateKeyPair();
    }

    private SigningKey key(String kind, byte[] publicKey, List<Scheme> schemes) {
        return new SigningKey(kind, publicKey, new byte[] {(byte) ++made, 1, 2, 3}, schemes);
    }

    private SigningKey ec(String kind, String curve) throws GeneralSecurityException {
        KeyPair pair = ecPair(curve);
        return key(kind, pair.getPublic().getEncoded(), ecdsa(pair.getPrivate()));
    }

    /** ECDSA with SHA-3, which OpenSSL 3.0 does not know in certificates. */
    private SigningKey sha3() throws GeneralSecurityException {
        KeyPair pair = ecPair("secp256r1");
        byte[] algorithm = Algorithms.withoutParameters("2.16.840.1.101.3.4.3.10");
        return key(
                "P-256 for SHA-3",
                pair.getPublic().getEncoded(),
                List.of(Scheme.of(pair.getPrivate(), "SHA3-256withECDSA", algorithm)));
    }

    private static KeyPair ecPair(String curve) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        return generator.generateKeyPair();
    }

    private static List<Scheme> ecdsa(PrivateKey key) {
        List<Scheme> schemes = new ArrayList<>(List.of(Scheme.of(key, "SHA256withECDSA", ECDSA_SHA256)));
        ECDSA.forEach((name, oid) -> schemes.add(Scheme.of(key, name, Algorithms.withoutParameters(oid))));
        return schemes;
    }

    private SigningKey rsa(int size) throws GeneralSecurityException {
        KeyPair pair = pair("RSA", size);
        PrivateKey key = pair.getPrivate();
        List<Scheme> schemes =
                new ArrayList<>(List.of(Scheme.of(key, "SHA256withRSA", Algorithms.withNull("1.2.840.113549.1.1.11"))));
        RSA.forEach((name, oid) -> schemes.add(Scheme.of(key, name, Algorithms.withNull(oid))));
        for (int salt : new int[] {0, 20, 32, 48}) {
            schemes.add(pss(key, "SHA-256", "SHA-256", salt));
        }
        schemes.add(pss(key, "SHA-384", "SHA-384", 48));
        schemes.add(pss(key, "SHA-384", "SHA-1", 20));
        schemes.add(pss(key, "SHA-1", "SHA-1", 20));
        schemes.add(pss(key, "SHA-1", "SHA-256", 20));
        if (size > 1024) {
            schemes.add(pss(key, "SHA-512", "SHA-512", 64));
            schemes.add(pss(key, "SHA-512", "SHA-256", 32));
        }
        return key("RSA " + size, pair.getPublic().getEncoded(), schemes);
    }

    private static Scheme pss(PrivateKey key, String digest, String maskDigest, int salt) {
        return Scheme.of(
                key,
                "PSS " + digest + "/" + maskDigest + "/" + salt,
                Algorithms.pss(digest, maskDigest, salt),
                "RSASSA-PSS",
                Optional.of(new PSSParameterSpec(digest, "MGF1", new MGF1ParameterSpec(maskDigest), salt, 1)));
    }

    /** An RSA key whose public half says that it signs RSASSA-PSS alone. */
    private SigningKey pssKey(String kind, KeyPair pair, byte[] algorithm) {
        // An RSA SubjectPublicKeyInfo of the JDK: a header of 4 bytes, the algorithm with its 15, the bits.
        byte[] whole = pair.getPublic().getEncoded();
        byte[] bits = Arrays.copyOfRange(whole, 19, whole.length);
        PrivateKey key = pair.getPrivate();
        return key(
                kind,
                Der.sequence(algorithm, bits),
                List.of(
                        pss(key, "SHA-384", "SHA-384", 20),
                        pss(key, "SHA-384", "SHA-384", 48),
                        pss(key, "SHA-256", "SHA-256", 32),
                        Scheme.of(key, "SHA256withRSA", Algorithms.withNull("1.2.840.113549.1.1.11"))));
    }

    private SigningKey edwards(String name, String oid) throws GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance(name).generateKeyPair();
        return key(
                name,
                pair.getPublic().getEncoded(),
                List.of(Scheme.of(pair.getPrivate(), name, Algorithms.withoutParameters(oid))));
    }

    private SigningKey dsa(int size, String scheme, String oid) throws GeneralSecurityException {
        KeyPair pair = pair("DSA", size);
        return key(
                "DSA " + size,
                pair.getPublic().getEncoded(),
                List.of(Scheme.of(pair.getPrivate(), scheme, Algorithms.withoutParameters(oid))));
    }

    /** P-256 spelled out (X9.62 ECParameters) instead of named. */
    private SigningKey explicitParameters() throws GeneralSecurityException {
        KeyPair pair = ecPair("secp256r1");
        byte[] named = pair.getPublic().getEncoded();
        byte[] bits = Arrays.copyOfRange(named, 23, named.length);
        String prime = "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff";
        String b = "5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b";
        String generator = "046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
                + "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5";
        String order = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";
        byte[] parameters = Der.sequence(
                Der.integer(1),
                Der.sequence(Der.oid("1.2.840.10045.1.1"), Der.integer(new BigInteger(prime, 16))),
                Der.sequence(Der.octets(hex(prime.substring(0, prime.length() - 1) + "c")), Der.octets(hex(b))),
                Der.octets(hex(generator)),
                Der.integer(new BigInteger(order, 16)),
                Der.integer(1));
        return key(
                "explicit P-256",
                Der.sequence(Der.sequence(Der.oid("1.2.840.10045.2.1"), parameters), bits),
                List.of(Scheme.of(pair.getPrivate(), "SHA256withECDSA", ECDSA_SHA256)));
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    private SigningKey other(Curve curve) {
        BigInteger key = curve.random(new SecureRandom());
        return key(
                curve.name().toLowerCase(Locale.ROOT),
                curve.publicKey(key),
                List.of(new Scheme("SHA256withECDSA", ECDSA_SHA256, message -> curve.sign(key, "SHA-256", message))));
    }
}
