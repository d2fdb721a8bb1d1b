package io.omnitls.internal.verify;

import io.omnitls.internal.x509.DerException;
import io.omnitls.internal.x509.DerReader;
import io.omnitls.internal.x509.SignatureAlgorithm;
import io.omnitls.protocol.Bytes;
import java.math.BigInteger;

/** The form of an ECDSA signature, to tell a backend's complaint about it from one about the key. */
final class EcdsaSignature {
    private EcdsaSignature() {}

    /** {@code Ecdsa-Sig-Value ::= SEQUENCE { r INTEGER, s INTEGER }} (RFC 3279 section 2.2.3). */
    static boolean wellFormed(SignatureAlgorithm algorithm, Bytes signature) {
        if (!algorithm.keyKind().equals("EC")) {
            return false;
        }
        try {
            DerReader reader = DerReader.of(signature.toByteArray());
            DerReader fields = reader.enter(DerReader.SEQUENCE);
            BigInteger r = fields.integer();
            BigInteger s = fields.integer();
            fields.requireEnd();
            reader.requireEnd();
            return r.signum() > 0 && s.signum() > 0;
        } catch (DerException malformed) {
            return false;
        }
    }
}
