package io.omnitls.internal.verify.webpki;

import io.omnitls.error.VerifyCode;
import io.omnitls.internal.x509.PublicKeyInfo;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Kinds and sizes of keys (BR 6.1.5, 6.1.6, 7.1.3.1). */
final class KeyRules {
    private static final int MIN_MODULUS = 2048;
    /** P-256, P-384, P-521. */
    private static final Set<String> CURVES = Set.of("1.2.840.10045.3.1.7", "1.3.132.0.34", "1.3.132.0.35");

    static final List<Rule> TABLE = List.of(
            new Rule("5.65", Place.ALL, VerifyCode.EC_KEY_EXPLICIT_PARAMS, KeyRules::explicitCurve),
            Rule.of("5.66", Place.LEAF, VerifyCode.EE_KEY_TOO_SMALL, KeyRules::key),
            new Rule("5.66", Place.ISSUERS, VerifyCode.CA_KEY_TOO_SMALL, KeyRules::key));

    private KeyRules() {}

    private static Optional<String> explicitCurve(Subject subject) {
        return Rule.when(subject.certificate().publicKey().explicitCurve(), "has a key that spells its curve out");
    }

    private static Optional<String> key(Subject subject) {
        PublicKeyInfo key = subject.certificate().publicKey();
        return switch (key.kind().orElse("")) {
            case "RSA" -> key.numbers().flatMap(KeyRules::rsa);
            case "EC" ->
                Rule.when(
                        key.curve().filter(CURVES::contains).isEmpty(),
                        "has an " + key.name() + " key, not one on P-256, P-384 or P-521");
            case "DSA" -> Optional.of("has a DSA key");
            default -> Optional.of("has a key of the kind " + key.name() + ", neither RSA nor EC");
        };
    }

    private static Optional<String> rsa(PublicKeyInfo.RsaNumbers numbers) {
        int bits = numbers.modulus().bitLength();
        if (numbers.modulus().signum() <= 0 || bits < MIN_MODULUS) {
            return Optional.of("has an RSA key of " + bits + " bits, " + MIN_MODULUS + " are the least");
        }
        if (bits % 8 != 0) {
            return Optional.of("has an RSA key of " + bits + " bits, not a multiple of 8");
        }
        // Roots in use have the exponent 3.
        BigInteger exponent = numbers.exponent();
        boolean odd = exponent.testBit(0) && exponent.compareTo(BigInteger.valueOf(3)) >= 0;
        return Rule.when(
                !odd,
                "has an RSA key with the exponent "
                        + (exponent.bitLength() <= 64 ? exponent : "of " + exponent.bitLength() + " bits")
                        + ", not an odd number from 3 on");
    }
}
