package io.omnitls.internal.x509;

import java.math.BigInteger;
import java.util.Optional;

/**
 * Whether a certificate is an authority's, and how many others may stand below it (RFC 5280 section 4.2.1.9).
 *
 * @param pathLength may be negative or of any size
 */
public record BasicConstraints(boolean authority, Optional<BigInteger> pathLength) {
    private static final BigInteger MAX_LONG = BigInteger.valueOf(Long.MAX_VALUE);

    /** {@code BasicConstraints ::= SEQUENCE { cA BOOLEAN DEFAULT FALSE, pathLenConstraint INTEGER OPTIONAL }}. */
    static BasicConstraints read(DerReader value) throws DerException {
        DerReader fields = value.enter(DerReader.SEQUENCE);
        boolean authority = fields.peek() == DerReader.BOOLEAN && fields.bool();
        Optional<BigInteger> limit =
                fields.peek() == DerReader.INTEGER ? Optional.of(fields.integer()) : Optional.empty();
        fields.requireEnd();
        return new BasicConstraints(authority, limit);
    }

    /** The limit, if it is one: to OpenSSL what a long does not hold is none. */
    public Optional<Long> limit() {
        return pathLength
                .filter(length -> length.signum() >= 0 && length.compareTo(MAX_LONG) <= 0)
                .map(BigInteger::longValue);
    }
}
