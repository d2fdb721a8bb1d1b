package io.omnitls;

import io.omnitls.error.TlsException;
import io.omnitls.internal.engine.Milestones;
import io.omnitls.internal.given.Bystander;
import io.omnitls.internal.transport.Addresses;
import io.omnitls.protocol.Role;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Tells a {@link TlsTrace} of the milestones of one connection. */
final class ConnectionTrace implements Milestones {
    private static final AtomicLong IDS = new AtomicLong();

    private final ContextConnection connection;
    private final TlsTrace trace;
    private final Supplier<Addresses> addresses;
    private final long id = IDS.incrementAndGet();

    /** When the handshake was begun, and when it was completed, by System.nanoTime. */
    private volatile Optional<Long> begun = Optional.empty();

    private volatile long completed;

    ConnectionTrace(ContextConnection connection, TlsTrace trace, Supplier<Addresses> addresses) {
        this.connection = connection;
        this.trace = trace;
        this.addresses = addresses;
    }

    @Override
    public void begun() {
        if (begun.isEmpty()) {
            begun = Optional.of(System.nanoTime());
            tell(new TlsEvent.HandshakeBegun(traced()));
        }
    }

    @Override
    public void completed() {
        completed = System.nanoTime();
        tell(new TlsEvent.HandshakeCompleted(
                traced(), connection.info(), connection.verifiedChain(), since(begun.orElse(completed))));
    }

    /** Of a handshake that nobody asked for before the connection was closed there is nothing to say. */
    @Override
    public void failed(TlsException why) {
        begun.ifPresent(start -> tell(new TlsEvent.HandshakeFailed(traced(), why, since(start))));
    }

    @Override
    public void ended(Optional<TlsException> failure) {
        tell(new TlsEvent.ConnectionEnded(
                traced(),
                failure,
                connection.core().closeNotifySent(),
                connection.core().closeNotifyReceived(),
                since(completed)));
    }

    private TlsEvent.TracedConnection traced() {
        Addresses ends = addresses.get();
        return new TlsEvent.TracedConnection(
                id,
                connection.serverSide() ? Role.SERVER : Role.CLIENT,
                connection.serverName(),
                ends.local(),
                ends.remote());
    }

    private static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }

    private void tell(TlsEvent event) {
        Bystander.tell(() -> trace.event(event));
    }
}
