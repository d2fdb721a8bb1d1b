package io.omnitls.internal.verify.webpki;

import io.omnitls.error.VerifyCode;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A row of a table of rules.
 *
 * @param number of the rule in SPEC.md
 * @param places the certificates that it is for
 * @param complaint what is wrong, as the end of a sentence about the certificate
 */
record Rule(String number, Set<Place> places, VerifyCode code, Function<Subject, Optional<String>> complaint) {

    static Rule of(String number, Place place, VerifyCode code, Function<Subject, Optional<String>> complaint) {
        return new Rule(number, Set.of(place), code, complaint);
    }

    Optional<Broken> judge(Subject subject) {
        return places.contains(subject.place())
                ? complaint.apply(subject).map(detail -> new Broken(code, detail))
                : Optional.empty();
    }

    /** {@code complaint} if {@code broken}. */
    static Optional<String> when(boolean broken, String complaint) {
        return broken ? Optional.of(complaint) : Optional.empty();
    }
}
