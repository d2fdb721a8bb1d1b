package io.omnitls.internal.x509;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One of the places that a certificate's CRLs are at (RFC 5280 section 4.2.1.13).
 *
 * @param reasons the reasons for a revocation that its CRL covers, as bits; {@link #ALL_REASONS} when it does not say
 * @param otherIssuer whether somebody else than the certificate's issuer signs the CRL
 */
public record DistributionPoint(Optional<DistributionPointName> name, int reasons, boolean otherIssuer) {
    /** {@code CRLDP_ALL_REASONS}. */
    public static final int ALL_REASONS = 0x807f;

    /** {@code CRLDistributionPoints ::= SEQUENCE OF DistributionPoint}. */
    static List<DistributionPoint> readAll(DerReader value, Name issuer) throws DerException {
        DerReader list = value.enter(DerReader.SEQUENCE);
        List<DistributionPoint> points = new ArrayList<>();
        while (!list.atEnd()) {
            points.add(read(list.enter(DerReader.SEQUENCE), issuer));
        }
        return List.copyOf(points);
    }

    /**
     * <pre>
     * DistributionPoint ::= SEQUENCE {
     *     distributionPoint [0] DistributionPointName OPTIONAL,
     *     reasons           [1] ReasonFlags OPTIONAL,
     *     cRLIssuer         [2] GeneralNames OPTIONAL }
     * </pre>
     */
    private static DistributionPoint read(DerReader fields, Name issuer) throws DerException {
        Optional<DerReader> point = fields.enterIf(DerReader.context(0));
        Optional<DerReader> reasons = fields.enterIf(DerReader.contextPrimitive(1));
        Optional<DerReader> crlIssuer = fields.enterIf(DerReader.context(2));
        fields.requireEnd();
        Optional<List<GeneralNameView>> issuers =
                crlIssuer.isPresent() ? Optional.of(GeneralNameView.readAll(crlIssuer.get())) : Optional.empty();
        if (point.isEmpty() && issuers.orElse(List.of()).isEmpty()) {
            throw new DerException("a distribution point that says neither where nor whose");
        }
        Name relativeTo = issuers.stream()
                .flatMap(List::stream)
                .flatMap(name -> name.directory().stream())
                .findFirst()
                .orElse(issuer);
        return new DistributionPoint(
                point.isPresent() ? Optional.of(DistributionPointName.read(point.get(), relativeTo)) : Optional.empty(),
                reasons.isPresent() ? BitString.flags(reasons.get().remaining()) & ALL_REASONS : ALL_REASONS,
                issuers.isPresent());
    }
}
