package io.omnitls.forge;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes certificates and CRLs field by field, so that they can be wrong in any way. Each setter returns this. */
public final class Forge {
    private static final byte[] ABSENT = {};

    private byte[] subject = Names.of("CN=subject");
    private byte[] issuer = Names.of("CN=issuer");
    private byte[] serial = Der.integer(1);
    private byte[] from = Times.usual(Instant.EPOCH);
    private byte[] to = Times.usual(Instant.EPOCH);
    private byte[] version = ABSENT;
    private boolean versionSet;
    private Optional<byte[]> innerAlgorithm = Optional.empty();
    private Optional<byte[]> outerAlgorithm = Optional.empty();
    private final List<byte[]> extensions = new ArrayList<>();
    private final List<byte[]> revoked = new ArrayList<>();

    /** Starts with a certificate of version 3 or a CRL of version 2 that is valid at no time. */
    public Forge() {}

    /** @param name as RFC 2253 writes it */
    public Forge subject(String name) {
        return subject(Names.of(name));
    }

    public Forge subject(byte[] name) {
        this.subject = name;
        return this;
    }

    /** @param name as RFC 2253 writes it */
    public Forge issuer(String name) {
        return issuer(Names.of(name));
    }

    public Forge issuer(byte[] name) {
        this.issuer = name;
        return this;
    }

    public Forge serial(long number) {
        return serial(Der.integer(number));
    }

    /** @param element a whole element, which need not be an INTEGER */
    public Forge serial(byte[] element) {
        this.serial = element;
        return this;
    }

    /** The validity of a certificate, the times of the updates of a CRL. */
    public Forge valid(Instant first, Instant last) {
        return valid(Times.usual(first), Times.usual(last));
    }

    /** The same as whole elements; an empty one leaves the time out. */
    public Forge valid(byte[] first, byte[] last) {
        this.from = first;
        this.to = last;
        return this;
    }

    /** The version as it is counted from one; for the first, the field is left out. */
    public Forge version(int number) {
        return version(number == 1 ? ABSENT : Der.context(0, Der.integer(number - 1L)));
    }

    /** @param field the whole field, of a certificate with its tag, or nothing */
    public Forge version(byte[] field) {
        this.version = field;
        this.versionSet = true;
        return this;
    }

    /** What the signed part says about the signature; otherwise what it is. */
    public Forge innerAlgorithm(byte[] algorithm) {
        this.innerAlgorithm = Optional.of(algorithm);
        return this;
    }

    /** What stands before the signature; otherwise what it is. */
    public Forge outerAlgorithm(byte[] algorithm) {
        this.outerAlgorithm = Optional.of(algorithm);
        return this;
    }

    public Forge extension(String oid, boolean critical, byte[] value) {
        extensions.add(extensionElement(oid, critical, value));
        return this;
    }

    /** An Extension. */
    public static byte[] extensionElement(String oid, boolean critical, byte[] value) {
        return Der.sequence(Der.oid(oid), critical ? Der.booleanTrue() : ABSENT, Der.octets(value));
    }

    public Forge revoke(long number) {
        return revoke(Der.integer(number), from);
    }

    /**
     * Adds an entry of these elements.
     *
     * @param entryExtensions as {@link #extensionElement} makes them
     */
    public Forge revoke(byte[] number, byte[] time, byte[]... entryExtensions) {
        revoked.add(Der.sequence(number, time, entryExtensions.length == 0 ? ABSENT : Der.sequence(entryExtensions)));
        return this;
    }

    /**
     * A certificate.
     *
     * @param publicKey the SubjectPublicKeyInfo
     */
    public byte[] certificate(byte[] publicKey, Scheme signer) throws GeneralSecurityException {
        return signed(
                signer,
                versionSet ? version : Der.context(0, Der.integer(2)),
                serial,
                innerAlgorithm.orElse(signer.algorithm()),
                issuer,
                Der.sequence(from, to),
                subject,
                publicKey,
                extensions.isEmpty() ? ABSENT : Der.context(3, Der.sequence(extensions)));
    }

    /** A revocation list of the issuer. */
    public byte[] crl(Scheme signer) throws GeneralSecurityException {
        return signed(
                signer,
                versionSet ? version : Der.integer(1),
                innerAlgorithm.orElse(signer.algorithm()),
                issuer,
                from,
                to,
                revoked.isEmpty() ? ABSENT : Der.sequence(revoked),
                extensions.isEmpty() ? ABSENT : Der.context(0, Der.sequence(extensions)));
    }

    private byte[] signed(Scheme signer, byte[]... fields) throws GeneralSecurityException {
        byte[] signed = Der.sequence(fields);
        return Der.sequence(
                signed,
                outerAlgorithm.orElse(signer.algorithm()),
                Der.bits(0, signer.signing().sign(signed)));
    }

    /** A certificate for {@code key}, signed by {@code signer}, as the JDK's own class. */
    public X509Certificate certificate(KeyPair key, KeyPair signer) throws GeneralSecurityException {
        byte[] der = certificate(key.getPublic().getEncoded(), Keys.scheme(signer));
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }

    /** A revocation list of the issuer, as the JDK's own class. */
    public X509CRL crl(KeyPair signer) throws GeneralSecurityException {
        byte[] der = crl(Keys.scheme(signer));
        return (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(der));
    }
}
