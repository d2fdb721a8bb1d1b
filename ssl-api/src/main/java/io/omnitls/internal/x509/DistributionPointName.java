package io.omnitls.internal.x509;

import java.util.List;
import java.util.Optional;

/**
 * Where a CRL is published, the only part that matters here: it tells the lists of an issuer apart.
 *
 * @param fullName its names; empty when it is relative to the CRL's issuer
 * @param relative the whole name that a nameRelativeToCRLIssuer stands for
 */
public record DistributionPointName(List<GeneralNameView> fullName, Optional<Name> relative) {

    /**
     * <pre>
     * DistributionPointName ::= CHOICE {
     *     fullName                [0] GeneralNames,
     *     nameRelativeToCRLIssuer [1] RelativeDistinguishedName }
     * </pre>
     *
     * @param choice the content of the tag around the CHOICE
     * @param issuer whom the second is relative to
     */
    static DistributionPointName read(DerReader choice, Name issuer) throws DerException {
        Optional<DerReader> full = choice.enterIf(DerReader.context(0));
        DistributionPointName name = full.isPresent()
                ? new DistributionPointName(GeneralNameView.readAll(full.get()), Optional.empty())
                : new DistributionPointName(
                        List.of(), Optional.of(issuer.with(Name.readRdn(choice.enter(DerReader.context(1))))));
        choice.requireEnd();
        return name;
    }

    /** Whether one name at least is in both: {@code idp_check_dp}. */
    public boolean meets(DistributionPointName other) {
        if (relative.isPresent() && other.relative.isPresent()) {
            return relative.equals(other.relative);
        }
        if (relative.isPresent()) {
            return other.fullName.stream().anyMatch(name -> name.directory().equals(relative));
        }
        if (other.relative.isPresent()) {
            return other.meets(this);
        }
        return fullName.stream().anyMatch(name -> other.fullName.stream().anyMatch(name::same));
    }
}
