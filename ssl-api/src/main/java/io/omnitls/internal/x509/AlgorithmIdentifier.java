package io.omnitls.internal.x509;

import io.omnitls.protocol.Bytes;
import java.util.Optional;

/**
 * An algorithm and its parameters (RFC 5280 section 4.1.1.2). Absent parameters and NULL differ, as in {@code
 * X509_ALGOR_cmp}.
 *
 * @param oid with dots
 * @param parameters in DER
 */
public record AlgorithmIdentifier(String oid, Optional<Bytes> parameters) {

    /** {@code AlgorithmIdentifier ::= SEQUENCE { algorithm OBJECT IDENTIFIER, parameters ANY OPTIONAL }}. */
    static AlgorithmIdentifier read(DerReader reader) throws DerException {
        DerReader fields = reader.enter(DerReader.SEQUENCE);
        String oid = fields.oid();
        Optional<Bytes> parameters = fields.atEnd() ? Optional.empty() : Optional.of(Bytes.copyOf(fields.element()));
        fields.requireEnd();
        return new AlgorithmIdentifier(oid, parameters);
    }

    /** The same with other parameters, which are a whole element. */
    AlgorithmIdentifier with(byte[] others) {
        return new AlgorithmIdentifier(oid, Optional.of(Bytes.copyOf(others)));
    }

    byte[] encoded() {
        return DerWriter.sequence(
                DerWriter.oid(oid), parameters.map(Bytes::toByteArray).orElseGet(() -> new byte[0]));
    }

    /** A reader over the parameters; at its end when there are none. */
    DerReader parameterReader() {
        return DerReader.of(parameters.map(Bytes::toByteArray).orElseGet(() -> new byte[0]));
    }
}
