package io.omnitls.internal.x509;

import io.omnitls.protocol.Bytes;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * Which certificate of the issuer it is (RFC 5280 section 4.2.1.1).
 *
 * @param issuer the first directoryName of authorityCertIssuer, the only one that OpenSSL looks at
 */
public record AuthorityKeyIdentifier(
        Optional<Bytes> keyIdentifier, Optional<Name> issuer, Optional<BigInteger> serial) {

    /**
     * <pre>
     * AuthorityKeyIdentifier ::= SEQUENCE {
     *     keyIdentifier             [0] OCTET STRING OPTIONAL,
     *     authorityCertIssuer       [1] GeneralNames OPTIONAL,
     *     authorityCertSerialNumber [2] INTEGER OPTIONAL }
     * </pre>
     */
    static AuthorityKeyIdentifier read(DerReader value) throws DerException {
        DerReader fields = value.enter(DerReader.SEQUENCE);
        Optional<DerReader> key = fields.enterIf(DerReader.contextPrimitive(0));
        Optional<DerReader> issuer = fields.enterIf(DerReader.context(1));
        Optional<DerReader> serial = fields.enterIf(DerReader.contextPrimitive(2));
        fields.requireEnd();
        List<GeneralNameView> issuers = issuer.isPresent() ? GeneralNameView.readAll(issuer.get()) : List.of();
        return new AuthorityKeyIdentifier(
                key.map(bytes -> Bytes.copyOf(bytes.remaining())),
                issuers.stream().flatMap(name -> name.directory().stream()).findFirst(),
                serial.isPresent() ? Optional.of(DerReader.integer(serial.get().remaining())) : Optional.empty());
    }

    /** Whether {@code issuer} can be meant: {@code X509_check_akid}. */
    public boolean fits(CertificateView candidate) {
        Optional<Bytes> subjectKey = candidate.extensions().subjectKeyIdentifier();
        boolean otherKey = keyIdentifier.isPresent() && subjectKey.isPresent() && !keyIdentifier.equals(subjectKey);
        boolean otherSerial = serial.isPresent() && !serial.get().equals(candidate.serial());
        return !otherKey
                && !otherSerial
                && issuer.filter(name -> !name.equals(candidate.issuer())).isEmpty();
    }
}
