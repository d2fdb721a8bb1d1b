package io.omnitls.jsse;

import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.SignatureScheme;
import java.security.AlgorithmConstraints;
import java.security.AlgorithmParameters;
import java.security.CryptoPrimitive;
import java.security.Key;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLParameters;

/**
 * Constraints for JDKs whose {@code SSLParameters} have no lists of groups and schemes: all is permitted but what is not
 * named. SunJSSE asks about groups and signature schemes by their registry names. A signature scheme goes with its
 * curve, so ECDSA needs the curve's group to be named too.
 *
 * @param groups empty for all
 * @param signatureSchemes empty for all
 */
record OnlyNamed(Set<String> groups, Set<String> signatureSchemes) implements AlgorithmConstraints {

    /** Leaves these groups alone in {@code parameters}. */
    static void groups(SSLParameters parameters, Set<String> names) {
        parameters.setAlgorithmConstraints(new OnlyNamed(names, of(parameters).signatureSchemes));
    }

    /** Leaves these signature schemes alone in {@code parameters}. */
    static void signatureSchemes(SSLParameters parameters, Set<String> names) {
        parameters.setAlgorithmConstraints(new OnlyNamed(of(parameters).groups, names));
    }

    /** There is room for one such object. */
    private static OnlyNamed of(SSLParameters parameters) {
        return parameters.getAlgorithmConstraints() instanceof OnlyNamed earlier
                ? earlier
                : new OnlyNamed(Set.of(), Set.of());
    }

    @Override
    public boolean permits(Set<CryptoPrimitive> primitives, String algorithm, AlgorithmParameters parameters) {
        Optional<String> group = NamedGroup.of(algorithm).map(NamedGroup::name);
        // SunJSSE's names of the oldest schemes are its own: rsa_sha224, rsa_md5.
        Optional<String> scheme = algorithm.startsWith("rsa_")
                ? Optional.of(algorithm)
                : SignatureScheme.of(algorithm).map(SignatureScheme::name);
        return permits(groups, group) && permits(signatureSchemes, scheme);
    }

    private static boolean permits(Set<String> named, Optional<String> asked) {
        return named.isEmpty() || asked.isEmpty() || named.contains(asked.get());
    }

    @Override
    public boolean permits(Set<CryptoPrimitive> primitives, Key key) {
        return true;
    }

    @Override
    public boolean permits(Set<CryptoPrimitive> primitives, String algorithm, Key key, AlgorithmParameters parameters) {
        return permits(primitives, algorithm, parameters);
    }
}
