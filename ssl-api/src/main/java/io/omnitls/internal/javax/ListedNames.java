package io.omnitls.internal.javax;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLParameters;

/** Lists of names that {@link SSLParameters} has only since a JDK, or an Android, that is newer than the oldest we run on. */
public enum ListedNames {
    /** Java 9, but Android's API level 29. */
    APPLICATION_PROTOCOLS("ApplicationProtocols"),
    /** JDK 20. */
    GROUPS("NamedGroups"),
    /** JDK 19. */
    SIGNATURE_SCHEMES("SignatureSchemes");

    @SuppressWarnings("ImmutableEnumChecker") // it only lacks the annotation
    private final Optional<Method> getter;

    @SuppressWarnings("ImmutableEnumChecker")
    private final Optional<Method> setter;

    ListedNames(String property) {
        this.getter = method("get" + property);
        this.setter = method("set" + property, String[].class);
    }

    private static Optional<Method> method(String name, Class<?>... parameters) {
        try {
            return Optional.of(SSLParameters.class.getMethod(name, parameters));
        } catch (NoSuchMethodException olderJdk) {
            return Optional.empty();
        }
    }

    /** The list, if one is set. */
    public Optional<List<String>> get(SSLParameters parameters) {
        return getter.map(method -> (String[]) call(method, parameters)).map(List::of);
    }

    /** Sets the list, unless there is nothing to say: null means the implementation's own choice there. */
    public void set(SSLParameters parameters, List<String> names) {
        if (!names.isEmpty()) {
            setter.ifPresent(method -> call(method, parameters, (Object) names.toArray(new String[0])));
        }
    }

    private static Object call(Method method, SSLParameters parameters, Object... arguments) {
        try {
            return method.invoke(parameters, arguments);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new LinkageError("SSLParameters." + method.getName() + " is public and takes names", e);
        }
    }
}
