package io.omnitls.internal.verify.webpki;

import io.omnitls.forge.Der;
import io.omnitls.forge.Extensions;
import io.omnitls.forge.Keys;
import io.omnitls.internal.x509.CertificateView;
import io.omnitls.internal.x509.DerReader;
import io.omnitls.internal.x509.DerWriter;
import io.omnitls.internal.x509.PlainCertificate;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import javax.security.auth.x500.X500Principal;

/**
 * A certificate with the fields that x509-limbo's have unless a case says otherwise. Encoded when it is asked for, so that
 * names, keys and identifiers are those that the issuer has by then.
 */
public final class WebCertificate {
    public static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
    private static final DateTimeFormatter UTC_TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter GENERALIZED_TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static long serials = 1000;

    private record Field(String oid, boolean critical, Supplier<byte[]> value) {}

    private byte[] subject;
    private WebCertificate issuer = this;
    private byte[] serial = BigInteger.valueOf(serials++).toByteArray();
    private int version = 3;
    private Instant from = Instant.parse("1970-01-01T00:00:01Z");
    private Instant to = Instant.parse("2969-05-03T00:00:00Z");
    private KeyPair key;
    private KeyPair signedWith;
    private byte[] publicKey = new byte[0];
    private String algorithm = "SHA256withECDSA";
    private byte[] outerAlgorithm = new byte[0];
    private final List<Field> fields = new ArrayList<>();

    private WebCertificate(String subject, KeyPair key) {
        this.subject = new X500Principal(subject).getEncoded();
        this.key = key;
    }

    public static WebCertificate root(String name, int key) {
        return new WebCertificate(name, Keys.p256(key)).authority();
    }

    public static WebCertificate intermediate(String name, int key, WebCertificate issuer) {
        return new WebCertificate(name, Keys.p256(key)).authority().issuedBy(issuer);
    }

    public static WebCertificate leaf(int key, WebCertificate issuer) {
        WebCertificate leaf = new WebCertificate("CN=example.com", Keys.p256(key));
        return leaf.issuedBy(issuer)
                .extension(Extensions.SUBJECT_KEY_IDENTIFIER, false, leaf::ownIdentifier)
                .with(Extensions.KEY_USAGE, false, Extensions.keyUsage(Extensions.DIGITAL_SIGNATURE))
                .with(Extensions.EXTENDED_KEY_USAGE, false, WebValues.purposes(SERVER_AUTH))
                .with(Extensions.SUBJECT_ALT_NAME, false, Extensions.dnsNames("example.com"));
    }

    private WebCertificate authority() {
        return with(Extensions.BASIC_CONSTRAINTS, true, Extensions.basicConstraints(true, -1))
                .with(Extensions.KEY_USAGE, false, Extensions.keyUsage(Extensions.KEY_CERT_SIGN | Extensions.CRL_SIGN))
                .with(Extensions.SUBJECT_ALT_NAME, false, Extensions.dnsNames("example.com"))
                .extension(Extensions.SUBJECT_KEY_IDENTIFIER, false, this::ownIdentifier);
    }

    private byte[] ownIdentifier() {
        return Extensions.subjectKeyIdentifier(Keys.identifier(key));
    }

    WebCertificate issuedBy(WebCertificate other) {
        this.issuer = other;
        return extension(
                Extensions.AUTHORITY_KEY_IDENTIFIER,
                false,
                () -> Extensions.authorityKeyIdentifier(Keys.identifier(issuer.key)));
    }

    WebCertificate selfSigned() {
        this.issuer = this;
        return without(Extensions.AUTHORITY_KEY_IDENTIFIER);
    }

    WebCertificate subject(String name) {
        this.subject = new X500Principal(name).getEncoded();
        return this;
    }

    WebCertificate serial(BigInteger number) {
        this.serial = number.toByteArray();
        return this;
    }

    WebCertificate version(int number) {
        this.version = number;
        return this;
    }

    WebCertificate valid(Instant first, Instant last) {
        this.from = first;
        this.to = last;
        return this;
    }

    WebCertificate key(KeyPair pair) {
        this.key = pair;
        return this;
    }

    WebCertificate key(byte[] subjectPublicKeyInfo) {
        this.publicKey = subjectPublicKeyInfo;
        return this;
    }

    WebCertificate signedWith(KeyPair pair) {
        this.signedWith = pair;
        return this;
    }

    /** By the JCA's name. */
    WebCertificate algorithm(String name) {
        this.algorithm = name;
        return this;
    }

    WebCertificate outerAlgorithm(String oid) {
        this.outerAlgorithm = DerWriter.sequence(Der.oid(oid));
        return this;
    }

    /** In the place of the extension with the same {@code oid}, or one more. */
    WebCertificate with(String oid, boolean critical, byte[] value) {
        return extension(oid, critical, () -> value);
    }

    private WebCertificate extension(String oid, boolean critical, Supplier<byte[]> value) {
        without(oid);
        fields.add(new Field(oid, critical, value));
        return this;
    }

    WebCertificate and(String oid, boolean critical, byte[] value) {
        fields.add(new Field(oid, critical, () -> value));
        return this;
    }

    WebCertificate without(String oid) {
        fields.removeIf(field -> field.oid().equals(oid));
        return this;
    }

    WebCertificate withoutExtensions() {
        fields.clear();
        return this;
    }

    KeyPair key() {
        return key;
    }

    byte[] subject() {
        return subject.clone();
    }

    byte[] encoded() throws GeneralSecurityException {
        KeyPair signer = signedWith == null ? issuer.key : signedWith;
        boolean rsa = signer.getPublic().getAlgorithm().equals("RSA");
        String name = rsa ? algorithm.replace("ECDSA", "RSA") : algorithm;
        byte[] inner = WebValues.algorithm(name);
        List<byte[]> extensions = new ArrayList<>();
        for (Field field : fields) {
            extensions.add(DerWriter.sequence(
                    Der.oid(field.oid()),
                    field.critical() ? new byte[] {1, 1, (byte) 0xff} : new byte[0],
                    DerWriter.element(DerReader.OCTET_STRING, field.value().get())));
        }
        byte[] tbs = DerWriter.sequence(
                version == 1
                        ? new byte[0]
                        : DerWriter.element(
                                DerReader.context(0),
                                DerWriter.element(DerReader.INTEGER, new byte[] {(byte) (version - 1)})),
                DerWriter.element(DerReader.INTEGER, serial),
                inner,
                issuer.subject,
                DerWriter.sequence(time(from), time(to)),
                subject,
                publicKey.length == 0 ? key.getPublic().getEncoded() : publicKey,
                extensions.isEmpty()
                        ? new byte[0]
                        : DerWriter.element(
                                DerReader.context(3), DerWriter.sequence(extensions.toArray(new byte[0][]))));
        Signature signature = Signature.getInstance(name);
        signature.initSign(signer.getPrivate());
        signature.update(tbs);
        return DerWriter.sequence(
                tbs,
                outerAlgorithm.length == 0 ? inner : outerAlgorithm,
                DerWriter.element(DerReader.BIT_STRING, new byte[1], signature.sign()));
    }

    /** An object of no backend's: some of these are refused by every class. */
    public X509Certificate certificate() {
        try {
            return new PlainCertificate(CertificateView.parse(encoded()));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    static byte[] time(Instant moment) {
        boolean utc = moment.isBefore(Instant.parse("2050-01-01T00:00:00Z"));
        String text = (utc ? UTC_TIME : GENERALIZED_TIME).format(moment);
        return DerWriter.element(
                utc ? DerReader.UTC_TIME : DerReader.GENERALIZED_TIME, text.getBytes(StandardCharsets.US_ASCII));
    }
}
