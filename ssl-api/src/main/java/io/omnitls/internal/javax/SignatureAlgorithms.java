package io.omnitls.internal.javax;

import io.omnitls.protocol.SignatureScheme;
import java.util.List;
import java.util.Locale;

/** Signature schemes under the names that {@code java.security} has for their algorithms. */
final class SignatureAlgorithms {
    private SignatureAlgorithms() {}

    /** In the order of {@code schemes}; several of them may have one algorithm, which is named once. */
    static String[] of(List<SignatureScheme> schemes) {
        return schemes.stream()
                .map(scheme -> algorithm(scheme.name()))
                .filter(name -> !name.isEmpty())
                .distinct()
                .toArray(String[]::new);
    }

    private static String algorithm(String scheme) {
        if (scheme.startsWith("rsa_pss_")) {
            return "RSASSA-PSS";
        }
        String digest = scheme.substring(scheme.lastIndexOf('_') + 1).toUpperCase(Locale.ROOT);
        if (scheme.startsWith("rsa_pkcs1_")) {
            return digest + "withRSA";
        }
        if (scheme.startsWith("ecdsa_")) {
            return digest + "withECDSA";
        }
        if (scheme.startsWith("dsa_")) {
            return digest + "withDSA";
        }
        return switch (scheme) {
            case "ed25519" -> "Ed25519";
            case "ed448" -> "Ed448";
            default -> "";
        };
    }
}
