package io.omnitls.internal.verify.webpki;

import io.omnitls.error.VerifyCode;
import io.omnitls.internal.x509.CertificateExtensions;
import io.omnitls.internal.x509.Extension;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What certificates are for: basicConstraints, keyUsage, extendedKeyUsage. */
final class UsageRules {
    private static final String ANY_PURPOSE = "2.5.29.37.0";

    /** BR 7.1.2.10.6: who issues for TLS servers issues for nothing else that somebody relies on. */
    private static final Map<String, String> FORBIDDEN_TO_INTERMEDIATES = new TreeMap<>(Map.of(
            ANY_PURPOSE,
            "anyExtendedKeyUsage",
            "1.3.6.1.5.5.7.3.3",
            "codeSigning",
            "1.3.6.1.5.5.7.3.4",
            "emailProtection",
            "1.3.6.1.5.5.7.3.8",
            "timeStamping",
            "1.3.6.1.5.5.7.3.9",
            "OCSPSigning",
            "1.3.6.1.4.1.11129.2.4.4",
            "the signing of precertificates"));

    static final List<Rule> TABLE = List.of(
            Rule.of("5.72", Place.LEAF, VerifyCode.INVALID_NON_CA, UsageRules::authority),
            Rule.of("5.72", Place.LEAF, VerifyCode.KU_KEY_CERT_SIGN_INVALID_FOR_NON_CA, UsageRules::signsCertificates),
            Rule.of("5.73", Place.LEAF, VerifyCode.INVALID_EXTENSION, UsageRules::purposesForm),
            Rule.of("5.73", Place.LEAF, VerifyCode.INVALID_PURPOSE, UsageRules::leafPurposes),
            Rule.of("5.74", Place.ROOT, VerifyCode.INVALID_PURPOSE, UsageRules::rootPurposes),
            new Rule("5.75", Place.SUBORDINATES, VerifyCode.INVALID_PURPOSE, UsageRules::intermediatePurposes),
            Rule.of("5.76", Place.LEAF, VerifyCode.KEYUSAGE_NO_DIGITAL_SIGNATURE, UsageRules::leafUsage));

    private UsageRules() {}

    /** BR 7.1.2.7.8. */
    private static Optional<String> authority(Subject subject) {
        return Rule.when(subject.extensions().isAuthority(), "is an authority's and no server's or client's");
    }

    /** BR 7.1.2.7.11. */
    private static Optional<String> signsCertificates(Subject subject) {
        int usage = subject.extensions().keyUsage().orElse(0);
        return Rule.when(
                (usage & CertificateExtensions.KEY_CERT_SIGN) != 0, "may sign certificates, but is no authority's");
    }

    /** BR 7.1.2.7.6. */
    private static Optional<String> purposesForm(Subject subject) {
        if (subject.extensions().extendedKeyUsage().filter(List::isEmpty).isPresent()) {
            return Optional.of("has an extendedKeyUsage without any purpose");
        }
        return Rule.when(
                subject.extensions().critical(Extension.EXTENDED_KEY_USAGE),
                "has an extendedKeyUsage that is critical");
    }

    /** BR 7.1.2.7.10. */
    private static Optional<String> leafPurposes(Subject subject) {
        Optional<List<String>> purposes = subject.extensions().extendedKeyUsage();
        if (purposes.isEmpty()) {
            return Optional.of("has no extendedKeyUsage");
        }
        if (purposes.get().contains(ANY_PURPOSE)) {
            return Optional.of("is for anyExtendedKeyUsage");
        }
        return lacking(subject, purposes.get());
    }

    private static Optional<String> lacking(Subject subject, List<String> purposes) {
        Optional<String> wanted = subject.purpose().keyPurpose();
        return Rule.when(
                wanted.isPresent() && !purposes.contains(wanted.get()),
                "is not for " + subject.purpose().phrase());
    }

    /** BR 7.1.2.1.2. */
    private static Optional<String> rootPurposes(Subject subject) {
        return Rule.when(subject.extensions().extendedKeyUsage().isPresent(), "is a root with an extendedKeyUsage");
    }

    private static Optional<String> intermediatePurposes(Subject subject) {
        Optional<List<String>> purposes = subject.extensions().extendedKeyUsage();
        if (purposes.isEmpty()) {
            return Optional.empty();
        }
        for (Map.Entry<String, String> forbidden : FORBIDDEN_TO_INTERMEDIATES.entrySet()) {
            if (purposes.get().contains(forbidden.getKey())) {
                return Optional.of("is an intermediate authority's that is for " + forbidden.getValue() + " too");
            }
        }
        return lacking(subject, purposes.get());
    }

    /** BR 7.1.2.7.11: an RSA key signs or decrypts, an EC key signs. No keyUsage allows everything. */
    private static Optional<String> leafUsage(Subject subject) {
        boolean rsa =
                subject.certificate().publicKey().kind().filter("RSA"::equals).isPresent();
        int wanted = CertificateExtensions.DIGITAL_SIGNATURE | (rsa ? CertificateExtensions.KEY_ENCIPHERMENT : 0);
        return Rule.when(
                !subject.extensions().allows(wanted),
                "has a keyUsage without digitalSignature" + (rsa ? " and without keyEncipherment" : ""));
    }
}
