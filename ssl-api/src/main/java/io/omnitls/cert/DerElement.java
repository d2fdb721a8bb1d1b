package io.omnitls.cert;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.internal.x509.DerException;
import io.omnitls.internal.x509.DerReader;
import java.util.ArrayList;
import java.util.List;

/**
 * One of the certificates and CRLs that stand one behind the other in DER: Python's {@code cadata}.
 *
 * @param where names it in errors
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares it
record DerElement(byte[] der, String where) {

    /**
     * All of {@code source}; at least one.
     *
     * @throws TlsException BAD_ASN1, with the offset, when something else stands in it
     */
    static List<DerElement> split(SourceFile source) throws TlsException {
        List<DerElement> elements = new ArrayList<>();
        byte[] content = source.content();
        DerReader reader = DerReader.of(content);
        int offset = 0;
        do {
            String where = offset == 0 ? source.name() : source.name() + ", byte " + offset;
            elements.add(new DerElement(sequence(reader, where), where));
            offset += elements.get(elements.size() - 1).der().length;
        } while (!reader.atEnd());
        return elements;
    }

    private static byte[] sequence(DerReader reader, String where) throws TlsException {
        try {
            if (reader.peek() != DerReader.SEQUENCE) {
                throw new DerException("expected a SEQUENCE, found "
                        + (reader.atEnd() ? "nothing" : String.format("a byte 0x%02x", reader.peek())));
            }
            return reader.element();
        } catch (DerException e) {
            throw new TlsException(
                    ErrorReason.BAD_ASN1, where + ": neither a certificate nor a CRL in DER: " + e.getMessage(), e);
        }
    }

    /**
     * A CertificateList differs from a Certificate before its issuer: its version, where there is one, is not tagged, and
     * there is no serial number before the algorithm.
     */
    boolean looksLikeCrl() {
        try {
            DerReader fields = DerReader.of(der).enter(DerReader.SEQUENCE).enter(DerReader.SEQUENCE);
            if (fields.peek() == DerReader.INTEGER) {
                fields.skip(); // the version of a CRL, or the serial number of a certificate of version 1
                fields.skip(); // signature
                fields.skip(); // issuer
                return fields.peek() != DerReader.SEQUENCE; // thisUpdate, or the validity of a certificate
            }
            return fields.peek() == DerReader.SEQUENCE;
        } catch (DerException neither) {
            return false;
        }
    }
}
