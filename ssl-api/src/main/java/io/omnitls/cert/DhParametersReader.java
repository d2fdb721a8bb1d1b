package io.omnitls.cert;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.internal.x509.DerException;
import io.omnitls.internal.x509.DerReader;
import io.omnitls.internal.x509.PemBlock;
import io.omnitls.protocol.DhParameters;
import java.math.BigInteger;

/** Reads what {@code openssl dhparam} and {@code openssl genpkey -genparam} write. */
final class DhParametersReader {
    private DhParametersReader() {}

    /** The first parameters among the blocks of {@code source}. */
    static DhParameters read(SourceFile source) throws TlsException {
        for (PemBlock block : source.blocks()) {
            if (block.label().equals("DH PARAMETERS") || block.label().equals("X9.42 DH PARAMETERS")) {
                return decode(block, source.name() + ", line " + block.line());
            }
        }
        throw new TlsException(
                ErrorReason.NO_START_LINE,
                source.name() + ": no Diffie-Hellman parameters found, expected a DH PARAMETERS block");
    }

    /**
     * PKCS #3 has the prime, the generator and perhaps the private values' length; X9.42 has the prime, the generator, the
     * order of its subgroup and what proves the rest. A TLS server tells the first two alone.
     */
    private static DhParameters decode(PemBlock block, String where) throws TlsException {
        try {
            DerReader whole = DerReader.of(block.content());
            DerReader fields = whole.enter(DerReader.SEQUENCE);
            whole.requireEnd();
            BigInteger prime = fields.integer();
            BigInteger generator = fields.integer();
            boolean x942 = block.label().startsWith("X9.42");
            if (x942 || !fields.atEnd()) {
                fields.integer();
            }
            if (!x942) {
                fields.requireEnd();
            }
            return new DhParameters(prime, generator);
        } catch (DerException | IllegalArgumentException e) {
            throw new TlsException(
                    ErrorReason.BAD_ASN1, where + ": malformed Diffie-Hellman parameters: " + e.getMessage(), e);
        }
    }
}
