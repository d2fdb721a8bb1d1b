package io.omnitls.internal.verify;

import io.omnitls.internal.verify.webpki.Broken;
import io.omnitls.internal.verify.webpki.ConstraintRules;
import io.omnitls.internal.x509.NameConstraintsView;
import java.util.Optional;

/** Name constraints that are malformed, names below them that are, and wildcards that reach what is excluded. */
record WebPkiConstraintsCheck() implements ChainCheck {

    @Override
    public Optional<Finding> check(CertificatePath path) {
        for (int above = path.size() - 1; above > 0; above--) {
            Optional<NameConstraintsView> constraints =
                    path.get(above).extensions().nameConstraints();
            Optional<Finding> finding =
                    constraints.isPresent() ? one(path, above, constraints.get()) : Optional.empty();
            if (finding.isPresent()) {
                return finding;
            }
        }
        return Optional.empty();
    }

    private static Optional<Finding> one(CertificatePath path, int above, NameConstraintsView constraints) {
        Optional<Broken> malformed = ConstraintRules.syntax(constraints);
        if (malformed.isPresent()) {
            return Optional.of(WebPkiCheck.finding(malformed.get(), path.get(above), above));
        }
        for (int depth = above - 1; depth >= 0; depth--) {
            boolean exempt = depth > 0 && path.get(depth).selfIssued();
            Optional<Broken> broken = exempt ? Optional.empty() : ConstraintRules.names(constraints, path.get(depth));
            if (broken.isPresent()) {
                return Optional.of(WebPkiCheck.finding(broken.get(), path.get(depth), depth));
            }
        }
        return Optional.empty();
    }
}
