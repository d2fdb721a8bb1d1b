package io.omnitls.internal.engine;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.error.TlsZeroReturnException;
import io.omnitls.internal.verify.PeerAuthentication;
import io.omnitls.internal.wire.Refusal;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.spi.EngineCall;
import io.omnitls.spi.TlsEngine;
import io.omnitls.spi.VerifyFailure;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Moves one connection's bytes through its engine. The only caller of {@code wrap}, {@code unwrap} and delegated tasks;
 * never blocks and knows no transport.
 *
 * <p>The inbound half (fields {@code inbound}, {@code plaintext}) belongs to whoever holds the connection's read lock,
 * the outbound half to whoever holds its write lock; a handshake holds both.
 */
final class EnginePump {
    private static final ByteBuffer NO_DATA = ByteBuffer.allocate(0);
    private static final ByteBuffer NO_ROOM = ByteBuffer.allocate(0);

    /** What an operation needs before it can go on. */
    enum Step {
        /** Nothing: it is complete. */
        DONE,
        /** More bytes in {@link #inbound}. */
        NEED_INPUT,
        /** Nothing more can come: the peer's close_notify was read. */
        END
    }

    private final TlsEngine engine;
    private final SSLEngine sslEngine;
    private final PeerAuthentication authentication;
    private final FlightObserver observer;
    private final AlertMaker alerts;

    // Inbound half.
    private final ByteQueue inbound;
    private final RecordGuard guard;
    private final Plaintext plaintext;
    private @Nullable SharedQueue arriving; // of an open connection in memory, in the place of inbound
    private volatile boolean silentRecord; // after the handshake, one came that held no data
    private volatile boolean closeNotifyReceived; // a fact about one direction; the phase is about both
    private int idleTurns; // in a row, in which no byte moved although there were some

    // For those who only ask: as the inbound half was when it last came to rest.
    private volatile int pending;
    private volatile boolean wholeRecord; // there is one to decrypt, or something that is none

    // Outbound half.
    private final ByteQueue outbound;
    private final OutgoingRecords records;
    private boolean begun; // beginHandshake must be called once, and an engine does not tell
    private volatile boolean closeNotifySent; // a fact about one direction; the phase is about both

    /** Set by the reader when the engine has something to say, cleared by whoever lets it. */
    private volatile boolean answerDue;

    private volatile Optional<Throwable> failure = Optional.empty();
    private volatile Optional<VerifyFailure> verdict = Optional.empty(); // set with the failure, where it is about that

    private final AtomicBoolean released = new AtomicBoolean(); // the engine's own resources, once

    EnginePump(Endpoint endpoint, ByteQueue inbound, ByteQueue outbound) {
        this.engine = endpoint.engine();
        this.sslEngine = engine.sslEngine();
        this.authentication = endpoint.authentication();
        FlightRules rules = new FlightRules(endpoint.role());
        this.observer = new FlightObserver(endpoint.role(), rules);
        this.guard = new RecordGuard(
                endpoint.role(),
                inbound,
                rules,
                observer,
                new EarlyDataFilter(endpoint.role(), rules, authentication.asksForCertificate()),
                authentication);
        this.inbound = inbound;
        this.outbound = outbound;
        this.plaintext = new Plaintext(engine, observer);
        this.records =
                new OutgoingRecords(outbound, new RecordMaker(engine, observer), observer, guard, endpoint.keyLog());
        this.alerts = new AlertMaker(engine, observer, outbound, new Engine());
    }

    FlightObserver observer() {
        return observer;
    }

    /** How many decrypted bytes wait to be read. Needs no lock. */
    int pending() {
        return pending;
    }

    /** Whether a read would find something, if only a failure: decrypted bytes, or a whole record. Needs no lock. */
    boolean hasPending() {
        return pending > 0 || wholeRecord;
    }

    /** Tells those who ask how the inbound half is now, which the caller has. */
    void tellPending() {
        // Written where there is a change: each of them is seen by all processors, and there is one for each record.
        int now = plaintext.size();
        if (pending != now) {
            pending = now;
        }
        boolean whole = arriving == null && !closeNotifyReceived && wholeRecordIsThere();
        if (wholeRecord != whole) {
            wholeRecord = whole;
        }
    }

    /** Nobody reads for now: what the inbound half has no use for is lent to others. Needs the inbound half. */
    void rest() {
        plaintext.rest();
        inbound.rest();
    }

    /** The handshake is complete: of what it took, nothing stays that an idle connection has no use for. Needs both halves. */
    void opened() {
        guard.opened();
        observer.forget();
        rest();
    }

    /**
     * The handshake is complete, and both halves have come to rest: from now on the engine takes records from where their owner
     * puts them and makes them where he gets them.
     */
    void workIn(SharedQueue incoming, SharedQueue outgoing) {
        arriving = incoming;
        records.makeIn(outgoing);
    }

    private boolean wholeRecordIsThere() {
        try {
            return missing() == 0;
        } catch (TlsException noRecord) {
            return true;
        }
    }

    /** Whether the peer's close_notify was read. */
    boolean closeNotifyReceived() {
        return closeNotifyReceived;
    }

    /** Whether this end's close_notify was made. */
    boolean closeNotifySent() {
        return closeNotifySent;
    }

    /**
     * Whether the server has sent a session ticket. In TLS 1.3 it is encrypted, so any record without data after the
     * handshake is taken for one; it may have been a KeyUpdate.
     */
    boolean ticketReceived() {
        return observer.ticketLifetime().isPresent() || silentRecord;
    }

    /** Whether the engine wants to send something that nobody asked for: an alert, or the answer to a KeyUpdate. */
    boolean answerDue() {
        return answerDue;
    }

    /** Goes on with the handshake until it is complete or lacks input. Needs both halves. */
    Step handshake() throws SSLException {
        // Trust and key managers run inside the engine's calls and find their connection by its thread.
        return EngineCall.during(engine, authentication, () -> {
            if (!begun) {
                begun = true;
                engine.beginHandshake();
            }
            return handshakeSteps();
        });
    }

    private Step handshakeSteps() throws SSLException {
        idleTurns = 0;
        for (; ; ) {
            HandshakeStatus status = sslEngine.getHandshakeStatus();
            requireProgress(status);
            switch (status) {
                case NEED_TASK -> runTasks();
                case NEED_WRAP -> {
                    if (records.wrap(NO_DATA)) {
                        idleTurns = 0;
                    } else if (sslEngine.isOutboundDone()) {
                        throw new TlsException(ErrorReason.INTERNAL_ERROR, "the engine closed during the handshake");
                    }
                }
                default -> { // NEED_UNWRAP, and NEED_UNWRAP_AGAIN, which old versions of Android do not know
                    Step step = unwrap(NO_ROOM);
                    if (step == Step.END) {
                        throw new TlsZeroReturnException("the peer sent close_notify during the handshake");
                    }
                    if (step == Step.NEED_INPUT) {
                        return step;
                    }
                }
                case FINISHED, NOT_HANDSHAKING -> {
                    handOutPortions();
                    return Step.DONE;
                }
            }
        }
    }

    /**
     * Runs the delegated tasks. SunJSSE keeps what one of them threw for its next call, and on JDK 17 may say NEED_UNWRAP
     * meanwhile; the peer, who owes nothing, sends nothing, so one call without a record brings it out. After the handshake
     * nobody else would.
     */
    private HandshakeStatus runTasks() throws SSLException {
        engine.runDelegatedTasks();
        HandshakeStatus status = sslEngine.getHandshakeStatus();
        if (status == HandshakeStatus.NEED_UNWRAP || observer.complete()) {
            plaintext.unwrap(NO_DATA, NO_ROOM);
            status = sslEngine.getHandshakeStatus();
        }
        return status;
    }

    /** An engine that asks for the same again and again would have this thread for ever, and its locks with it. */
    private void requireProgress(Object state) {
        if (++idleTurns > MAX_IDLE_TURNS) {
            throw new AssertionError("the engine makes no progress: " + state);
        }
    }

    /** Puts decrypted bytes into {@code target}, at least one unless the step says otherwise. Needs the inbound half. */
    Step read(ByteBuffer target) throws SSLException {
        int before = target.remaining();
        while (target.remaining() == before) {
            if (!plaintext.isEmpty()) {
                plaintext.take(target);
                return Step.DONE;
            }
            if (closeNotifyReceived) {
                return Step.END;
            }
            Step step = unwrap(target);
            if (step == Step.NEED_INPUT) {
                return step;
            }
        }
        return Step.DONE;
    }

    /** Looks for the peer's close_notify: END when it came, DONE when data came before it. Needs the inbound half. */
    Step readCloseNotify() throws SSLException {
        while (plaintext.isEmpty() && !closeNotifyReceived) {
            Step step = unwrap(NO_ROOM);
            if (step == Step.NEED_INPUT) {
                return step;
            }
        }
        return plaintext.isEmpty() ? Step.END : Step.DONE;
    }

    /** Takes in one record: what {@code target} has no room for is left in {@code plaintext}. */
    private Step unwrap(ByteBuffer target) throws SSLException {
        SSLEngineResult result = taken(target);
        if (result == null) {
            return Step.NEED_INPUT;
        }
        if (result.bytesConsumed() > 0) {
            idleTurns = 0;
        } else {
            requireProgress(result);
        }
        guard.decrypted(result.bytesConsumed(), result.bytesProduced());
        HandshakeStatus status = result.getHandshakeStatus();
        if (status == HandshakeStatus.NEED_TASK) {
            status = runTasks(); // after the handshake nobody else would
        }
        if (observer.complete() && status == HandshakeStatus.NEED_UNWRAP) {
            // SunJSSE takes a message that TLS 1.3 knows no more for the beginning of a handshake, and waits for its
            // rest.
            throw Refusal.of(
                    ErrorReason.UNEXPECTED_MESSAGE,
                    AlertDescription.UNEXPECTED_MESSAGE,
                    "the peer sent a handshake message that has no place after the handshake");
        }
        if (status == HandshakeStatus.NEED_WRAP) {
            answerDue = true;
        }
        if (result.bytesProduced() == 0 && !silentRecord && observer.complete()) {
            silentRecord = true;
        }
        return switch (result.getStatus()) {
            case OK -> Step.DONE;
            case CLOSED -> {
                closeNotifyReceived = true;
                yield Step.END;
            }
            // The record was whole, and the room was what the engine had asked for.
            case BUFFER_UNDERFLOW, BUFFER_OVERFLOW -> throw new AssertionError(result);
        };
    }

    /** What the engine makes of the next record; null when it is not there. */
    private @Nullable SSLEngineResult taken(ByteBuffer target) throws SSLException {
        SharedQueue shared = arriving;
        if (shared == null) {
            return taken(inbound, target);
        }
        shared.lock().lock();
        try {
            return taken(shared.bytes(), target);
        } finally {
            shared.bytes().rest();
            shared.lock().unlock();
        }
    }

    private @Nullable SSLEngineResult taken(ByteQueue queue, ByteBuffer target) throws SSLException {
        if (guard.missing(queue) > 0) {
            return null;
        }
        int length = queue.recordSize(0);
        ByteBuffer source = queue.front(length);
        SSLEngineResult result = plaintext.unwrap(source, target, length);
        if (engine.decryptsInPlace()) {
            queue.wipeFront(result.bytesConsumed());
        }
        queue.skip(result.bytesConsumed());
        guard.taken(result.bytesConsumed());
        return result;
    }

    /**
     * How many bytes the next record lacks; 0 when it is whole.
     *
     * @throws TlsException when what came is no record, or one that no peer may send
     */
    int missing() throws TlsException {
        return arriving == null ? guard.missing(inbound) : 1;
    }

    /** Encrypts from {@code source} until it is empty or {@code outbound} holds {@code enough} bytes. */
    void write(ByteBuffer source, int enough) throws SSLException {
        while (source.hasRemaining() && !records.waiting(enough)) {
            writeRecord(source);
        }
    }

    /**
     * Encrypts one record of what {@code source} has; all of it stands in the queue then. An engine may come back without having taken
     * anything: with records of its own that come first, or with a part of what the same data will become when it is called again.
     */
    void writeRecord(ByteBuffer source) throws SSLException {
        int data = source.remaining();
        int turns = 0;
        do {
            if (++turns > MAX_IDLE_TURNS) {
                throw new AssertionError("the engine makes records and takes no data");
            }
            if (!records.wrap(source)) {
                throw new TlsZeroReturnException(
                        "the peer has closed the connection, and this backend or version cannot write after that");
            }
            handOutPortions();
        } while (data > 0 && source.remaining() == data);
    }

    private void handOutPortions() throws SSLException {
        while (engine.moreToSend() && records.wrap(NO_DATA)) {
            // Each turn hands out a portion.
        }
    }

    /** Lets the engine say what it wants to say: the last word if it has failed. Needs the outbound half. */
    void answer() throws SSLException {
        answerDue = false;
        if (released.get()) {
            return; // a writer comes by after it has let go of its lock, and the connection may have been freed
            // meanwhile
        }
        Optional<Throwable> cause = failure;
        if (cause.isPresent()) {
            records.holdBack();
            alerts.say(cause.get(), verdict);
            return;
        }
        while (sslEngine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP && records.wrap(NO_DATA)) {
            // Each turn makes one record.
        }
        // In TLS 1.2 engines answer a close_notify by themselves (RFC 5246 section 7.2.1).
        if (closeNotifyReceived && sslEngine.isOutboundDone()) {
            closeNotifySent = true;
        }
    }

    /** Queues this end's close_notify. Needs the outbound half. */
    void closeOutbound() throws SSLException {
        engine.closeOutbound();
        while (!sslEngine.isOutboundDone() && records.wrap(NO_DATA)) {
            // Each turn makes one record.
        }
        closeNotifySent = true;
    }

    /** Queues that the handshake is given up, whether the engine has a word for that or not. Needs the outbound half. */
    void abandon() throws SSLException {
        int before = outbound.size();
        closeOutbound();
        if (begun && outbound.size() == before) {
            alerts.cancel();
        }
    }

    /** The engine, or what came for it, failed: there is an alert to send. Called by the side that noticed. */
    void failed(Throwable cause) {
        SharedQueue shared = arriving;
        if (shared == null) {
            alerts.prepare(cause, inbound);
        } else {
            shared.lock().lock();
            try {
                alerts.prepare(cause, shared.bytes());
            } finally {
                shared.lock().unlock();
            }
        }
        verdict = PeerVerdict.of(cause, engine, observer, authentication);
        failure = Optional.of(cause);
        answerDue = true;
    }

    private final class Engine implements AlertMaker.Records {
        @Override
        public boolean wrap() throws SSLException {
            return records.wrap(NO_DATA);
        }

        @Override
        public void feed(ByteBuffer records) {
            // A writer may be who failed: what the reader's half has, it must not touch.
            ByteBuffer unread = ByteBuffer.allocate(plaintext.room());
            try {
                engine.unwrap(records, new ByteBuffer[] {unread});
            } catch (Throwable expected) {
                // What we found ourselves is the better explanation.
            } finally {
                Arrays.fill(unread.array(), (byte) 0);
            }
        }
    }

    /** Lets the engine end a connection whose handshake it thinks good. Needs the outbound half. */
    void refuse(AlertDescription alert) throws SSLException {
        alerts.refuse(alert);
    }

    /** What the application sees of {@code cause}, with the alert that went out for it. */
    TlsException explain(Throwable cause) {
        return FailureMapper.map(cause, engine, verdict, alerts.sent(), authentication);
    }

    /** Lets the engine and the plaintext go; the second time it does nothing. Needs both halves. */
    void release() {
        if (released.compareAndSet(false, true)) {
            plaintext.wipe();
            engine.release();
        }
    }

    /** No engine needs more than two or three. */
    private static final int MAX_IDLE_TURNS = 100;
}
