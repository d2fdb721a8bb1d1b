package io.omnitls.testkit.odd;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A certificate before it is signed, of which every field can be set to whatever bytes. Each method returns this.
 *
 * <pre>
 * TBSCertificate ::= SEQUENCE {
 *     version [0] EXPLICIT INTEGER DEFAULT v1, serialNumber INTEGER, signature AlgorithmIdentifier, issuer Name,
 *     validity SEQUENCE { notBefore Time, notAfter Time }, subject Name, subjectPublicKeyInfo SubjectPublicKeyInfo,
 *     extensions [3] EXPLICIT SEQUENCE OF Extension OPTIONAL }
 * </pre>
 */
final class Draft {
    static final byte[] ECDSA_WITH_SHA256 = Der.sequence(Der.oid("1.2.840.10045.4.3.2"));

    private byte[] version = Der.explicit(0, Der.integer(2));
    private byte[] serial = Der.integer(Instant.now().toEpochMilli());
    private final byte[] subject;
    private byte[] notBefore = Der.utcTime(Instant.now().minus(Duration.ofHours(1)));
    private byte[] notAfter = Der.utcTime(Instant.now().plus(Duration.ofDays(1)));
    private byte[] outerAlgorithm = ECDSA_WITH_SHA256;
    private final byte[] publicKey;
    private final List<byte[]> extensions = new ArrayList<>();

    /** @param publicKey the SubjectPublicKeyInfo */
    Draft(String commonName, byte[] publicKey) {
        this.subject = name(commonName);
        this.publicKey = publicKey;
    }

    static byte[] name(String commonName) {
        byte[] value = Der.element(Der.UTF8_STRING, commonName.getBytes(StandardCharsets.UTF_8));
        return Der.sequence(Der.element(Der.SET, Der.sequence(Der.oid("2.5.4.3"), value)));
    }

    Draft version1() {
        version = new byte[0];
        return this;
    }

    Draft serial(byte... content) {
        serial = Der.element(Der.INTEGER, content);
        return this;
    }

    Draft notBefore(byte[] time) {
        notBefore = time;
        return this;
    }

    Draft notAfter(byte[] time) {
        notAfter = time;
        return this;
    }

    Draft outerAlgorithm(byte[] algorithm) {
        outerAlgorithm = algorithm;
        return this;
    }

    Draft extension(String oid, byte[] value) {
        return extension(oid, new byte[0], value);
    }

    Draft criticalExtension(String oid, byte[] value) {
        return extension(oid, new byte[] {Der.BOOLEAN, 1, (byte) 0xff}, value);
    }

    private Draft extension(String oid, byte[] critical, byte[] value) {
        extensions.add(Der.sequence(Der.oid(oid), critical, Der.element(Der.OCTET_STRING, value)));
        return this;
    }

    /** The certificate, signed with ECDSA. */
    byte[] sign(String issuer, PrivateKey key) {
        byte[] signed = Der.sequence(
                version,
                serial,
                ECDSA_WITH_SHA256,
                name(issuer),
                Der.sequence(notBefore, notAfter),
                subject,
                publicKey,
                extensions.isEmpty() ? new byte[0] : Der.explicit(3, Der.sequence(extensions.toArray(new byte[0][]))));
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(key);
            signature.update(signed);
            return Der.sequence(signed, outerAlgorithm, Der.element(Der.BIT_STRING, new byte[1], signature.sign()));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("a test certificate could not be signed", e);
        }
    }
}
