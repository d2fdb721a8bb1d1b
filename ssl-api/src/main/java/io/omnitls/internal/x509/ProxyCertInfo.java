package io.omnitls.internal.x509;

import java.math.BigInteger;
import java.util.Optional;

/** What makes a certificate a proxy's (RFC 3820 section 3.8). */
public record ProxyCertInfo(Optional<BigInteger> pathLength) {

    /**
     * <pre>
     * ProxyCertInfo ::= SEQUENCE { pCPathLenConstraint INTEGER OPTIONAL, proxyPolicy ProxyPolicy }
     * ProxyPolicy   ::= SEQUENCE { policyLanguage OBJECT IDENTIFIER, policy OCTET STRING OPTIONAL }
     * </pre>
     */
    static ProxyCertInfo read(DerReader value) throws DerException {
        DerReader fields = value.enter(DerReader.SEQUENCE);
        Optional<BigInteger> limit =
                fields.peek() == DerReader.INTEGER ? Optional.of(fields.integer()) : Optional.empty();
        DerReader policy = fields.enter(DerReader.SEQUENCE);
        policy.oid();
        policy.enterIf(DerReader.OCTET_STRING);
        policy.requireEnd();
        fields.requireEnd();
        return new ProxyCertInfo(limit);
    }

    /** The limit, if there is one that OpenSSL can hold. */
    public Optional<Long> limit() {
        return pathLength
                .filter(length -> length.bitLength() < Long.SIZE)
                .map(BigInteger::longValue)
                .filter(n -> n != -1);
    }
}
