package io.omnitls.internal.verify.webpki;

import io.omnitls.error.VerifyCode;
import io.omnitls.internal.x509.Extension;
import io.omnitls.internal.x509.GeneralNameView;
import java.util.List;
import java.util.Optional;

/** The names of the peer. */
final class NameRules {
    static final List<Rule> TABLE = List.of(
            Rule.of("5.77", Place.LEAF, VerifyCode.INVALID_EXTENSION, NameRules::criticalMark),
            Rule.of("5.78", Place.LEAF, VerifyCode.UNSUPPORTED_NAME_SYNTAX, NameRules::syntax),
            Rule.of("5.79", Place.LEAF, VerifyCode.UNSUPPORTED_NAME_SYNTAX, CommonNameRule::complaint));

    private NameRules() {}

    /** BR 7.1.2.7.12; without a subject it is critical, which OpenSSL's strict rules look after. */
    private static Optional<String> criticalMark(Subject subject) {
        return Rule.when(
                subject.extensions().critical(Extension.SUBJECT_ALT_NAME)
                        && !subject.certificate().subject().isEmpty(),
                "has a subjectAltName that is critical, and a subject too");
    }

    private static Optional<String> syntax(Subject subject) {
        for (GeneralNameView name : subject.extensions().subjectAltName().orElse(List.of())) {
            boolean host = name.kind() == GeneralNameView.DNS || name.kind() == GeneralNameView.IP;
            Optional<String> complaint = host ? NameSyntax.complaint(name) : Optional.empty();
            if (complaint.isPresent()) {
                return complaint;
            }
        }
        return Optional.empty();
    }
}
