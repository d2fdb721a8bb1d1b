package io.omnitls.internal.x509;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.spi.CryptoServices;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What is in a PKCS#12 file (RFC 7292). The backends' own readers are not asked: each knows other algorithms, and the JDK's
 * takes passwords in ASCII alone.
 */
public final class Pkcs12 {
    private static final String DATA = "1.2.840.113549.1.7.1";
    private static final String ENCRYPTED_DATA = "1.2.840.113549.1.7.6";

    private final CryptoServices crypto;
    private final String source;
    private final Rounds rounds;
    private final List<Key> keys = new ArrayList<>();
    private final List<Certificate> certificates = new ArrayList<>();
    private final List<byte[]> crls = new ArrayList<>();

    private Pkcs12(CryptoServices crypto, String source) {
        this.crypto = crypto;
        this.source = source;
        this.rounds = new Rounds(source);
    }

    /**
     * A private key in PKCS#8, decrypted.
     *
     * @param localId what its certificate has too
     */
    @SuppressWarnings("ArrayRecordComponent") // so that a key can be wiped
    private record Key(byte[] pkcs8, Optional<String> localId) {}

    /**
     * A certificate in DER.
     *
     * @param localId what its private key has too
     * @param trusted whether the JDK has marked it as one to trust
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares it
    public record Certificate(byte[] der, Optional<String> localId, boolean trusted) {}

    /**
     * Reads a file.
     *
     * @param password is not wiped
     * @param source names the file in errors
     * @throws TlsException BAD_DECRYPT when the password is wrong, UNSUPPORTED_ENCRYPTION when the encryption is not known or
     *     not to be had from the backend, BAD_ASN1 when it is no such file
     */
    public static Pkcs12 read(byte[] file, char[] password, CryptoServices crypto, String source) throws TlsException {
        Pkcs12 store = new Pkcs12(crypto, source);
        List<Secret> candidates = Secret.candidates(password);
        try {
            store.file(Ber.toDer(file), candidates);
            return store;
        } catch (DerException e) {
            throw store.malformed(e);
        } finally {
            candidates.forEach(Secret::wipe);
        }
    }

    /**
     * <pre>
     * PFX ::= SEQUENCE {
     *     version  INTEGER {v3(3)},
     *     authSafe ContentInfo,
     *     macData  MacData OPTIONAL }
     * </pre>
     */
    private void file(byte[] der, List<Secret> candidates) throws DerException, TlsException {
        DerReader pfx = DerReader.of(der).enter(DerReader.SEQUENCE);
        if (pfx.smallInteger() != 3) {
            throw new DerException("expected version 3 of PKCS#12");
        }
        DerReader contentInfo = pfx.enter(DerReader.SEQUENCE);
        String type = contentInfo.oid();
        if (!type.equals(DATA)) {
            throw unsupported("a signature instead of a password's MAC (" + type + ")");
        }
        byte[] content = contentInfo.enter(DerReader.context(0)).content(DerReader.OCTET_STRING);
        Secret secret = pfx.atEnd()
                ? candidates.get(0)
                : verified(new Pkcs12Mac(crypto, rounds, source, pfx.element()), content, candidates);
        authenticatedSafe(content, secret);
    }

    private Secret verified(Pkcs12Mac mac, byte[] content, List<Secret> candidates) throws DerException, TlsException {
        for (Secret candidate : candidates) {
            if (mac.verify(content, candidate)) {
                return candidate;
            }
        }
        throw new TlsException(
                ErrorReason.BAD_DECRYPT, source + ": the password is wrong, or the file is damaged: its MAC differs");
    }

    /**
     * <pre>
     * AuthenticatedSafe ::= SEQUENCE OF ContentInfo
     * ContentInfo       ::= SEQUENCE { contentType OBJECT IDENTIFIER, content [0] EXPLICIT ANY }
     * EncryptedData     ::= SEQUENCE { version INTEGER, encryptedContentInfo SEQUENCE {
     *     contentType                OBJECT IDENTIFIER,
     *     contentEncryptionAlgorithm AlgorithmIdentifier,
     *     encryptedContent           [0] IMPLICIT OCTET STRING } }
     * </pre>
     */
    private void authenticatedSafe(byte[] content, Secret secret) throws DerException, TlsException {
        DerReader infos = DerReader.of(Ber.toDer(content)).enter(DerReader.SEQUENCE);
        while (!infos.atEnd()) {
            DerReader info = infos.enter(DerReader.SEQUENCE);
            String type = info.oid();
            DerReader any = info.enter(DerReader.context(0));
            switch (type) {
                case DATA -> safeContents(any.content(DerReader.OCTET_STRING), secret);
                case ENCRYPTED_DATA -> {
                    DerReader data = any.enter(DerReader.SEQUENCE);
                    data.integer();
                    DerReader encrypted = data.enter(DerReader.SEQUENCE);
                    encrypted.oid();
                    DerReader algorithm = encrypted.enter(DerReader.SEQUENCE);
                    safeContents(encryption(secret).decrypt(algorithm, implicitOctets(encrypted)), secret);
                }
                default -> throw unsupported("a public key instead of a password (" + type + ")");
            }
        }
    }

    private static byte[] implicitOctets(DerReader reader) throws DerException {
        return reader.peek() == DerReader.context(0)
                ? Ber.joined(reader.content(DerReader.context(0)))
                : reader.content(DerReader.contextPrimitive(0));
    }

    private void safeContents(byte[] content, Secret secret) throws DerException, TlsException {
        try {
            byte[] der = Ber.toDer(content);
            bags(DerReader.of(der).enter(DerReader.SEQUENCE), secret);
            Arrays.fill(der, (byte) 0);
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    /** {@code SafeContents ::= SEQUENCE OF SafeBag}; bags of bags are as deep as {@link Ber} reads. */
    private void bags(DerReader bags, Secret secret) throws DerException, TlsException {
        while (!bags.atEnd()) {
            bag(bags.enter(DerReader.SEQUENCE), secret);
        }
    }

    /**
     * <pre>
     * SafeBag ::= SEQUENCE {
     *     bagId         OBJECT IDENTIFIER,
     *     bagValue      [0] EXPLICIT ANY,
     *     bagAttributes SET OF PKCS12Attribute OPTIONAL }
     * CertBag ::= SEQUENCE { certId OBJECT IDENTIFIER, certValue [0] EXPLICIT OCTET STRING }
     * CRLBag  ::= SEQUENCE { crlId OBJECT IDENTIFIER, crlValue [0] EXPLICIT OCTET STRING }
     * </pre>
     */
    private void bag(DerReader bag, Secret secret) throws DerException, TlsException {
        String id = bag.oid();
        DerReader value = bag.enter(DerReader.context(0));
        Pkcs12Attributes attributes = Pkcs12Attributes.read(bag);
        switch (id) {
            case "1.2.840.113549.1.12.10.1.1" -> keys.add(new Key(value.element(), attributes.localId()));
            case "1.2.840.113549.1.12.10.1.2" -> {
                DerReader shrouded = value.enter(DerReader.SEQUENCE);
                DerReader algorithm = shrouded.enter(DerReader.SEQUENCE);
                byte[] data = shrouded.content(DerReader.OCTET_STRING);
                keys.add(new Key(encryption(secret).decrypt(algorithm, data), attributes.localId()));
            }
            case "1.2.840.113549.1.12.10.1.3" ->
                ofX509(value, "1.2.840.113549.1.9.22.1")
                        .ifPresent(der ->
                                certificates.add(new Certificate(der, attributes.localId(), attributes.trusted())));
            case "1.2.840.113549.1.12.10.1.4" ->
                ofX509(value, "1.2.840.113549.1.9.23.1").ifPresent(crls::add);
            case "1.2.840.113549.1.12.10.1.6" -> bags(value.enter(DerReader.SEQUENCE), secret);
            default -> {
                // Secrets of others' kinds may stand in the same file.
            }
        }
    }

    private static Optional<byte[]> ofX509(DerReader value, String type) throws DerException {
        DerReader fields = value.enter(DerReader.SEQUENCE);
        return fields.oid().equals(type)
                ? Optional.of(fields.enter(DerReader.context(0)).content(DerReader.OCTET_STRING))
                : Optional.empty();
    }

    private PasswordEncryption encryption(Secret secret) {
        return new PasswordEncryption(
                crypto, secret, rounds, source + ": the content", PasswordEncryption.Container.PKCS12);
    }

    /** How many private keys there are. */
    public int keyCount() {
        return keys.size();
    }

    /**
     * The private key with this number, from 0 in the file's order. It is wiped here, so it can be had once.
     *
     * @throws TlsException UNSUPPORTED_KEY_TYPE when the backend has no such keys, BAD_ASN1 when it is malformed
     */
    public DecodedKey key(int number) throws TlsException {
        PrivateKeyDecoder decoder = new PrivateKeyDecoder(
                crypto,
                () -> {
                    throw new AssertionError("it is decrypted");
                },
                source);
        try {
            return decoder.key(keys.get(number).pkcs8());
        } catch (DerException e) {
            throw malformed(e);
        }
    }

    /** What the certificate of the private key with this number has too. */
    public Optional<String> localId(int number) {
        return keys.get(number).localId();
    }

    /** The certificates, in the file's order. */
    public List<Certificate> certificates() {
        return List.copyOf(certificates);
    }

    /** The CRLs in DER, in the file's order. */
    public List<byte[]> crls() {
        return List.copyOf(crls);
    }

    /** Overwrites the private keys. */
    public void wipe() {
        keys.forEach(key -> Arrays.fill(key.pkcs8(), (byte) 0));
    }

    private TlsException malformed(DerException e) {
        return new TlsException(
                ErrorReason.BAD_ASN1, source + ": not a PKCS#12 file, or a damaged one: " + e.getMessage());
    }

    private TlsException unsupported(String what) {
        return new TlsException(ErrorReason.UNSUPPORTED_ENCRYPTION, source + ": the file is protected by " + what);
    }
}
