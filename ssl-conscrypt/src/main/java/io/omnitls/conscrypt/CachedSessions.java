package io.omnitls.conscrypt;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import javax.net.ssl.SSLSessionContext;

/**
 * The cache of a client context, which has a size, forgets the oldest, and has no public method that takes a session out. By
 * reflection a session is taken out when nobody can resume it any more, so the cache can have any size.
 */
final class CachedSessions {
    private static final Optional<CachedSessions> ACCESS = access();

    private final Field sessions;
    private final Field all;
    private final Constructor<?> key;
    private final Method remove;

    private CachedSessions() throws ReflectiveOperationException {
        Class<?> context = Class.forName("org.conscrypt.ClientSessionContext");
        sessions = open(context.getDeclaredField("sessionsByHostAndPort"));
        all = open(Class.forName("org.conscrypt.AbstractSessionContext").getDeclaredField("sessions"));
        key = open(Class.forName("org.conscrypt.ClientSessionContext$HostAndPort")
                .getDeclaredConstructor(String.class, int.class));
        remove = open(Class.forName("org.conscrypt.AbstractSessionContext")
                .getDeclaredMethod("removeSession", Class.forName("org.conscrypt.NativeSslSession")));
    }

    private static <T extends AccessibleObject> T open(T member) {
        member.setAccessible(true);
        return member;
    }

    private static Optional<CachedSessions> access() {
        try {
            return Optional.of(new CachedSessions());
        } catch (ReflectiveOperationException | RuntimeException otherVersion) {
            return Optional.empty();
        }
    }

    /** Whether this version of Conscrypt lets sessions be taken out. */
    static boolean removable() {
        return ACCESS.isPresent();
    }

    /**
     * How many there are, those too that are too old; empty where that is not to be had. The public way to count them runs
     * into a NullPointerException when a session was made by an engine that is closed by now.
     */
    static OptionalInt count(SSLSessionContext context) {
        if (ACCESS.isEmpty()) {
            return OptionalInt.empty();
        }
        try {
            Map<?, ?> sessions = (Map<?, ?>) ACCESS.get().all.get(context);
            synchronized (sessions) { // as AbstractSessionContext itself does
                return OptionalInt.of(sessions.size());
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("Conscrypt does not show its sessions", e);
        }
    }

    /** Takes out the sessions of the connection that had this host and port. */
    static void remove(SSLSessionContext context, String host, int port) {
        ACCESS.ifPresent(access -> {
            try {
                access.removeFrom(context, host, port);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("Conscrypt does not let go of a session", e);
            }
        });
    }

    private void removeFrom(SSLSessionContext context, String host, int port) throws ReflectiveOperationException {
        Map<?, ?> byHost = (Map<?, ?>) sessions.get(context);
        List<Object> found = new ArrayList<>();
        synchronized (byHost) { // as ClientSessionContext itself does
            if (byHost.get(key.newInstance(host, port)) instanceof List<?> cached) {
                found.addAll(cached);
            }
        }
        for (Object session : found) {
            remove.invoke(context, session);
        }
    }
}
