package io.omnitls.internal.verify.webpki;

import io.omnitls.error.VerifyCode;
import io.omnitls.internal.x509.SignatureAlgorithm;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Version, serial number and signature. */
final class FieldRules {
    private static final int MAX_SERIAL_OCTETS = 20;
    private static final Set<String> DIGESTS = Set.of("SHA-256", "SHA-384", "SHA-512");
    private static final Set<String> KINDS = Set.of("RSA", "RSASSA-PSS", "EC");

    static final List<Rule> TABLE = List.of(
            new Rule("5.61", Place.PRESENTED, VerifyCode.EXTENSIONS_REQUIRE_VERSION_3, FieldRules::version),
            new Rule("5.62", Place.PRESENTED, VerifyCode.INVALID_EXTENSION, FieldRules::serial),
            new Rule("5.63", Place.ALL, VerifyCode.SIGNATURE_ALGORITHM_INCONSISTENCY, FieldRules::signatureAlgorithms),
            new Rule("5.64", Place.PRESENTED, VerifyCode.CA_MD_TOO_WEAK, FieldRules::signature));

    private FieldRules() {}

    /** BR 7.1.1. */
    private static Optional<String> version(Subject subject) {
        int version = subject.certificate().version();
        return Rule.when(version != 3, "is of version " + version + ", not 3");
    }

    /** RFC 5280 section 4.1.2.2. Roots in use have the number 0. */
    private static Optional<String> serial(Subject subject) {
        int sign = subject.certificate().serial().signum();
        int octets = subject.certificate().serial().toByteArray().length;
        if (sign <= 0) {
            return Optional.of("has a serial number that is " + (sign == 0 ? "zero" : "negative"));
        }
        return Rule.when(
                octets > MAX_SERIAL_OCTETS,
                "has a serial number of " + octets + " octets, " + MAX_SERIAL_OCTETS + " are the most");
    }

    /** RFC 5280 section 4.1.1.2. */
    private static Optional<String> signatureAlgorithms(Subject subject) {
        return Rule.when(
                !subject.certificate().algorithmsAgree(),
                "names one signature algorithm beside its signature and another under it");
    }

    /** BR 7.1.3.2. A root's own signature proves nothing. */
    private static Optional<String> signature(Subject subject) {
        Optional<SignatureAlgorithm> algorithm =
                SignatureAlgorithm.of(subject.certificate().signed().algorithm());
        boolean good = algorithm
                .filter(known -> KINDS.contains(known.keyKind()))
                .flatMap(SignatureAlgorithm::digest)
                .filter(DIGESTS::contains)
                .isPresent();
        return Rule.when(
                !good,
                "is signed with "
                        + algorithm
                                .map(SignatureAlgorithm::jcaName)
                                .orElse("the algorithm "
                                        + subject.certificate()
                                                .signed()
                                                .algorithm()
                                                .oid())
                        + ", not with RSA or ECDSA and SHA-256, SHA-384 or SHA-512");
    }
}
