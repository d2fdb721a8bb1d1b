package io.omnitls.internal.verify.webpki;

import io.omnitls.cert.Purpose;
import io.omnitls.internal.x509.CertificateView;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rules that each certificate of a path keeps for itself, in the order in which they are asked. */
public final class CertificateRules {
    private static final List<Rule> TABLE = List.copyOf(
            Stream.of(FieldRules.TABLE, KeyRules.TABLE, ExtensionRules.TABLE, UsageRules.TABLE, NameRules.TABLE)
                    .flatMap(List::stream)
                    .collect(Collectors.toList()));

    private CertificateRules() {}

    /** The first rule that {@code certificate} breaks where it stands. */
    public static Optional<Broken> broken(CertificateView certificate, Place place, Purpose purpose) {
        Subject subject = new Subject(certificate, place, purpose);
        for (Rule rule : TABLE) {
            Optional<Broken> broken = rule.judge(subject);
            if (broken.isPresent()) {
                return broken;
            }
        }
        return Optional.empty();
    }

    /** The numbers of the rules, in order. */
    static List<String> numbers() {
        return TABLE.stream().map(Rule::number).distinct().collect(Collectors.toList());
    }
}
