package io.omnitls.internal.engine;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsEofException;
import io.omnitls.error.TlsException;
import io.omnitls.error.TlsSyscallException;
import io.omnitls.internal.wire.RecordHeader;
import io.omnitls.spi.EngineFailure;
import io.omnitls.spi.KeyingMaterialSpec;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;

/**
 * One TLS connection: what moves records between a pump and a transport. Sockets, channels and memory BIOs are this class
 * over different {@link Transport}s.
 *
 * <p>A transport that cannot take more without waiting leaves records in the queue. What made them is done all the same
 * and is not repeated; every later operation, and {@link #flush}, goes on sending them first.
 *
 * <p>One thread may read while another writes; neither waits for the other. A handshake needs both directions and
 * excludes both. Who asks what there is to know, or closes, waits for nobody.
 *
 * <p>An engine calls code of the application: trust, keys, clocks, callbacks. That code must not use the connection that
 * called it, which is in the middle of something, and is told so; {@link #close} takes effect when it returns.
 */
public final class ConnectionCore {
    /** What {@link #read} answers after the peer's close_notify. */
    public static final int END = -1;

    private final ConnectionState state;
    private final RecordStream records;
    private final Occupancy occupancy;
    private final OutboundHalf outbound;
    private final LastWord lastWord;
    private final Handshaker handshaker;
    private final InboundHalf inbound;

    /** What the end of the transport means where the peer's close_notify is missing. */
    public enum RaggedEof {
        /** The data may be truncated: {@link TlsEofException}. */
        ERROR,
        /** The end of the data, as Python's {@code suppress_ragged_eofs} has it. */
        END_OF_DATA
    }

    private ConnectionCore(Phase first, Transport transport, Supplier<RaggedEof> raggedEof, Milestones milestones) {
        records = new RecordStream(transport);
        state = new ConnectionState(first, records, milestones);
        occupancy = new Occupancy(state.reading(), state.writing());
        outbound = new OutboundHalf(state);
        lastWord = new LastWord(state, outbound);
        handshaker = new Handshaker(state, lastWord);
        inbound = new InboundHalf(state, outbound, lastWord, raggedEof);
    }

    /** A client, which speaks first. */
    public static ConnectionCore client(
            Endpoint.Opener opener, Transport transport, Supplier<RaggedEof> raggedEof, Milestones milestones) {
        return new ConnectionCore(new Phase.Unstarted(opener), transport, raggedEof, milestones);
    }

    /** A server, which hears the ClientHello before it decides anything. */
    public static ConnectionCore server(
            Endpoint.ForHello acceptor, Transport transport, Supplier<RaggedEof> raggedEof, Milestones milestones) {
        return new ConnectionCore(new Phase.AwaitingHello(new HelloGate(acceptor)), transport, raggedEof, milestones);
    }

    /** What the handshake agreed on; empty until it is complete, and kept after the connection is closed. */
    public Optional<HandshakeFacts> facts() {
        return state.facts();
    }

    /** What a handshake that is under way will agree on if it is completed, as far as that is known. */
    public Optional<Chosen> chosen() {
        return state.now() instanceof Phase.Handshaking handshaking
                ? handshaking.pump().observer().chosen()
                : Optional.empty();
    }

    /** How many decrypted bytes can be read without waiting for the transport. Never waits. */
    public int pending() {
        return state.now() instanceof Phase.Live live ? live.pump().pending() : 0;
    }

    /**
     * Whether a read can go on without the transport: there are decrypted bytes, or a whole record that was received
     * ahead. OpenSSL's {@code SSL_has_pending}. Never waits.
     */
    public boolean hasPending() {
        return state.now() instanceof Phase.Live live && live.pump().hasPending();
    }

    /** For how long the server says a TLS 1.2 ticket is good; empty when it did not. */
    public Optional<Duration> ticketLifetime() {
        return state.now().lastLive().flatMap(live -> live.pump().observer().ticketLifetime());
    }

    /** Whether the server has sent a session ticket, as far as can be seen. */
    public boolean ticketReceived() {
        return state.now().lastLive().map(live -> live.pump().ticketReceived()).orElse(false);
    }

    /** Whether this end has sent close_notify. */
    public boolean closeNotifySent() {
        return state.now().lastLive().map(live -> live.pump().closeNotifySent()).orElse(false);
    }

    /** Whether the peer's close_notify was read. */
    public boolean closeNotifyReceived() {
        return state.now()
                .lastLive()
                .map(live -> live.pump().closeNotifyReceived())
                .orElse(false);
    }

    /** Whether this end writes no more. */
    public boolean outboundClosed() {
        Phase now = state.now();
        return !(now instanceof Phase.Opening || now instanceof Phase.Open);
    }

    /** Whether something fatal happened, which every later operation will say. */
    public boolean failed() {
        return state.now() instanceof Phase.Failed;
    }

    /** Whether it has failed, now or before it was closed, by more than the end of its transport: its session is not good any more. */
    public boolean sessionSpoilt() {
        return state.sessionSpoilt();
    }

    /** Whether the calling thread is in code that this connection called, and may not use it. */
    public boolean inCallback() {
        return state.inCallback();
    }

    /** Completes the handshake; does nothing when it is complete. */
    public void handshake(Deadline deadline) throws IOException {
        enter();
        try {
            handshaker.complete(deadline);
        } finally {
            leave();
        }
    }

    /**
     * Reads decrypted bytes, after the handshake if need be.
     *
     * @return how many, at least 1 unless {@code target} is full; {@link #END} after the peer's close_notify
     */
    public int read(ByteBuffer target, Deadline deadline) throws IOException {
        if (target.isReadOnly()) { // before a record is taken out that would have no place
            throw new IllegalArgumentException("nothing can be read into a target that is read-only");
        }
        enter();
        try {
            if (!target.hasRemaining()) {
                return 0;
            }
            handshaker.complete(deadline);
            return inbound.read(target, deadline);
        } finally {
            leave();
        }
    }

    /** The same into an array of as many bytes as there are; none after the peer's close_notify. */
    public byte[] read(int limit, Deadline deadline) throws IOException {
        if (limit < 0) {
            throw new IllegalArgumentException("a limit of " + limit + " bytes");
        }
        Chunk chunk = ChunkPool.shared().take(Math.min(limit, RecordHeader.MAX_PLAINTEXT));
        ByteBuffer target = chunk.back(0);
        ((Buffer) target).limit(Math.min(limit, RecordHeader.MAX_PLAINTEXT));
        int used = ((Buffer) target).limit(); // of a record that is refused, nobody knows how much was put there
        try {
            int count = Math.max(0, read(target, deadline));
            used = count;
            return Arrays.copyOf(chunk.array(), count);
        } finally {
            Arrays.fill(chunk.array(), 0, used, (byte) 0);
            ChunkPool.shared().give(chunk);
        }
    }

    /**
     * Encrypts and sends from {@code source}, after the handshake if need be.
     *
     * @param deadline the limit for the handshake; what is sent then has none but {@link #within}
     * @return how many bytes were taken; all of them on a blocking transport. Some of their records may not have been
     *     sent yet: see {@link #flush}
     * @throws io.omnitls.error.TlsWantWriteException when nothing was taken, because the transport has to be waited for
     */
    public int write(ByteBuffer source, Deadline deadline) throws IOException {
        enter();
        try {
            handshaker.complete(deadline);
            int before = source.remaining();
            outbound.write(source, lastWord);
            return before - source.remaining();
        } finally {
            leave();
        }
    }

    /**
     * Encrypts what fits into one record from buffers that are taken in turn, on an open connection.
     *
     * @param most how many bytes of data the record may have
     * @return how many bytes were taken
     * @throws io.omnitls.error.TlsZeroReturnException when the peer has sent close_notify and the backend writes no more
     */
    public int writeRecord(ByteBuffer[] sources, int offset, int length, int most) throws IOException {
        enter();
        try {
            return RecordSource.of(sources, offset, length, most)
                    .drained(source -> outbound.writeRecord(source, lastWord));
        } finally {
            leave();
        }
    }

    /** Whether a server's tickets come with its first data, see {@link io.omnitls.spi.TlsEngine#ticketsBeforeData}. */
    public boolean ticketsBeforeData() throws TlsException {
        return state.requireLive().endpoint().engine().ticketsBeforeData();
    }

    /** Something that this connection does. */
    public interface Operation<T> {
        /** Does it. */
        T run() throws IOException;
    }

    /**
     * Does something that ends the connection if it takes longer: nothing less gets a writer out of a transport that
     * takes no more.
     *
     * @throws SocketTimeoutException when the time is over, and the connection with it
     */
    public <T> T within(int millis, Operation<T> operation) throws IOException {
        String late = "not sent within " + millis + " ms, so the connection is ended";
        Watchdog limit = new Watchdog(millis, () -> giveUp(late));
        try {
            return operation.run();
        } catch (IOException e) {
            if (limit.calledOff()) {
                throw e;
            }
            SocketTimeoutException timeout = new SocketTimeoutException(late);
            timeout.initCause(e);
            throw timeout;
        } finally {
            limit.calledOff();
        }
    }

    private void giveUp(String why) {
        state.failed(new TlsSyscallException(why, new SocketTimeoutException(why)));
        endTransport();
    }

    /**
     * Ends the connection in both directions: sends close_notify and waits for the peer's. What follows it in the
     * transport is not TLS any more; {@link #leftover} has what was read of that. The second time it does nothing.
     *
     * @throws TlsException APPLICATION_DATA_AFTER_CLOSE_NOTIFY when the peer has sent data that nobody read yet; read
     *     it and repeat the call
     */
    public void shutdown(Deadline deadline) throws IOException {
        enter();
        try {
            requireHandshakeOver();
            outbound.close(deadline, lastWord);
            inbound.awaitCloseNotify(deadline);
        } finally {
            leave();
        }
    }

    /** Sends close_notify and stops writing; reading goes on. The second time it does nothing. */
    public void closeOutbound(Deadline deadline) throws IOException {
        enter();
        try {
            requireHandshakeOver();
            outbound.close(deadline, lastWord);
        } finally {
            leave();
        }
    }

    /** As {@code SSL_shutdown}, at once: another thread's handshake is not waited for. */
    private void requireHandshakeOver() throws TlsException {
        if (state.awaitsHandshake()) {
            throw new TlsException(
                    ErrorReason.SHUTDOWN_WHILE_IN_INIT, "the handshake is not complete, so TLS cannot be ended yet");
        }
    }

    /**
     * Gives up a handshake that is not complete, in which no thread is at work: the engine, if there is one yet, says what it
     * has to say to that, and every later operation fails.
     */
    public void abandon() throws IOException {
        enter();
        try {
            outbound.abandon();
            closeNow();
        } finally {
            leave();
        }
    }

    /** Makes every read answer the end of the data; the owner then wakes the one that waits in the transport. */
    public void shutdownInbound() {
        inbound.shutDown();
    }

    /**
     * Sends what is queued. After a failure too: the peer may not have all of the alert yet.
     *
     * @return whether nothing is left; false when the transport would have to wait
     */
    public boolean flush() throws IOException {
        enter();
        try {
            return outbound.flush(lastWord);
        } finally {
            leave();
        }
    }

    /**
     * Keying material of the completed handshake.
     *
     * @throws TlsException when the connection is closed or the backend refuses
     */
    public byte[] exportKeyingMaterial(KeyingMaterialSpec wanted) throws TlsException {
        occupancy.enterAsGuest(); // what it is made of is wiped when the last one leaves
        try {
            return state.requireLive().endpoint().engine().exportKeyingMaterial(wanted);
        } catch (TlsException e) {
            throw e;
        } catch (SSLException e) {
            throw new TlsException(
                    ErrorReason.INTERNAL_ERROR, "the backend exports no keying material: " + EngineFailure.text(e), e);
        } finally {
            occupancy.leaveAsGuest();
            leave();
        }
    }

    /** The bytes that came behind the peer's close_notify; they are taken out. */
    public byte[] leftover() {
        try {
            return inbound.leftover();
        } finally {
            leave();
        }
    }

    /**
     * Ends the connection and its transport: says close_notify if no writer is in the way, makes every later operation
     * fail, and frees the threads that wait. Waits for none of them, and for the peer a second at most. Called by code
     * that this connection called, it takes effect when that returns.
     */
    public void close() throws IOException {
        if (state.inCallback()) {
            state.wantClose();
            return;
        }
        try {
            closeNow();
        } finally {
            leave();
        }
    }

    private void closeNow() throws IOException {
        if (records.transport().blocking()) {
            Watchdog patience = new Watchdog(LastWord.LIMIT_MILLIS, this::endTransport);
            outbound.sayGoodbye();
            patience.calledOff();
        } else {
            outbound.sayGoodbye();
        }
        state.closed();
        occupancy.end();
        records.transport().close();
    }

    private void endTransport() {
        try {
            records.transport().close();
        } catch (IOException gone) {
            // That is what was wanted.
        }
    }

    /** Frees what the backend holds as soon as no thread is inside, and leaves the transport to its owner. */
    public void release() {
        occupancy.end();
        leave();
    }

    private void enter() {
        if (state.inCallback()) {
            throw new IllegalStateException("a callback cannot use the connection that has called it;"
                    + " do that when the operation that it is part of has returned");
        }
    }

    private void leave() {
        if (state.closeWanted() && !state.inCallback()) {
            state.closeDone();
            try {
                closeNow();
            } catch (IOException gone) {
                // Nobody is there to be told: the callback has returned.
            }
        }
        if (occupancy.ended() && !state.inCallback()) {
            occupancy.passBy(this::free);
        }
    }

    private void free() {
        state.now().lastLive().map(Phase.Live::pump).ifPresent(pump -> {
            DroppedConnections.forget(pump);
            pump.release();
        });
    }
}
