package io.omnitls.internal.verify.webpki;

import io.omnitls.error.VerifyCode;
import io.omnitls.internal.x509.AuthorityKeyIdentifier;
import io.omnitls.internal.x509.Extension;
import io.omnitls.internal.x509.ExtensionSyntax;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/** The form of extensions, their critical marks, and key identifiers. */
final class ExtensionRules {
    static final List<Rule> TABLE = List.of(
            new Rule(
                    "5.67",
                    Place.ALL,
                    VerifyCode.INVALID_EXTENSION,
                    subject -> ExtensionSyntax.complaint(subject.extensions())),
            new Rule(
                    "5.68",
                    Place.ALL,
                    VerifyCode.INVALID_POLICY_EXTENSION,
                    subject -> mild(subject, Extension.POLICY_CONSTRAINTS, "policyConstraints that are")
                            .or(() -> mild(subject, Extension.INHIBIT_ANY_POLICY, "inhibitAnyPolicy that is"))),
            Rule.of("5.69", Place.ROOT, VerifyCode.AKID_SKID_MISMATCH, ExtensionRules::ownKey),
            Rule.of("5.69", Place.ROOT, VerifyCode.AKID_ISSUER_SERIAL_MISMATCH, ExtensionRules::ownIssuer),
            new Rule(
                    "5.70",
                    EnumSet.of(Place.LEAF, Place.INTERMEDIATE, Place.ANCHOR),
                    VerifyCode.MISSING_AUTHORITY_KEY_IDENTIFIER,
                    ExtensionRules::issuersKey),
            Rule.of(
                    "5.71",
                    Place.LEAF,
                    VerifyCode.INVALID_EXTENSION,
                    subject -> Rule.when(
                            subject.extensions().has(Extension.NAME_CONSTRAINTS),
                            "has nameConstraints, which are for authorities alone")));

    private ExtensionRules() {}

    /** RFC 5280 sections 4.2.1.11 and 4.2.1.14. */
    private static Optional<String> mild(Subject subject, String oid, String what) {
        return Rule.when(
                subject.extensions().has(oid) && !subject.extensions().critical(oid), "has " + what + " not critical");
    }

    /** BR 7.1.2.1.3: a root names its own key or none. */
    private static Optional<String> ownKey(Subject subject) {
        Optional<AuthorityKeyIdentifier> authority = subject.extensions().authorityKeyIdentifier();
        if (authority.isEmpty()) {
            return Optional.empty();
        }
        if (authority.get().keyIdentifier().isEmpty()) {
            return Optional.of("is a root that has an authorityKeyIdentifier without a keyIdentifier");
        }
        return Rule.when(
                !authority.get().keyIdentifier().equals(subject.extensions().subjectKeyIdentifier()),
                "is a root whose authorityKeyIdentifier is not its subjectKeyIdentifier");
    }

    private static Optional<String> ownIssuer(Subject subject) {
        return Rule.when(
                subject.extensions()
                        .authorityKeyIdentifier()
                        .filter(key -> key.issuer().isPresent() || key.serial().isPresent())
                        .isPresent(),
                "is a root that names its issuer or a serial number in its authorityKeyIdentifier");
    }

    /** RFC 5280 section 4.2.1.1. Who has signed himself needs no help to find the key. */
    private static Optional<String> issuersKey(Subject subject) {
        return Rule.when(
                !subject.certificate().selfSigned()
                        && subject.extensions()
                                .authorityKeyIdentifier()
                                .flatMap(AuthorityKeyIdentifier::keyIdentifier)
                                .isEmpty(),
                "has no authorityKeyIdentifier with a keyIdentifier");
    }
}
