package io.omnitls.internal.engine;

import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Frees the engines of connections that their owners dropped without closing them: some backends hold native memory and
 * file descriptors, and the finalizers that they rely on are on their way out of Java (JEP 421). No thread waits here; the
 * next connection that begins sweeps up. {@code java.lang.ref.Cleaner} would be shorter, but Android has it since API
 * level 33 only.
 */
final class DroppedConnections {
    private static final ReferenceQueue<ConnectionState> DROPPED = new ReferenceQueue<>();
    private static final Map<EnginePump, Watch> WATCHED = new ConcurrentHashMap<>();

    private DroppedConnections() {}

    /** Releases {@code pump} some time after {@code owner} is garbage, unless it is forgotten before. */
    static void watch(ConnectionState owner, EnginePump pump) {
        sweep();
        WATCHED.put(pump, new Watch(owner, pump));
    }

    /** The owner releases {@code pump} itself. */
    static void forget(EnginePump pump) {
        Watch watch = WATCHED.remove(pump);
        if (watch != null) {
            watch.clear();
        }
    }

    private static void sweep() {
        for (Reference<?> dropped = DROPPED.poll(); dropped != null; dropped = DROPPED.poll()) {
            EnginePump pump = ((Watch) dropped).pump;
            WATCHED.remove(pump);
            pump.release();
        }
    }

    /** Must not lead to its owner, as the pump does not: the owner would never become garbage. */
    private static final class Watch extends PhantomReference<ConnectionState> {
        private final EnginePump pump;

        Watch(ConnectionState owner, EnginePump pump) {
            super(owner, DROPPED);
            this.pump = pump;
        }
    }
}
