package io.omnitls.internal.x509;

import java.util.Optional;

/**
 * Which certificates a CRL is about (RFC 5280 section 5.2.5).
 *
 * @param someReasons whether it is about some reasons for a revocation alone
 */
public record IssuingDistributionPoint(
        Optional<DistributionPointName> name,
        boolean onlyUsers,
        boolean onlyAuthorities,
        boolean onlyAttributes,
        boolean indirect,
        boolean someReasons) {

    /**
     * <pre>
     * IssuingDistributionPoint ::= SEQUENCE {
     *     distributionPoint          [0] DistributionPointName OPTIONAL,
     *     onlyContainsUserCerts      [1] BOOLEAN DEFAULT FALSE,
     *     onlyContainsCACerts        [2] BOOLEAN DEFAULT FALSE,
     *     onlySomeReasons            [3] ReasonFlags OPTIONAL,
     *     indirectCRL                [4] BOOLEAN DEFAULT FALSE,
     *     onlyContainsAttributeCerts [5] BOOLEAN DEFAULT FALSE }
     * </pre>
     */
    static IssuingDistributionPoint read(DerReader value, Name issuer) throws DerException {
        DerReader fields = value.enter(DerReader.SEQUENCE);
        Optional<DerReader> point = fields.enterIf(DerReader.context(0));
        Optional<DistributionPointName> name =
                point.isPresent() ? Optional.of(DistributionPointName.read(point.get(), issuer)) : Optional.empty();
        boolean onlyUsers = flag(fields, 1);
        boolean onlyAuthorities = flag(fields, 2);
        Optional<DerReader> reasons = fields.enterIf(DerReader.contextPrimitive(3));
        if (reasons.isPresent()) {
            BitString.flags(reasons.get().remaining());
        }
        boolean indirect = flag(fields, 4);
        boolean onlyAttributes = flag(fields, 5);
        fields.requireEnd();
        int limits = (onlyUsers ? 1 : 0) + (onlyAuthorities ? 1 : 0) + (onlyAttributes ? 1 : 0);
        if (limits > 1) {
            throw new DerException("it is limited to several kinds of certificates at once");
        }
        return new IssuingDistributionPoint(
                name, onlyUsers, onlyAuthorities, onlyAttributes, indirect, reasons.isPresent());
    }

    private static boolean flag(DerReader fields, int number) throws DerException {
        Optional<DerReader> flag = fields.enterIf(DerReader.contextPrimitive(number));
        if (flag.isEmpty()) {
            return false;
        }
        byte[] content = flag.get().remaining();
        if (content.length != 1) {
            throw new DerException("a BOOLEAN of " + content.length + " bytes");
        }
        return content[0] != 0;
    }
}
