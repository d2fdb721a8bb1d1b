package io.omnitls.bcfips;

import java.io.IOException;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.crypto.TlsCipher;
import org.bouncycastle.tls.crypto.TlsDecodeResult;
import org.bouncycastle.tls.crypto.TlsEncodeResult;

/**
 * The cipher of one epoch's records, in both directions, which remembers the sequence numbers: so that records can be
 * read and written with it when the backend does that no more. The backend uses each direction from one thread at a
 * time.
 */
final class RecordCipher implements TlsCipher {
    private final TlsCipher cipher;
    private volatile long nextToDecode;
    private volatile long nextToEncode;

    RecordCipher(TlsCipher cipher) {
        this.cipher = cipher;
    }

    /** Decrypts the record that follows the last one decrypted. */
    TlsDecodeResult decodeNext(short recordType, byte[] fragment) throws IOException {
        return decodeCiphertext(nextToDecode, recordType, ProtocolVersion.TLSv12, fragment, 0, fragment.length);
    }

    /** Encrypts a record to follow the last one encrypted; its first {@code headerLength} bytes are left free. */
    TlsEncodeResult encodeNext(short contentType, int headerLength, byte[] plaintext) throws IOException {
        return encodePlaintext(
                nextToEncode, contentType, ProtocolVersion.TLSv12, headerLength, plaintext, 0, plaintext.length);
    }

    /** Whether a record was encrypted with it. */
    boolean hasEncoded() {
        return nextToEncode > 0;
    }

    @Override
    public TlsDecodeResult decodeCiphertext(
            long sequence, short recordType, ProtocolVersion version, byte[] buffer, int offset, int length)
            throws IOException {
        TlsDecodeResult result = cipher.decodeCiphertext(sequence, recordType, version, buffer, offset, length);
        nextToDecode = sequence + 1;
        return result;
    }

    @Override
    public TlsEncodeResult encodePlaintext(
            long sequence,
            short contentType,
            ProtocolVersion version,
            int headerLength,
            byte[] buffer,
            int offset,
            int length)
            throws IOException {
        TlsEncodeResult result =
                cipher.encodePlaintext(sequence, contentType, version, headerLength, buffer, offset, length);
        nextToEncode = sequence + 1;
        return result;
    }

    /** RFC 8446 7.2: each new traffic secret starts again at zero. */
    @Override
    public void rekeyDecoder() throws IOException {
        cipher.rekeyDecoder();
        nextToDecode = 0;
    }

    @Override
    public void rekeyEncoder() throws IOException {
        cipher.rekeyEncoder();
        nextToEncode = 0;
    }

    @Override
    public int getCiphertextDecodeLimit(int plaintextLimit) {
        return cipher.getCiphertextDecodeLimit(plaintextLimit);
    }

    @Override
    public int getCiphertextEncodeLimit(int plaintextLimit) {
        return cipher.getCiphertextEncodeLimit(plaintextLimit);
    }

    @Override
    public int getPlaintextDecodeLimit(int ciphertextLimit) {
        return cipher.getPlaintextDecodeLimit(ciphertextLimit);
    }

    @Override
    public int getPlaintextEncodeLimit(int ciphertextLimit) {
        return cipher.getPlaintextEncodeLimit(ciphertextLimit);
    }

    @Override
    public boolean usesOpaqueRecordTypeDecode() {
        return cipher.usesOpaqueRecordTypeDecode();
    }

    @Override
    public boolean usesOpaqueRecordTypeEncode() {
        return cipher.usesOpaqueRecordTypeEncode();
    }
}
