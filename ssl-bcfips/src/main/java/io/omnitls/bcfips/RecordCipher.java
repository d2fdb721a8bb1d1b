package io.omnitls.bcfips;

import java.io.IOException;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.crypto.TlsCipher;
import org.bouncycastle.tls.crypto.TlsDecodeResult;
import org.bouncycastle.tls.crypto.TlsEncodeResult;

/**
 * The cipher of one epoch's records, in both directions, which remembers where the numbers of the records sent have come
 * to: so that one can be made that the backend does not know of. The backend's own internal_error, which it has for whatever
 * it cannot read, is not sent.
 */
final class RecordCipher implements TlsCipher {
    private final TlsCipher cipher;
    private long nextToEncode; // guarded by the engine's monitor, like the cipher
    private volatile boolean heldBack;
    private boolean ofLastWord; // likewise: what comes now is not the backend's own

    RecordCipher(TlsCipher cipher) {
        this.cipher = cipher;
    }

    /** Encrypts a record to follow the last one encrypted; its first {@code headerLength} bytes are left free. */
    TlsEncodeResult encodeNext(short contentType, int headerLength, byte[] plaintext) throws IOException {
        ofLastWord = true;
        return encodePlaintext(
                nextToEncode, contentType, ProtocolVersion.TLSv12, headerLength, plaintext, 0, plaintext.length);
    }

    /** Whether the backend would have sent its internal_error, and the peer has heard nothing yet. */
    boolean heldBack() {
        return heldBack;
    }

    /** Whether a record was encrypted with it. */
    boolean hasEncoded() {
        return nextToEncode > 0;
    }

    @Override
    public TlsDecodeResult decodeCiphertext(
            long sequence, short recordType, ProtocolVersion version, byte[] buffer, int offset, int length)
            throws IOException {
        return cipher.decodeCiphertext(sequence, recordType, version, buffer, offset, length);
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
        if (contentType == ContentType.alert && buffer[offset + 1] == AlertDescription.internal_error && !ofLastWord) {
            heldBack = true;
            throw new IOException("what the alert is, LastWord says"); // which the backend passes over
        }
        TlsEncodeResult result =
                cipher.encodePlaintext(sequence, contentType, version, headerLength, buffer, offset, length);
        nextToEncode = sequence + 1;
        return result;
    }

    @Override
    public void rekeyDecoder() throws IOException {
        cipher.rekeyDecoder();
    }

    /** RFC 8446 5.3: the numbers begin again whenever the key is changed. */
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
