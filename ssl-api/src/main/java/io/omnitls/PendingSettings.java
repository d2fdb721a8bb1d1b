package io.omnitls;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** A connection's settings, which can be changed until it makes use of them. Thread-safe. */
final class PendingSettings {
    private final AtomicReference<State> state;

    private record State(ConnectionSettings settings, boolean used) {}

    PendingSettings(ConnectionSettings settings) {
        this.state = new AtomicReference<>(new State(settings, false));
    }

    private State now() {
        return Objects.requireNonNull(state.get());
    }

    ConnectionSettings inForce() {
        return now().settings();
    }

    /** What the handshake goes by; from now on nothing changes. */
    ConnectionSettings use() {
        return Objects.requireNonNull(state.updateAndGet(now -> new State(now.settings(), true)))
                .settings();
    }

    /**
     * Changes the settings.
     *
     * @throws IllegalStateException when it is too late, unless they are in force anyway
     */
    void change(ConnectionSettings wanted) {
        for (State now = now(); !wanted.equals(now.settings()); now = now()) {
            if (now.used()) {
                throw new IllegalStateException(
                        "the handshake has begun, so the connection's settings cannot be changed any more");
            }
            if (state.compareAndSet(now, new State(wanted, false))) {
                return;
            }
            // Another thread has changed or used them meanwhile, which is not the same.
        }
    }
}
