package io.omnitls.spi;

import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The handles of a client context's sessions, which tell when nobody holds one any more. The cache of the backend itself
 * needs no bound then: it has what somebody may still resume, and what was dropped since the garbage collector ran.
 * Thread-safe.
 */
final class SessionHandles {
    private final ReferenceQueue<SessionHandle> dropped = new ReferenceQueue<>();
    private final Set<Watch> watched = ConcurrentHashMap.newKeySet();

    /** Takes the sessions of a connection out of the backend's cache. */
    interface Forgetting {
        void forget(DroppedSessions dropped);
    }

    /** A handle for the sessions of a new connection. */
    SessionHandle create(int connection, Optional<String> serverName) {
        SessionHandle handle = new SessionHandle(connection);
        watched.add(new Watch(handle, serverName, dropped));
        return handle;
    }

    /** Forgets what nobody holds any more. Called now and then, because Android has no Cleaner before API level 33. */
    void forgetDropped(Forgetting forgetting) {
        for (Reference<?> next = dropped.poll(); next != null; next = dropped.poll()) {
            if (next instanceof Watch watch && watched.remove(watch)) {
                forgetting.forget(new DroppedSessions(watch.connection, watch.serverName, watch.kept.sessions()));
            }
        }
    }

    private static final class Watch extends PhantomReference<SessionHandle> {
        private final int connection;
        private final Optional<String> serverName;
        private final SessionHandle.Kept kept;

        Watch(SessionHandle handle, Optional<String> serverName, ReferenceQueue<SessionHandle> queue) {
            super(handle, queue);
            this.connection = handle.connection();
            this.serverName = serverName;
            this.kept = handle.kept();
        }
    }
}
