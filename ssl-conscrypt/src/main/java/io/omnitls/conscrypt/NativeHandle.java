package io.omnitls.conscrypt;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import javax.net.ssl.SSLEngine;

/**
 * BoringSSL's object behind an engine, for what Conscrypt has no public method for. It is reached by reflection, which
 * needs no flag: Conscrypt's jar is no named module with closed packages. Another version may have other names.
 */
final class NativeHandle {
    private final Method delegate;
    private final Field nativeSsl;
    private final Field pointer;
    private final Class<?> sslClass;
    private final Class<?> cryptoClass;

    /** @throws ReflectiveOperationException when this version of Conscrypt is made differently */
    NativeHandle() throws ReflectiveOperationException {
        sslClass = Class.forName("org.conscrypt.NativeSsl");
        cryptoClass = Class.forName("org.conscrypt.NativeCrypto");
        delegate = open(
                Class.forName("org.conscrypt.Java8EngineWrapper").getDeclaredMethod("getDelegate", SSLEngine.class));
        nativeSsl = open(Class.forName("org.conscrypt.ConscryptEngine").getDeclaredField("ssl"));
        pointer = open(sslClass.getDeclaredField("ssl"));
    }

    /** A function of BoringSSL's on such objects: its first arguments are the pointer and what owns that. */
    Method function(String name, Class<?>... others) throws ReflectiveOperationException {
        Class<?>[] parameters = new Class<?>[2 + others.length];
        parameters[0] = long.class;
        parameters[1] = sslClass;
        System.arraycopy(others, 0, parameters, 2, others.length);
        return open(cryptoClass.getDeclaredMethod(name, parameters));
    }

    /** A function of BoringSSL's on objects of another kind. */
    Method functionOn(Class<?> kind, String name) throws ReflectiveOperationException {
        return open(cryptoClass.getDeclaredMethod(name, kind));
    }

    /** Calls a {@link #function} on the object behind {@code engine}. */
    Object call(Method function, SSLEngine engine, Object... others) throws ReflectiveOperationException {
        Object ssl = nativeSsl.get(delegate.invoke(null, engine));
        Object[] arguments = new Object[2 + others.length];
        arguments[0] = pointer.get(ssl);
        arguments[1] = ssl;
        System.arraycopy(others, 0, arguments, 2, others.length);
        return function.invoke(null, arguments);
    }

    private static <T extends AccessibleObject> T open(T member) {
        member.setAccessible(true);
        return member;
    }
}
