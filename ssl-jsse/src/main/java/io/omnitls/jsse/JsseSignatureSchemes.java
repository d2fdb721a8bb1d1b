package io.omnitls.jsse;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLParameters;

/**
 * The choice of signature schemes. JDK 19 brought {@code SSLParameters.setSignatureSchemes}; before that, constraints
 * that refuse all other schemes narrow SunJSSE's own list in both roles and versions, but cannot change its order.
 */
final class JsseSignatureSchemes {
    private static final Optional<Method> SET_SIGNATURE_SCHEMES = setSignatureSchemes();

    private JsseSignatureSchemes() {}

    private static Optional<Method> setSignatureSchemes() {
        try {
            return Optional.of(SSLParameters.class.getMethod("setSignatureSchemes", String[].class));
        } catch (NoSuchMethodException beforeJdk19) {
            return Optional.empty();
        }
    }

    /** Whether the order of the schemes counts. */
    static boolean inOrder() {
        return SET_SIGNATURE_SCHEMES.isPresent();
    }

    /** Lets {@code parameters} have these schemes alone; all of them when none is named. */
    static void choose(SSLParameters parameters, List<String> names) {
        if (names.isEmpty()) {
            return;
        }
        if (SET_SIGNATURE_SCHEMES.isEmpty()) {
            OnlyNamed.signatureSchemes(parameters, Set.copyOf(names));
            return;
        }
        try {
            SET_SIGNATURE_SCHEMES.get().invoke(parameters, (Object) names.toArray(String[]::new));
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new LinkageError("SSLParameters.setSignatureSchemes is public and takes names", e);
        }
    }
}
