package io.omnitls.internal.x509;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * An entry of a CRL (RFC 5280 section 5.3).
 *
 * @param reason the number of the reason code, when it has one that can be read
 * @param issuers whose certificate it is, when another's than that of the CRL; such an entry speaks for those that follow
 * @param malformed whether its reason or its issuer cannot be read; it is revoked all the same
 * @param criticalUnknown whether it has a critical extension that changes its meaning in a way that nobody here knows
 */
public record RevokedCertificate(
        BigInteger serial,
        Time date,
        Optional<Integer> reason,
        Optional<List<GeneralNameView>> issuers,
        boolean malformed,
        boolean criticalUnknown) {
    private static final int REMOVE_FROM_CRL = 8;

    private static final List<String> REASONS = List.of(
            "unspecified",
            "keyCompromise",
            "cACompromise",
            "affiliationChanged",
            "superseded",
            "cessationOfOperation",
            "certificateHold",
            "",
            "removeFromCRL",
            "privilegeWithdrawn",
            "aACompromise");

    /** @param before whose certificate the entry before was */
    static RevokedCertificate read(DerReader fields, Optional<List<GeneralNameView>> before) throws DerException {
        BigInteger serial = fields.integer();
        Time date = Time.read(fields);
        List<Extension> extensions = fields.atEnd() ? List.of() : Extension.readAll(fields.enter(DerReader.SEQUENCE));
        fields.requireEnd();
        boolean critical = extensions.stream()
                .anyMatch(extension -> extension.critical() && !extension.oid().equals(Extension.CERTIFICATE_ISSUER));
        Optional<Integer> reason = Optional.empty();
        Optional<List<GeneralNameView>> issuers = Optional.empty();
        boolean malformed = false;
        try {
            issuers = Extension.decode(
                            extensions,
                            Extension.CERTIFICATE_ISSUER,
                            value -> GeneralNameView.readAll(value.enter(DerReader.SEQUENCE)))
                    .or(() -> before);
            reason = Extension.decode(extensions, Extension.REASON_CODE, RevokedCertificate::reason);
        } catch (DerException broken) {
            malformed = true;
        }
        return new RevokedCertificate(serial, date, reason, issuers, malformed, critical);
    }

    /** {@code CRLReason ::= ENUMERATED}; what has more than a byte is the reason of nobody. */
    private static int reason(DerReader value) throws DerException {
        byte[] content = value.content(DerReader.ENUMERATED);
        DerReader.integer(content);
        return content.length == 1 ? content[0] : -1;
    }

    /** The same where its extensions are not gone by: revoked for no known reason, by its own issuer. */
    RevokedCertificate unexplained() {
        return new RevokedCertificate(serial, date, Optional.empty(), Optional.empty(), malformed, criticalUnknown);
    }

    /** Whether the certificate is one of {@code issuer}, whose CRL this stands in. */
    boolean isFor(Name issuer) {
        return issuers.isEmpty()
                || issuers.get().stream()
                        .anyMatch(
                                name -> name.directory().filter(issuer::equals).isPresent());
    }

    /** Whether the entry takes a hold back, which only a delta CRL may say. */
    public boolean removed() {
        return reason.filter(code -> code == REMOVE_FROM_CRL).isPresent();
    }

    /** The name of the reason code; empty when there is none. */
    public Optional<String> reasonName() {
        return reason.filter(code -> code >= 0 && code < REASONS.size()).map(REASONS::get);
    }
}
