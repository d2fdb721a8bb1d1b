package io.omnitls.internal.x509;

import io.omnitls.protocol.Bytes;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;

/**
 * What an OCSP response says of one certificate: its SingleResponse (RFC 6960 section 4.2.1).
 *
 * @param certId which certificate is meant
 * @param revokedAt when it was revoked, if it was
 * @param nextUpdate when there will be a newer answer; never before {@code thisUpdate}
 * @param unknownCritical its first critical extension that nobody here understands
 */
public record OcspAnswer(
        CertId certId,
        Status status,
        Optional<Instant> revokedAt,
        Instant thisUpdate,
        Optional<Instant> nextUpdate,
        Optional<String> unknownCritical) {

    /**
     * A certificate by its issuer and its number (RFC 6960 section 4.1.1).
     *
     * @param digest the JCA's name of the digest that the next two were made with; empty for one that is not known
     * @param issuerName the digest of the name of the certificate's issuer
     * @param issuerKey the digest of its key
     * @param serial the certificate's number
     */
    public record CertId(Optional<String> digest, Bytes issuerName, Bytes issuerKey, BigInteger serial) {
        private static CertId read(DerReader fields) throws DerException {
            String digest = AlgorithmIdentifier.read(fields).oid();
            Bytes issuerName = Bytes.copyOf(fields.content(DerReader.OCTET_STRING));
            Bytes issuerKey = Bytes.copyOf(fields.content(DerReader.OCTET_STRING));
            BigInteger serial = fields.integer();
            fields.requireEnd();
            return new CertId(PssParameters.digest(digest), issuerName, issuerKey, serial);
        }
    }

    /** What is said of a certificate. */
    public enum Status {
        GOOD,
        REVOKED,
        UNKNOWN
    }

    /**
     * <pre>
     * SingleResponse ::= SEQUENCE {
     *     certID           SEQUENCE { hashAlgorithm AlgorithmIdentifier, issuerNameHash OCTET STRING,
     *                                 issuerKeyHash OCTET STRING, serialNumber INTEGER },
     *     certStatus       CHOICE { good [0] NULL, revoked [1] RevokedInfo, unknown [2] NULL },
     *     thisUpdate       GeneralizedTime,
     *     nextUpdate       [0] EXPLICIT GeneralizedTime OPTIONAL,
     *     singleExtensions [1] EXPLICIT Extensions OPTIONAL }
     * </pre>
     */
    static OcspAnswer read(DerReader fields) throws DerException {
        CertId certId = CertId.read(fields.enter(DerReader.SEQUENCE));
        Status status = status(fields.peek());
        DerReader details = fields.enter(fields.peek());
        Optional<Instant> revokedAt = status == Status.REVOKED ? Optional.of(revocation(details)) : Optional.empty();
        details.requireEnd();
        Instant thisUpdate = OcspResponse.time(fields);
        Optional<Instant> nextUpdate = nextUpdate(fields.enterIf(DerReader.context(0)));
        if (nextUpdate.filter(next -> next.isBefore(thisUpdate)).isPresent()) {
            throw new DerException("its nextUpdate " + nextUpdate.get() + " is before its thisUpdate " + thisUpdate);
        }
        Optional<String> unknown = OcspResponse.unknownCritical(fields);
        fields.requireEnd();
        return new OcspAnswer(certId, status, revokedAt, thisUpdate, nextUpdate, unknown);
    }

    private static Status status(int tag) throws DerException {
        if (tag == DerReader.contextPrimitive(0)) {
            return Status.GOOD;
        }
        if (tag == DerReader.context(1)) {
            return Status.REVOKED;
        }
        if (tag == DerReader.contextPrimitive(2)) {
            return Status.UNKNOWN;
        }
        throw new DerException("a certificate's status has the tag " + tag);
    }

    /** {@code RevokedInfo ::= SEQUENCE { revocationTime GeneralizedTime, revocationReason [0] EXPLICIT CRLReason OPTIONAL }}. */
    private static Instant revocation(DerReader details) throws DerException {
        Instant at = OcspResponse.time(details);
        Optional<DerReader> reason = details.enterIf(DerReader.context(0));
        if (reason.isPresent()) {
            reason.get().content(DerReader.ENUMERATED);
            reason.get().requireEnd();
        }
        return at;
    }

    private static Optional<Instant> nextUpdate(Optional<DerReader> tagged) throws DerException {
        if (tagged.isEmpty()) {
            return Optional.empty();
        }
        Instant next = OcspResponse.time(tagged.get());
        tagged.get().requireEnd();
        return Optional.of(next);
    }
}
