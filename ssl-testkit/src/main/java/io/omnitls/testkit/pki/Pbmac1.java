package io.omnitls.testkit.pki;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Gives a PKCS#12 file the MAC of RFC 9579, which {@code openssl} writes from version 3.4 on. */
public final class Pbmac1 {
    private static final int ITERATIONS = 100;
    private static final int OCTET_STRING = 0x04;
    private static final int SEQUENCE = 0x30;

    private static final byte[] PBMAC1 = HexFormat.of().parseHex("06092a864886f70d01050e");
    private static final byte[] PBKDF2 = HexFormat.of().parseHex("06092a864886f70d01050c");
    private static final byte[] HMAC_SHA256 = HexFormat.of().parseHex("300c06082a864886f70d02090500");

    private Pbmac1() {}

    /** Rewrites {@code file}, which has no MAC yet; returns it. */
    public static Path protect(Path file, String password) throws IOException, GeneralSecurityException {
        byte[] pfx = Files.readAllBytes(file);
        byte[] fields = content(pfx);
        byte[] authSafe = Arrays.copyOfRange(fields, 3, fields.length); // behind the version
        byte[] contentInfo = content(authSafe);
        byte[] explicit = Arrays.copyOfRange(contentInfo, 11, contentInfo.length); // behind id-data
        byte[] safe = content(content(explicit));
        byte[] salt = "sixteen bytes...".getBytes(StandardCharsets.US_ASCII);
        byte[] derivation = DerElement.element(
                SEQUENCE,
                PBKDF2,
                DerElement.element(
                        SEQUENCE,
                        DerElement.element(OCTET_STRING, salt),
                        integer(ITERATIONS),
                        integer(32),
                        HMAC_SHA256));
        byte[] algorithm = DerElement.element(SEQUENCE, PBMAC1, DerElement.element(SEQUENCE, derivation, HMAC_SHA256));
        byte[] mac = hmac(pbkdf2(password.getBytes(StandardCharsets.UTF_8), salt), safe);
        byte[] macData = DerElement.element(
                SEQUENCE,
                DerElement.element(SEQUENCE, algorithm, DerElement.element(OCTET_STRING, mac)),
                DerElement.element(OCTET_STRING, "not used".getBytes(StandardCharsets.US_ASCII)),
                integer(1));
        return Files.write(file, DerElement.element(SEQUENCE, fields, macData));
    }

    /** RFC 8018 section 5.2, one block: the JDK's takes no characters outside of ASCII. */
    private static byte[] pbkdf2(byte[] password, byte[] salt) throws GeneralSecurityException {
        byte[] block = hmac(password, Arrays.copyOf(salt, salt.length + 4), 1);
        byte[] derived = block.clone();
        for (int i = 1; i < ITERATIONS; i++) {
            block = hmac(password, block);
            for (int j = 0; j < derived.length; j++) {
                derived[j] ^= block[j];
            }
        }
        return derived;
    }

    private static byte[] hmac(byte[] key, byte[] saltAndZeros, int blockNumber) throws GeneralSecurityException {
        saltAndZeros[saltAndZeros.length - 1] = (byte) blockNumber;
        return hmac(key, saltAndZeros);
    }

    private static byte[] hmac(byte[] key, byte[] data) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(data);
    }

    private static byte[] integer(int value) {
        return DerElement.element(0x02, BigInteger.valueOf(value).toByteArray());
    }

    private static byte[] content(byte[] element) {
        int header = element[1] < 0 ? 2 + (element[1] & 0x7f) : 2;
        return Arrays.copyOfRange(element, header, element.length);
    }
}
