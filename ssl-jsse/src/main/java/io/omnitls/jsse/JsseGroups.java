package io.omnitls.jsse;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLParameters;

/**
 * The choice of named groups. JDK 20 brought {@code SSLParameters.setNamedGroups}; before that, constraints that refuse
 * all other groups narrow SunJSSE's own list in both roles and versions, but cannot change its order.
 */
final class JsseGroups {
    private static final Optional<Method> SET_NAMED_GROUPS = setNamedGroups();

    private JsseGroups() {}

    private static Optional<Method> setNamedGroups() {
        try {
            return Optional.of(SSLParameters.class.getMethod("setNamedGroups", String[].class));
        } catch (NoSuchMethodException beforeJdk20) {
            return Optional.empty();
        }
    }

    /** Whether the order of the groups counts. */
    static boolean inOrder() {
        return SET_NAMED_GROUPS.isPresent();
    }

    /** Lets {@code parameters} have these groups alone; all of them when none is named. */
    static void choose(SSLParameters parameters, List<String> names) {
        if (names.isEmpty()) {
            return;
        }
        if (SET_NAMED_GROUPS.isEmpty()) {
            OnlyNamed.groups(parameters, Set.copyOf(names));
            return;
        }
        try {
            SET_NAMED_GROUPS.get().invoke(parameters, (Object) names.toArray(String[]::new));
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new LinkageError("SSLParameters.setNamedGroups is public and takes names", e);
        }
    }
}
