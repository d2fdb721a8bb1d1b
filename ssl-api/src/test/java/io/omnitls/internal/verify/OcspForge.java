package io.omnitls.internal.verify;

import io.omnitls.forge.Der;
import io.omnitls.internal.x509.DerException;
import io.omnitls.internal.x509.DerReader;
import io.omnitls.internal.x509.DerWriter;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/** Writes OCSP responses field by field, so that they can be wrong in ways that {@code openssl ocsp} has no option for. */
final class OcspForge {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final byte[] NOTHING = {};
    private static final byte[] GOOD = {(byte) 0x80, 0};

    /** Where a byte too many may stand. */
    enum Place {
        NOWHERE,
        AFTER,
        RESPONSE,
        TYPED,
        BASIC_OUTSIDE,
        BASIC,
        DATA,
        RESPONDER,
        ANSWER,
        CERT_ID,
        STATUS,
        NEXT_UPDATE
    }

    private final X509Certificate issuer;
    private X500Principal responder;
    private String producedAt;
    private Instant thisUpdate = Instant.now();
    private Optional<Instant> nextUpdate = Optional.of(thisUpdate.plus(Duration.ofDays(1)));
    private byte[] version = NOTHING;
    private byte[] extensions = NOTHING;
    private byte[] answerExtensions = NOTHING;
    private Place extra = Place.NOWHERE;
    private final List<byte[]> certificates = new ArrayList<>();
    private final List<Instant> revocations = new ArrayList<>();

    OcspForge(X509Certificate issuer) {
        this.issuer = issuer;
        this.responder = issuer.getSubjectX500Principal();
        this.producedAt = TIME.format(thisUpdate);
    }

    OcspForge responder(X509Certificate certificate) throws GeneralSecurityException {
        this.responder = certificate.getSubjectX500Principal();
        return sending(certificate);
    }

    OcspForge responder(String name) {
        this.responder = new X500Principal(name);
        return this;
    }

    OcspForge sending(X509Certificate certificate) throws GeneralSecurityException {
        certificates.add(certificate.getEncoded());
        return this;
    }

    OcspForge producedAt(String text) {
        this.producedAt = text;
        return this;
    }

    OcspForge producedAt(Instant moment) {
        return producedAt(TIME.format(moment));
    }

    OcspForge valid(Instant from, Optional<Instant> to) {
        this.thisUpdate = from;
        this.nextUpdate = to;
        return this;
    }

    OcspForge version(int number) {
        this.version = DerWriter.element(DerReader.context(0), Der.integer(number));
        return this;
    }

    OcspForge extension(String oid, boolean critical) {
        this.extensions = extensions(oid, critical);
        return this;
    }

    OcspForge answerExtension(String oid, boolean critical) {
        this.answerExtensions = extensions(oid, critical);
        return this;
    }

    /** One more answer about the same certificate, that it was revoked. */
    OcspForge alsoRevoked(Instant at) {
        revocations.add(at);
        return this;
    }

    OcspForge byteTooManyIn(Place place) {
        this.extra = place;
        return this;
    }

    /** The answer about {@code leaf}: it is good. */
    byte[] about(X509Certificate leaf, KeyPair signer) throws GeneralSecurityException {
        List<byte[]> answers = new ArrayList<>();
        answers.add(answer(leaf, GOOD));
        for (Instant at : revocations) {
            answers.add(answer(leaf, DerWriter.element(DerReader.context(1), time(at))));
        }
        byte[] data = DerWriter.sequence(
                version,
                DerWriter.element(DerReader.context(1), responder.getEncoded(), extra(Place.RESPONDER)),
                DerWriter.element(DerReader.GENERALIZED_TIME, producedAt.getBytes(StandardCharsets.US_ASCII)),
                DerWriter.sequence(answers.toArray(new byte[0][])),
                extensions,
                extra(Place.DATA));
        boolean rsa = signer.getPublic().getAlgorithm().equals("RSA");
        Signature signature = Signature.getInstance(rsa ? "SHA256withRSA" : "SHA256withECDSA");
        signature.initSign(signer.getPrivate());
        signature.update(data);
        byte[] basic = DerWriter.sequence(
                data,
                DerWriter.sequence(Der.oid(rsa ? "1.2.840.113549.1.1.11" : "1.2.840.10045.4.3.2")),
                DerWriter.element(DerReader.BIT_STRING, new byte[1], signature.sign()),
                DerWriter.element(DerReader.context(0), DerWriter.sequence(certificates.toArray(new byte[0][]))),
                extra(Place.BASIC));
        byte[] typed = DerWriter.sequence(
                Der.oid("1.3.6.1.5.5.7.48.1.1"),
                DerWriter.element(DerReader.OCTET_STRING, basic, extra(Place.BASIC_OUTSIDE)),
                extra(Place.TYPED));
        byte[] response = DerWriter.sequence(
                DerWriter.element(DerReader.ENUMERATED, new byte[1]),
                DerWriter.element(DerReader.context(0), typed),
                extra(Place.RESPONSE));
        return extra == Place.AFTER ? Arrays.copyOf(response, response.length + 1) : response;
    }

    private byte[] answer(X509Certificate leaf, byte[] status) throws GeneralSecurityException {
        MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
        byte[] key = key(issuer.getPublicKey().getEncoded());
        byte[] id = DerWriter.sequence(
                DerWriter.sequence(Der.oid("1.3.14.3.2.26"), new byte[] {5, 0}),
                DerWriter.element(
                        DerReader.OCTET_STRING,
                        sha1.digest(leaf.getIssuerX500Principal().getEncoded())),
                DerWriter.element(DerReader.OCTET_STRING, sha1.digest(key)),
                DerWriter.element(DerReader.INTEGER, leaf.getSerialNumber().toByteArray()),
                extra(Place.CERT_ID));
        return DerWriter.sequence(
                id,
                extra == Place.STATUS ? new byte[] {(byte) 0x80, 1, 0} : status,
                time(thisUpdate),
                nextUpdate.isEmpty()
                        ? NOTHING
                        : DerWriter.element(DerReader.context(0), time(nextUpdate.get()), extra(Place.NEXT_UPDATE)),
                answerExtensions,
                extra(Place.ANSWER));
    }

    /** The content of the BIT STRING, which ends a SubjectPublicKeyInfo. */
    private static byte[] key(byte[] info) {
        try {
            DerReader fields = DerReader.of(info).enter(DerReader.SEQUENCE);
            fields.skip();
            return fields.bitString();
        } catch (DerException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private byte[] extra(Place place) {
        return extra == place ? new byte[] {5, 0} : NOTHING;
    }

    private static byte[] time(Instant moment) {
        return DerWriter.element(DerReader.GENERALIZED_TIME, TIME.format(moment).getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] extensions(String oid, boolean critical) {
        return DerWriter.element(
                DerReader.context(1),
                DerWriter.sequence(DerWriter.sequence(
                        Der.oid(oid),
                        critical ? new byte[] {1, 1, (byte) 0xff} : NOTHING,
                        DerWriter.element(DerReader.OCTET_STRING, new byte[] {5, 0}))));
    }
}
