package io.omnitls.forge;

import io.omnitls.internal.x509.DerReader;
import io.omnitls.internal.x509.DerWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.security.auth.x500.X500Principal;

/** Writes certificates and CRLs field by field, so that they can be wrong in any way. Each method returns this. */
public final class Forge {
    private static final DateTimeFormatter UTC_TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter GENERALIZED_TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int GENERALIZED_TIME_TAG = 0x18;
    private static final Instant YEAR_2050 = Instant.parse("2050-01-01T00:00:00Z");

    private String subject = "CN=subject";
    private String issuer = "CN=issuer";
    private BigInteger serial = BigInteger.ONE;
    private Instant from = Instant.EPOCH;
    private Instant to = Instant.EPOCH;
    private int version = 3;
    private final List<byte[]> extensions = new ArrayList<>();
    private final List<BigInteger> revoked = new ArrayList<>();

    public Forge subject(String name) {
        this.subject = name;
        return this;
    }

    public Forge issuer(String name) {
        this.issuer = name;
        return this;
    }

    public Forge serial(long number) {
        this.serial = BigInteger.valueOf(number);
        return this;
    }

    /** The validity of a certificate, the times of the updates of a CRL. */
    public Forge valid(Instant first, Instant last) {
        this.from = first;
        this.to = last;
        return this;
    }

    public Forge version(int number) {
        this.version = number;
        return this;
    }

    public Forge extension(String oid, boolean critical, byte[] value) {
        extensions.add(DerWriter.sequence(
                oid(oid),
                critical ? new byte[] {1, 1, (byte) 0xff} : new byte[0],
                DerWriter.element(DerReader.OCTET_STRING, value)));
        return this;
    }

    public Forge revoke(long number) {
        revoked.add(BigInteger.valueOf(number));
        return this;
    }

    /** A certificate for {@code key}, signed by {@code signer}. */
    public X509Certificate certificate(KeyPair key, KeyPair signer) throws GeneralSecurityException {
        byte[] algorithm = algorithm(signer);
        byte[] signed = DerWriter.sequence(
                version == 1 ? new byte[0] : DerWriter.element(DerReader.context(0), integer(version - 1)),
                DerWriter.element(DerReader.INTEGER, serial.toByteArray()),
                algorithm,
                new X500Principal(issuer).getEncoded(),
                DerWriter.sequence(time(from), time(to)),
                new X500Principal(subject).getEncoded(),
                key.getPublic().getEncoded(),
                extensions.isEmpty() ? new byte[0] : DerWriter.element(DerReader.context(3), extensionList()));
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(sign(signed, algorithm, signer)));
    }

    /** A revocation list of the issuer. */
    public X509CRL crl(KeyPair signer) throws GeneralSecurityException {
        byte[] algorithm = algorithm(signer);
        List<byte[]> entries = new ArrayList<>();
        for (BigInteger number : revoked) {
            entries.add(DerWriter.sequence(DerWriter.element(DerReader.INTEGER, number.toByteArray()), time(from)));
        }
        byte[] signed = DerWriter.sequence(
                integer(1),
                algorithm,
                new X500Principal(issuer).getEncoded(),
                time(from),
                time(to),
                entries.isEmpty() ? new byte[0] : DerWriter.sequence(entries.toArray(new byte[0][])),
                extensions.isEmpty() ? new byte[0] : DerWriter.element(DerReader.context(0), extensionList()));
        return (X509CRL) CertificateFactory.getInstance("X.509")
                .generateCRL(new ByteArrayInputStream(sign(signed, algorithm, signer)));
    }

    private byte[] extensionList() {
        return DerWriter.sequence(extensions.toArray(new byte[0][]));
    }

    private static byte[] sign(byte[] signed, byte[] algorithm, KeyPair signer) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(rsa(signer) ? "SHA256withRSA" : "SHA256withECDSA");
        signature.initSign(signer.getPrivate());
        signature.update(signed);
        return DerWriter.sequence(
                signed, algorithm, DerWriter.element(DerReader.BIT_STRING, new byte[1], signature.sign()));
    }

    private static byte[] algorithm(KeyPair signer) {
        return rsa(signer)
                ? DerWriter.sequence(oid("1.2.840.113549.1.1.11"), new byte[] {5, 0})
                : DerWriter.sequence(oid("1.2.840.10045.4.3.2"));
    }

    private static boolean rsa(KeyPair key) {
        return key.getPublic().getAlgorithm().equals("RSA");
    }

    private static byte[] time(Instant moment) {
        return moment.isBefore(YEAR_2050)
                ? DerWriter.element(DerReader.UTC_TIME, UTC_TIME.format(moment).getBytes(StandardCharsets.US_ASCII))
                : DerWriter.element(
                        GENERALIZED_TIME_TAG, GENERALIZED_TIME.format(moment).getBytes(StandardCharsets.US_ASCII));
    }

    public static byte[] integer(long value) {
        return DerWriter.element(DerReader.INTEGER, BigInteger.valueOf(value).toByteArray());
    }

    public static byte[] oid(String dotted) {
        String[] arcs = dotted.split("\\.", -1);
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.write(40 * Integer.parseInt(arcs[0]) + Integer.parseInt(arcs[1]));
        for (int i = 2; i < arcs.length; i++) {
            int arc = Integer.parseInt(arcs[i]);
            for (int shift = 28; shift > 0; shift -= 7) {
                if (arc >> shift != 0) {
                    content.write(0x80 | arc >> shift & 0x7f);
                }
            }
            content.write(arc & 0x7f);
        }
        return DerWriter.element(DerReader.OID, content.toByteArray());
    }
}
