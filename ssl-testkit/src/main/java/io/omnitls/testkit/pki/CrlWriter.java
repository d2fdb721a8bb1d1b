package io.omnitls.testkit.pki;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import javax.security.auth.x500.X500Principal;

/** Writes a CRL of version 1 (RFC 5280 section 5.1), signed with an EC key: no library here does. */
final class CrlWriter {
    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int UTC_TIME = 0x17;
    private static final int SEQUENCE = 0x30;

    /** {@code AlgorithmIdentifier} of ecdsa-with-SHA256 (RFC 5758 section 3.2). */
    private static final byte[] ALGORITHM = {0x30, 0x0a, 6, 8, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 4, 3, 2};

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private CrlWriter() {}

    static X509CRL write(X500Principal issuer, PrivateKey key, List<BigInteger> serials, Duration next) {
        Instant now = Instant.now();
        byte[] issued = time(now.minus(Duration.ofHours(1)));
        byte[][] entries = serials.stream()
                .map(serial -> DerElement.element(SEQUENCE, DerElement.element(INTEGER, serial.toByteArray()), issued))
                .toArray(byte[][]::new);
        byte[] signed = DerElement.element(
                SEQUENCE,
                ALGORITHM,
                issuer.getEncoded(),
                issued,
                time(now.plus(next)),
                entries.length == 0 ? new byte[0] : DerElement.element(SEQUENCE, entries));
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(key);
            signature.update(signed);
            byte[] crl = DerElement.element(
                    SEQUENCE, signed, ALGORITHM, DerElement.element(BIT_STRING, new byte[1], signature.sign()));
            return (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(crl));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("a test CRL could not be made", e);
        }
    }

    private static byte[] time(Instant moment) {
        return DerElement.element(UTC_TIME, TIME.format(moment).getBytes(StandardCharsets.US_ASCII));
    }
}
