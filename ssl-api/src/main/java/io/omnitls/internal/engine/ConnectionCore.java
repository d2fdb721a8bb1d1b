package io.omnitls.internal.engine;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsEofException;
import io.omnitls.error.TlsException;
import io.omnitls.error.TlsWantReadException;
import io.omnitls.error.TlsWantWriteException;
import io.omnitls.error.TlsZeroReturnException;
import io.omnitls.internal.engine.EnginePump.Step;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.Bytes;
import io.omnitls.protocol.TlsAlert;
import io.omnitls.spi.VerifyFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;

/**
 * One TLS connection: the only loop that moves records between a pump and a transport. Sockets, channels and memory BIOs
 * are this class over different {@link Transport}s.
 *
 * <p>A transport that cannot take more without waiting leaves records in the queue. What made them is done all the same
 * and is not repeated; every later operation, and {@link #flush}, goes on sending them first.
 *
 * <p>One thread may read while another writes; neither waits for the other. A handshake needs both directions and
 * excludes both. Locks are always taken in the order handshaking, reading,
 * writing.
 */
public final class ConnectionCore {
    /** What {@link #read} answers after the peer's close_notify. */
    public static final int END = -1;

    /** Records are collected up to this size before they are sent, so that large writes make few system calls. */
    private static final int SEND_SIZE = 64 * 1024;

    /** Writes never leave so much behind; answers to a peer that wants many KeyUpdates and reads none do. */
    private static final int MAX_UNSENT = 4 * SEND_SIZE;

    private final RecordStream records;
    private final Supplier<RaggedEof> raggedEof; // asked late: on a server the ClientHello decides whose settings count
    private final ReentrantLock handshaking = new ReentrantLock();
    private final ReentrantLock reading = new ReentrantLock();
    private final ReentrantLock writing = new ReentrantLock();

    private final AtomicReference<Phase> phase = new AtomicReference<>(new Phase.Closed(Optional.empty()));
    private volatile Optional<HandshakeFacts> facts = Optional.empty();

    /** What the end of the transport means where the peer's close_notify is missing. */
    public enum RaggedEof {
        /** The data may be truncated: {@link TlsEofException}. */
        ERROR,
        /** The end of the data, as Python's {@code suppress_ragged_eofs} has it. */
        END_OF_DATA
    }

    private ConnectionCore(Transport transport, Supplier<RaggedEof> raggedEof) {
        this.records = new RecordStream(transport);
        this.raggedEof = raggedEof;
    }

    /** A client, which speaks first. */
    public static ConnectionCore client(Endpoint.Opener opener, Transport transport, Supplier<RaggedEof> raggedEof) {
        ConnectionCore core = new ConnectionCore(transport, raggedEof);
        core.phase.set(new Phase.Unstarted(opener));
        return core;
    }

    /** A server, which hears the ClientHello before it decides anything. */
    public static ConnectionCore server(
            Endpoint.ForHello acceptor, Transport transport, Supplier<RaggedEof> raggedEof) {
        ConnectionCore core = new ConnectionCore(transport, raggedEof);
        core.phase.set(new Phase.AwaitingHello(new HelloGate(acceptor)));
        return core;
    }

    private void begin(Phase before, Endpoint endpoint) {
        EnginePump pump = new EnginePump(endpoint, records.inbound(), records.outbound());
        endpoint.ledger().begun();
        DroppedConnections.watch(this, pump);
        if (!phase.compareAndSet(before, new Phase.Handshaking(pump, endpoint))) {
            release(pump); // close() came first, and did not know of this engine
        }
    }

    /** What the handshake agreed on; empty until it is complete, and kept after the connection is closed. */
    public Optional<HandshakeFacts> facts() {
        return facts;
    }

    /** How many decrypted bytes can be read without waiting for the transport. */
    public int pending() {
        reading.lock();
        try {
            return now() instanceof Phase.Live live ? live.pump().pending() : 0;
        } finally {
            reading.unlock();
        }
    }

    /**
     * Whether a read can go on without the transport: there are decrypted bytes, or a whole record that was received
     * ahead. OpenSSL's {@code SSL_has_pending}.
     */
    public boolean hasPending() {
        reading.lock();
        try {
            return now() instanceof Phase.Live live && live.pump().hasPending();
        } finally {
            reading.unlock();
        }
    }

    /** Completes the handshake; does nothing when it is complete. */
    public void handshake(Deadline deadline) throws IOException {
        if (!awaitsHandshake()) {
            requireLive(now());
            return;
        }
        // Waiting for another thread's handshake must not be waiting for what that thread reads after it.
        handshaking.lock();
        try {
            if (awaitsHandshake()) {
                handshakeExclusively(deadline);
            }
        } finally {
            handshaking.unlock();
        }
    }

    private boolean awaitsHandshake() {
        Phase now = now();
        return now instanceof Phase.Unstarted || now instanceof Phase.AwaitingHello || now instanceof Phase.Handshaking;
    }

    private void handshakeExclusively(Deadline deadline) throws IOException {
        reading.lock();
        writing.lock();
        try {
            handshakeLocked(deadline);
        } catch (SSLException | RuntimeException e) {
            throw fail(e);
        } finally {
            writing.unlock();
            reading.unlock();
        }
    }

    private void handshakeLocked(Deadline deadline) throws IOException {
        for (; ; ) {
            Phase now = now();
            if (now instanceof Phase.Unstarted unstarted) {
                begin(now, unstarted.opener().open());
            } else if (now instanceof Phase.AwaitingHello awaiting) {
                Optional<Endpoint> endpoint = awaiting.gate().accept(records.inbound());
                if (endpoint.isPresent()) {
                    begin(now, endpoint.get());
                } else {
                    records.receive(awaiting.gate().missing(records.inbound()), deadline, "during the handshake");
                }
            } else if (now instanceof Phase.Handshaking handshaking) {
                Step step = handshaking.pump().handshake();
                records.requireFlushed();
                if (step == Step.NEED_INPUT) {
                    records.receive(handshaking.pump().missing(), deadline, "during the handshake");
                } else {
                    open(handshaking);
                }
            } else {
                requireLive(now);
                return;
            }
        }
    }

    private void open(Phase.Handshaking handshaking) throws SSLException {
        EnginePump pump = handshaking.pump();
        HandshakeFacts agreed = HandshakeFacts.of(handshaking.endpoint(), pump.observer());
        pump.observer().handshakeComplete(agreed.version());
        try {
            requireAcceptable(agreed, handshaking.endpoint());
        } catch (TlsException refusal) {
            // The engine is content with the handshake, and so would the peer be.
            pump.refuse(FailureMapper.verifyFailure(refusal)
                    .map(VerifyFailure::alert)
                    .orElse(AlertDescription.INTERNAL_ERROR));
            throw refusal;
        }
        handshaking.endpoint().ledger().completed(handshaking.endpoint().sessionOffered(), agreed.resumed());
        facts = Optional.of(agreed);
        phase.compareAndSet(handshaking, new Phase.Open(pump, handshaking.endpoint()));
    }

    private static void requireAcceptable(HandshakeFacts agreed, Endpoint endpoint) throws TlsException {
        if (endpoint.fipsRequired() && !agreed.fipsApproved()) {
            throw new TlsException(
                    ErrorReason.NOT_FIPS_APPROVED,
                    "the handshake is complete, but not all of it was done in FIPS approved mode");
        }
        agreed.requirePeerJudged();
        if (endpoint.keyLog().isPresent()) {
            endpoint.keyLog().get().requireWritten(agreed.version());
        }
    }

    /** For how long the server says a TLS 1.2 ticket is good; empty when it did not. */
    public Optional<Duration> ticketLifetime() {
        return now().lastLive().flatMap(live -> live.pump().observer().ticketLifetime());
    }

    /** Whether the server has sent a session ticket, as far as can be seen. */
    public boolean ticketReceived() {
        return now().lastLive().map(live -> live.pump().ticketReceived()).orElse(false);
    }

    /**
     * Reads decrypted bytes, after the handshake if need be.
     *
     * @return how many, at least 1 unless {@code target} is full; {@link #END} after the peer's close_notify
     */
    public int read(ByteBuffer target, Deadline deadline) throws IOException {
        if (!target.hasRemaining()) {
            return 0;
        }
        handshake(deadline);
        reading.lock();
        try {
            return readLocked(requireLive(now()).pump(), target, deadline);
        } catch (SSLException | RuntimeException e) {
            throw fail(e);
        } finally {
            reading.unlock();
        }
    }

    private int readLocked(EnginePump pump, ByteBuffer target, Deadline deadline) throws IOException {
        int before = target.position();
        sendOn();
        for (; ; ) {
            Step step = pump.read(target);
            answer(pump);
            if (step != Step.NEED_INPUT) {
                return step == Step.END ? END : target.position() - before;
            }
            if (records.unsent() > MAX_UNSENT) {
                throw TlsWantWriteException.INSTANCE;
            }
            try {
                records.receive(pump.missing(), deadline, "without close_notify");
            } catch (TlsEofException truncated) {
                if (raggedEof.get() == RaggedEof.END_OF_DATA) {
                    return END;
                }
                throw truncated;
            }
        }
    }

    /**
     * Encrypts and sends from {@code source}, after the handshake if need be.
     *
     * @return how many bytes were taken; all of them on a blocking transport. Some of their records may not have been
     *     sent yet: see {@link #flush}
     * @throws TlsWantWriteException when nothing was taken, because the transport has to be waited for
     */
    public int write(ByteBuffer source, Deadline deadline) throws IOException {
        handshake(deadline);
        int before = source.remaining();
        EnginePump pump;
        writing.lock();
        try {
            Phase now = now();
            pump = requireLive(now).pump();
            if (now instanceof Phase.Closing) {
                throw shutDown("this end has sent close_notify");
            }
            while (records.flushed() && source.hasRemaining()) {
                pump.write(source, SEND_SIZE);
            }
        } catch (SSLException | RuntimeException e) {
            throw fail(e);
        } finally {
            writing.unlock();
        }
        answer(pump);
        int taken = before - source.remaining();
        if (taken == 0 && before > 0) {
            throw TlsWantWriteException.INSTANCE;
        }
        return taken;
    }

    /**
     * Ends the connection in both directions: sends close_notify and waits for the peer's. What follows it in the
     * transport is not TLS any more; {@link #leftover} has what was read of that.
     *
     * @throws TlsException APPLICATION_DATA_AFTER_CLOSE_NOTIFY when the peer has sent data that nobody read yet; read
     *     it and repeat the call
     */
    public void shutdown(Deadline deadline) throws IOException {
        closeOutbound();
        reading.lock();
        try {
            Phase.Live live = requireLive(now());
            if (closeNotifyIsNext(live.pump(), deadline)) {
                answer(live.pump());
                phase.compareAndSet(live, new Phase.Closed(Optional.of(live)));
                return;
            }
        } catch (SSLException | RuntimeException e) {
            throw fail(e);
        } finally {
            reading.unlock();
        }
        throw new TlsException(
                ErrorReason.APPLICATION_DATA_AFTER_CLOSE_NOTIFY,
                "the peer sent data before its close_notify; read it, then unwrap again");
    }

    private boolean closeNotifyIsNext(EnginePump pump, Deadline deadline) throws IOException {
        Step step = pump.readCloseNotify();
        while (step == Step.NEED_INPUT) {
            records.receive(pump.missing(), deadline, "without close_notify");
            step = pump.readCloseNotify();
        }
        return step == Step.END;
    }

    /** Sends close_notify and stops writing; reading goes on. The second time it does nothing. */
    public void closeOutbound() throws IOException {
        writing.lock();
        try {
            Phase now = now();
            if (now instanceof Phase.Open open) {
                open.pump().closeOutbound();
                phase.compareAndSet(open, new Phase.Closing(open.pump(), open.endpoint()));
            } else if (!(now instanceof Phase.Closing)) {
                requireLive(now);
                throw shutDown("the handshake is not complete");
            }
            records.requireFlushed();
        } catch (SSLException | RuntimeException e) {
            throw fail(e);
        } finally {
            writing.unlock();
        }
    }

    /**
     * Keying material of the completed handshake.
     *
     * @throws TlsException when the connection is closed or the backend refuses
     */
    public byte[] exportKeyingMaterial(String label, Optional<Bytes> context, int length) throws TlsException {
        Phase.Live live = requireLive(now());
        try {
            return live.endpoint().engine().exportKeyingMaterial(label, context, length);
        } catch (SSLException e) {
            throw new TlsException(
                    ErrorReason.INTERNAL_ERROR, "the backend exports no keying material: " + e.getMessage(), e);
        }
    }

    /** Whether this end writes no more. */
    public boolean outboundClosed() {
        Phase now = now();
        return now instanceof Phase.Closing || now instanceof Phase.Closed || now instanceof Phase.Failed;
    }

    /** The bytes that came behind the peer's close_notify; they are taken out. */
    public byte[] leftover() {
        reading.lock();
        try {
            return records.inbound().take(records.inbound().size());
        } finally {
            reading.unlock();
        }
    }

    /**
     * Gives the connection up: says close_notify if no writer is in the way, and makes every later operation fail. The
     * owner then ends the transport, which frees the threads that wait there, and calls {@link #release}.
     */
    public void close() {
        if (writing.tryLock()) {
            try {
                if (now() instanceof Phase.Open open) {
                    open.pump().closeOutbound();
                }
                records.flushed();
            } catch (IOException | RuntimeException peerIsGone) {
                // Closing is the answer to that.
            } finally {
                writing.unlock();
            }
        }
        phase.updateAndGet(now -> new Phase.Closed(now.lastLive()));
    }

    /** Frees what the backend holds. Waits for the threads that are inside the connection; the second time it does nothing. */
    public void release() {
        reading.lock();
        writing.lock();
        try {
            now().lastLive().ifPresent(live -> release(live.pump()));
        } finally {
            writing.unlock();
            reading.unlock();
        }
    }

    private static void release(EnginePump pump) {
        DroppedConnections.forget(pump);
        pump.release();
    }

    private Phase now() {
        return Objects.requireNonNull(phase.get());
    }

    private Phase.Live requireLive(Phase now) throws TlsException {
        if (now instanceof Phase.Live live) {
            return live;
        }
        if (now instanceof Phase.Failed failed) {
            throw failed.failure();
        }
        throw shutDown(now instanceof Phase.Closed ? "the connection is closed" : "the handshake has not begun");
    }

    private static TlsException shutDown(String why) {
        return new TlsException(ErrorReason.PROTOCOL_IS_SHUTDOWN, why);
    }

    /**
     * Sends what is queued. After a failure too: the peer may not have all of the alert yet.
     *
     * @return whether nothing is left; false when the transport would have to wait
     */
    public boolean flush() throws IOException {
        writing.lock();
        try {
            return records.flushed();
        } catch (SSLException | RuntimeException e) {
            throw fail(e);
        } finally {
            writing.unlock();
        }
    }

    /** Lends the writers a hand with what the transport would not take, unless one of them is at work. */
    private void sendOn() {
        if (records.unsent() > 0 && writing.tryLock()) {
            try {
                records.flushed();
            } catch (IOException | RuntimeException broken) {
                // What can be read is good all the same; the next write meets the same trouble and says so.
            } finally {
                writing.unlock();
            }
        }
    }

    /**
     * Sends what the engine has to say on its own. Never waits for a writer: one that is at work comes by here when it
     * is done.
     */
    private void answer(EnginePump pump) {
        while (pump.answerDue() && writing.tryLock()) {
            try {
                pump.answer();
                records.flushed();
            } catch (IOException | RuntimeException broken) {
                // What was read is good all the same; the next write meets the same trouble and says so.
            } finally {
                writing.unlock();
            }
        }
    }

    /** Makes {@code cause} the last word of this connection, tells the peer, and returns what to throw. */
    private TlsException fail(Exception cause) {
        if (cause instanceof TlsWantReadException || cause instanceof TlsWantWriteException) {
            return (TlsException) cause;
        }
        if (cause instanceof TlsException own && own.reason() == ErrorReason.PROTOCOL_IS_SHUTDOWN) {
            // The caller came too late or too early; the connection is none the worse for it.
            return own;
        }
        if (cause instanceof TlsZeroReturnException own && facts.isPresent()) {
            return own; // only writing has come to its end
        }
        Phase now = now();
        if (now instanceof Phase.Failed failed) {
            return failed.failure();
        }
        if (now instanceof Phase.Live live) {
            live.pump().failed(cause);
            answer(live.pump());
            return settle(live.pump().explain(cause));
        }
        TlsException failure = FailureMapper.map(cause);
        if (now instanceof Phase.AwaitingHello) {
            refuse(failure);
        }
        return settle(failure);
    }

    /** Makes {@code failure} the last word unless there was one, wherever another thread has got the connection meanwhile. */
    private TlsException settle(TlsException failure) {
        Phase after = phase.updateAndGet(now -> now instanceof Phase.Closed || now instanceof Phase.Failed
                ? now
                : new Phase.Failed(failure, now.lastLive()));
        return after instanceof Phase.Failed failed ? failed.failure() : failure;
    }

    /** There is no engine yet to send the alert. */
    private void refuse(TlsException failure) {
        try {
            failure.alert()
                    .flatMap(TlsAlert::description)
                    .ifPresent(alert -> records.outbound().put(AlertRewriter.record(alert)));
            records.flushed();
        } catch (IOException peerIsGone) {
            // Then there is nobody to tell.
        }
    }
}
