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
    private final Method once;

    private CachedSessions() throws ReflectiveOperationException {
        Class<?> context = Class.forName("org.conscrypt.ClientSessionContext");
        sessions = open(context.getDeclaredField("sessionsByHostAndPort"));
        all = open(Class.forName("org.conscrypt.AbstractSessionContext").getDeclaredField("sessions"));
        key = open(Class.forName("org.conscrypt.ClientSessionContext$HostAndPort")
                .getDeclaredConstructor(String.class, int.class));
        remove = open(Class.forName("org.conscrypt.AbstractSessionContext")
                .getDeclaredMethod("removeSession", Class.forName("org.conscrypt.NativeSslSession")));
        once = open(Class.forName("org.conscrypt.NativeSslSession").getDeclaredMethod("isSingleUse"));
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
        change(access -> {
            for (Object session : access.of(context, host, port)) {
                access.remove.invoke(context, session);
            }
        });
    }

    /**
     * Takes out what newer sessions of this host and port have come after. Conscrypt adds each to the end of a list and offers
     * the first, also when a server has declined it, for as long as it is valid.
     */
    static void removeOlder(SSLSessionContext context, String host, int port) {
        change(access -> {
            List<Object> all = access.of(context, host, port);
            for (int i = 0; i < all.size(); i++) {
                int newer = all.size() - 1 - i;
                if (newer >= TICKETS || newer > 0 && !(boolean) access.once.invoke(all.get(i))) {
                    access.remove.invoke(context, all.get(i));
                }
            }
        });
    }

    /** How many a server of TLS 1.3 sends: BoringSSL's and OpenSSL's each time, or after a full handshake. */
    private static final int TICKETS = 2;

    private interface Change {
        void by(CachedSessions access) throws ReflectiveOperationException;
    }

    private static void change(Change change) {
        if (ACCESS.isPresent()) {
            try {
                change.by(ACCESS.get());
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("Conscrypt does not let go of a session", e);
            }
        }
    }

    /** From the oldest on. */
    private List<Object> of(SSLSessionContext context, String host, int port) throws ReflectiveOperationException {
        Map<?, ?> byHost = (Map<?, ?>) sessions.get(context);
        synchronized (byHost) { // as ClientSessionContext itself does
            return byHost.get(key.newInstance(host, port)) instanceof List<?> cached
                    ? new ArrayList<>(cached)
                    : List.of();
        }
    }
}
