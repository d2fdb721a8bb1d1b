package io.omnitls.internal.engine;

import io.omnitls.protocol.Bytes;
import io.omnitls.spi.SessionSpec;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Counts a context's handshakes and what became of the sessions that were offered in them. Thread-safe. */
public final class SessionLedger {
    private final AtomicLong begun = new AtomicLong();
    private final AtomicLong completed = new AtomicLong();
    private final AtomicLong hits = new AtomicLong();
    private final AtomicLong misses = new AtomicLong();
    private final AtomicLong timeouts = new AtomicLong();
    private final KeptSessions kept;

    /** @param sessions how the context goes about sessions */
    public SessionLedger(SessionSpec sessions) {
        this.kept = new KeptSessions(sessions);
    }

    void begun() {
        begun.incrementAndGet();
    }

    /**
     * A handshake was completed.
     *
     * @param offered the id of the session that was offered in it, empty when none was
     * @param ticket whether the server sent a ticket in the clear
     */
    void completed(Optional<Bytes> offered, HandshakeFacts agreed, boolean ticket) {
        completed.incrementAndGet();
        if (agreed.negotiated().resumed()) {
            hits.incrementAndGet();
            return;
        }
        if (offered.isPresent()) {
            (kept.tooOld(offered.get()) ? timeouts : misses).incrementAndGet();
        }
        if (KeptSessions.keeps(agreed, ticket)) {
            kept.add(agreed.session().id());
        }
    }

    /** Handshakes that began. */
    public long handshakesBegun() {
        return begun.get();
    }

    /** Handshakes that were completed. */
    public long handshakesCompleted() {
        return completed.get();
    }

    /** Sessions that were resumed. */
    public long hits() {
        return hits.get();
    }

    /** Sessions that were offered and not resumed. */
    public long misses() {
        return misses.get();
    }

    /** Sessions that were offered when they were too old, as far as that can be told. */
    public long timeouts() {
        return timeouts.get();
    }

    /** Sessions that had to make room for others, as far as that can be told. */
    public long cacheFull() {
        return kept.pushedOut();
    }
}
