package io.omnitls.internal.javax;

import io.omnitls.protocol.Role;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Objects;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;

/**
 * The sessions of a context, of which none can be looked up: a client keeps them for its connections, if at all, and a server's
 * are the backend's.
 *
 * @param role whose they are
 * @param timeoutSeconds 0 where it is left to the backend
 * @param cacheSize 0 where it is left to the backend, or not limited
 */
public record SessionsView(Role role, int timeoutSeconds, int cacheSize) implements SSLSessionContext {
    /** Always null: nothing is listed. */
    @Override
    @SuppressWarnings("NullAway") // allowed by SSLSessionContext
    public SSLSession getSession(byte[] sessionId) {
        Objects.requireNonNull(sessionId, "sessionId");
        return null;
    }

    @Override
    public Enumeration<byte[]> getIds() {
        return Collections.emptyEnumeration();
    }

    @Override
    public void setSessionTimeout(int seconds) {
        require("the session time-out", seconds, timeoutSeconds, "sessionTimeout");
    }

    @Override
    public int getSessionTimeout() {
        return timeoutSeconds;
    }

    @Override
    public void setSessionCacheSize(int size) {
        require("the size of the session cache", size, cacheSize, "sessionCacheSize");
    }

    @Override
    public int getSessionCacheSize() {
        return cacheSize;
    }

    private void require(String what, int wanted, int actual, String setter) {
        if (wanted < 0) {
            throw new IllegalArgumentException(what + " is not negative: " + wanted);
        }
        if (wanted != actual) {
            throw new UnsupportedOperationException(what + " is the context's, and is " + actual + ", not " + wanted
                    + "; build another context with " + (role == Role.SERVER ? setter : "resumeSessions"));
        }
    }
}
