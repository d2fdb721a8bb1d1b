package io.omnitls.forge;

import io.omnitls.internal.x509.DerReader;
import io.omnitls.internal.x509.DerWriter;
import java.nio.charset.StandardCharsets;

/** The values of extensions (RFC 5280 section 4.2). */
public final class Extensions {
    public static final String SUBJECT_KEY_IDENTIFIER = "2.5.29.14";
    public static final String KEY_USAGE = "2.5.29.15";
    public static final String SUBJECT_ALT_NAME = "2.5.29.17";
    public static final String BASIC_CONSTRAINTS = "2.5.29.19";
    public static final String ISSUING_DISTRIBUTION_POINT = "2.5.29.28";
    public static final String NAME_CONSTRAINTS = "2.5.29.30";
    public static final String DISTRIBUTION_POINTS = "2.5.29.31";
    public static final String AUTHORITY_KEY_IDENTIFIER = "2.5.29.35";
    public static final String EXTENDED_KEY_USAGE = "2.5.29.37";
    public static final String PROXY_CERT_INFO = "1.3.6.1.5.5.7.1.14";
    public static final String UNKNOWN = "1.3.6.1.4.1.32473.1";

    public static final int DIGITAL_SIGNATURE = 0x80;
    public static final int KEY_CERT_SIGN = 0x04;
    public static final int CRL_SIGN = 0x02;

    private Extensions() {}

    /** @param pathLength -1 for none */
    public static byte[] basicConstraints(boolean authority, int pathLength) {
        return DerWriter.sequence(
                authority ? new byte[] {1, 1, (byte) 0xff} : new byte[0],
                pathLength < 0 ? new byte[0] : Forge.integer(pathLength));
    }

    /** @param bits of the first eight usages, digitalSignature highest */
    public static byte[] keyUsage(int bits) {
        return DerWriter.element(
                DerReader.BIT_STRING, new byte[] {(byte) Integer.numberOfTrailingZeros(bits), (byte) bits});
    }

    public static byte[] extendedKeyUsage(String purpose) {
        return DerWriter.sequence(Forge.oid(purpose));
    }

    public static byte[] dnsNames(String... names) {
        byte[][] encoded = new byte[names.length][];
        for (int i = 0; i < names.length; i++) {
            encoded[i] = dnsName(names[i]);
        }
        return DerWriter.sequence(encoded);
    }

    private static byte[] dnsName(String name) {
        return DerWriter.element(DerReader.contextPrimitive(2), name.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** @param subtrees 0 for permitted, 1 for excluded */
    public static byte[] nameConstraints(int subtrees, String... dnsNames) {
        byte[][] list = new byte[dnsNames.length][];
        for (int i = 0; i < dnsNames.length; i++) {
            list[i] = DerWriter.sequence(dnsName(dnsNames[i]));
        }
        return DerWriter.sequence(DerWriter.element(DerReader.context(subtrees), list));
    }

    public static byte[] subjectKeyIdentifier(byte[] identifier) {
        return DerWriter.element(DerReader.OCTET_STRING, identifier);
    }

    public static byte[] authorityKeyIdentifier(byte[] identifier) {
        return DerWriter.sequence(DerWriter.element(DerReader.contextPrimitive(0), identifier));
    }

    /** @param flags the numbers of the fields that are TRUE */
    public static byte[] issuingDistributionPoint(String url, int... flags) {
        byte[][] fields = new byte[flags.length + 1][];
        fields[0] = url.isEmpty() ? new byte[0] : pointName(url);
        for (int i = 0; i < flags.length; i++) {
            fields[i + 1] = DerWriter.element(DerReader.contextPrimitive(flags[i]), new byte[] {(byte) 0xff});
        }
        return DerWriter.sequence(fields);
    }

    public static byte[] distributionPoints(String url) {
        return DerWriter.sequence(DerWriter.sequence(pointName(url)));
    }

    private static byte[] pointName(String url) {
        byte[] uri = DerWriter.element(DerReader.contextPrimitive(6), url.getBytes(StandardCharsets.US_ASCII));
        return DerWriter.element(DerReader.context(0), DerWriter.element(DerReader.context(0), uri));
    }

    /** @param pathLength -1 for none */
    public static byte[] proxyCertInfo(int pathLength) {
        return DerWriter.sequence(
                pathLength < 0 ? new byte[0] : Forge.integer(pathLength),
                DerWriter.sequence(Forge.oid("1.3.6.1.5.5.7.21.1"))); // id-ppl-inheritAll
    }
}
