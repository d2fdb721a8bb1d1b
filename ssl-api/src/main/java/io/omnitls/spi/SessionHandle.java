package io.omnitls.spi;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import javax.net.ssl.SSLSession;

/**
 * What stands for the sessions of one client connection, and of those that resumed them. Whoever holds it may resume
 * them: so the backend's own objects are held with it, which its cache alone would give up in want of memory.
 */
final class SessionHandle implements ResumableSession {
    /** A connection that resumes a session has a session of its own. */
    private static final int MAX_KEPT = 8;

    private final int connection;
    private final Kept kept = new Kept();

    /** @param connection the number that the backend's cache knows them by */
    SessionHandle(int connection) {
        this.connection = connection;
    }

    int connection() {
        return connection;
    }

    Kept kept() {
        return kept;
    }

    /** The backend's sessions; apart from the handle, because they outlive it by the moment in which they are forgotten. */
    static final class Kept {
        private final Deque<SSLSession> sessions = new ArrayDeque<>(); // guarded by this

        /** Keeps one more, and the latest of the others. */
        synchronized void add(SSLSession session) {
            sessions.remove(session);
            sessions.addLast(session);
            if (sessions.size() > MAX_KEPT) {
                sessions.removeFirst().invalidate();
            }
        }

        synchronized List<SSLSession> sessions() {
            return List.copyOf(sessions);
        }
    }
}
