package io.omnitls.internal.x509;

import io.omnitls.protocol.Bytes;

/**
 * Something with a signature: a certificate, a CRL, an OCSP response.
 *
 * @param signedBytes what was signed, in DER
 * @param algorithm how, as it is named beside the signature
 * @param signature the signature's bytes
 */
public record Signed(Bytes signedBytes, AlgorithmIdentifier algorithm, Bytes signature) {

    /** {@code SIGNED ::= SEQUENCE { toBeSigned, algorithmIdentifier AlgorithmIdentifier, encrypted BIT STRING }}. */
    static Signed read(byte[] encoded) throws DerException {
        DerReader fields = DerReader.of(encoded).enter(DerReader.SEQUENCE);
        Signed signed = readFields(fields);
        fields.requireEnd();
        return signed;
    }

    /** Reads the three fields and leaves what follows them. */
    static Signed readFields(DerReader fields) throws DerException {
        byte[] content = fields.element();
        AlgorithmIdentifier algorithm = AlgorithmIdentifier.read(fields);
        return new Signed(Bytes.copyOf(content), algorithm, Bytes.copyOf(fields.bitString()));
    }

    byte[] content() {
        return signedBytes.toByteArray();
    }
}
