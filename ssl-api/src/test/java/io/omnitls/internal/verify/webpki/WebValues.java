package io.omnitls.internal.verify.webpki;

import io.omnitls.forge.Der;
import io.omnitls.internal.x509.DerReader;
import io.omnitls.internal.x509.DerWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Values of fields, in DER. */
final class WebValues {
    private static final Map<String, String> ALGORITHMS = Map.of(
            "SHA1withECDSA", "1.2.840.10045.4.1",
            "SHA224withECDSA", "1.2.840.10045.4.3.1",
            "SHA256withECDSA", "1.2.840.10045.4.3.2",
            "SHA384withECDSA", "1.2.840.10045.4.3.3",
            "SHA256withRSA", "1.2.840.113549.1.1.11");

    private WebValues() {}

    static byte[] algorithm(String jcaName) {
        return DerWriter.sequence(
                Der.oid(ALGORITHMS.get(jcaName)), jcaName.endsWith("RSA") ? new byte[] {5, 0} : new byte[0]);
    }

    static byte[] bytes(int... octets) {
        byte[] bytes = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            bytes[i] = (byte) octets[i];
        }
        return bytes;
    }

    static byte[] purposes(String... oids) {
        List<byte[]> list = new ArrayList<>();
        for (String oid : oids) {
            list.add(Der.oid(oid));
        }
        return DerWriter.sequence(list.toArray(new byte[0][]));
    }

    /** A GeneralName: {@code dns:}, {@code email:} and {@code uri:} and text, {@code ip:} and octets in hexadecimal digits. */
    static byte[] name(String text) {
        String value = text.substring(text.indexOf(':') + 1);
        return switch (text.substring(0, text.indexOf(':'))) {
            case "email" -> tagged(1, value.getBytes(StandardCharsets.ISO_8859_1));
            case "dns" -> tagged(2, value.getBytes(StandardCharsets.ISO_8859_1));
            case "uri" -> tagged(6, value.getBytes(StandardCharsets.ISO_8859_1));
            case "ip" -> tagged(7, hex(value));
            case "other" ->
                DerWriter.element(
                        DerReader.context(0),
                        Der.oid("1.3.6.1.4.1.32473.2"),
                        DerWriter.element(DerReader.context(0), bytes(0x0c, 1, 'x')));
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static byte[] tagged(int number, byte[] content) {
        return DerWriter.element(DerReader.contextPrimitive(number), content);
    }

    private static byte[] hex(String digits) {
        byte[] octets = new byte[digits.length() / 2];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) Integer.parseInt(digits.substring(2 * i, 2 * i + 2), 16);
        }
        return octets;
    }

    static byte[] names(String... texts) {
        List<byte[]> list = new ArrayList<>();
        for (String text : texts) {
            list.add(name(text));
        }
        return DerWriter.sequence(list.toArray(new byte[0][]));
    }

    static byte[] permitted(String... bases) {
        return DerWriter.sequence(subtrees(0, bases));
    }

    static byte[] excluded(String... bases) {
        return DerWriter.sequence(subtrees(1, bases));
    }

    static byte[] subtrees(int number, String... bases) {
        List<byte[]> list = new ArrayList<>();
        for (String base : bases) {
            list.add(DerWriter.sequence(name(base)));
        }
        return DerWriter.element(DerReader.context(number), list.toArray(new byte[0][]));
    }

    static byte[] access(String responder) {
        return DerWriter.sequence(DerWriter.sequence(Der.oid("1.3.6.1.5.5.7.48.1"), name(responder)));
    }

    /** The SubjectPublicKeyInfo of an RSA key that nobody has the other half of. */
    static byte[] rsa(int bits, long exponent) {
        BigInteger modulus =
                new BigInteger(bits, new Random(bits)).setBit(bits - 1).setBit(0);
        return info(
                DerWriter.sequence(Der.oid("1.2.840.113549.1.1.1"), new byte[] {5, 0}),
                DerWriter.sequence(
                        DerWriter.element(DerReader.INTEGER, modulus.toByteArray()),
                        DerWriter.element(
                                DerReader.INTEGER, BigInteger.valueOf(exponent).toByteArray())));
    }

    static byte[] onCurve(String oid) {
        return info(DerWriter.sequence(Der.oid("1.2.840.10045.2.1"), Der.oid(oid)), new byte[65]);
    }

    static byte[] explicitCurve() {
        byte[] order = BigInteger.ONE.shiftLeft(255).toByteArray();
        byte[] domain = DerWriter.sequence(
                bytes(2, 1, 1),
                DerWriter.sequence(),
                DerWriter.sequence(),
                DerWriter.element(DerReader.OCTET_STRING, new byte[65]),
                DerWriter.element(DerReader.INTEGER, order));
        return info(DerWriter.sequence(Der.oid("1.2.840.10045.2.1"), domain), new byte[65]);
    }

    static byte[] ed25519() {
        return info(DerWriter.sequence(Der.oid("1.3.101.112")), new byte[32]);
    }

    private static byte[] info(byte[] algorithm, byte[] key) {
        return DerWriter.sequence(algorithm, DerWriter.element(DerReader.BIT_STRING, new byte[1], key));
    }
}
