package io.omnitls.internal.engine;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.error.TlsZeroReturnException;
import io.omnitls.internal.verify.PeerAuthentication;
import io.omnitls.internal.wire.RecordHeader;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.TlsAlert;
import io.omnitls.spi.AlertChoice;
import io.omnitls.spi.EngineFailure;
import io.omnitls.spi.TlsEngine;
import io.omnitls.spi.VerifyFailure;
import java.nio.ByteBuffer;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/**
 * Moves one connection's bytes through its engine. The only caller of {@code wrap}, {@code unwrap} and delegated tasks;
 * never blocks and knows no transport.
 *
 * <p>The inbound half (fields {@code inbound}, {@code plaintext}) belongs to whoever holds the connection's read lock,
 * the outbound half to whoever holds its write lock; a handshake holds both.
 */
final class EnginePump {
    private static final ByteBuffer NO_DATA = ByteBuffer.allocate(0);

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
    private final Optional<ConnectionKeyLog> keyLog;

    // Inbound half.
    private final ByteQueue inbound;
    private final ByteQueue plaintext = new ByteQueue();
    private volatile boolean silentRecord; // after the handshake, one came that held no data
    private boolean closeNotifyReceived; // a fact about one direction; the phase is about both

    // Outbound half.
    private final ByteQueue outbound;
    private boolean begun; // beginHandshake must be called once, and an engine does not tell

    /** Set by the reader when the engine has something to say, cleared by whoever lets it. */
    private volatile boolean answerDue;

    private volatile Optional<Exception> failure = Optional.empty();
    private volatile Optional<VerifyFailure> verdict = Optional.empty(); // set with the failure, where it is about that
    private volatile Optional<TlsAlert> rewrittenAlert = Optional.empty();
    private boolean released; // the engine's own resources, once

    EnginePump(Endpoint endpoint, ByteQueue inbound, ByteQueue outbound) {
        this.engine = endpoint.engine();
        this.sslEngine = engine.sslEngine();
        this.authentication = endpoint.authentication();
        this.observer = new FlightObserver(endpoint.role());
        this.keyLog = endpoint.keyLog();
        this.inbound = inbound;
        this.outbound = outbound;
    }

    FlightObserver observer() {
        return observer;
    }

    /** How many decrypted bytes wait to be read. */
    int pending() {
        return plaintext.size();
    }

    /** Whether a read would find something, if only a failure: decrypted bytes, or a whole record. */
    boolean hasPending() {
        if (!plaintext.isEmpty()) {
            return true;
        }
        try {
            return !closeNotifyReceived && missing() == 0;
        } catch (TlsException noRecord) {
            return true;
        }
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
        Optional<PeerAuthentication> before = authentication.enter();
        try {
            if (!begun) {
                begun = true;
                engine.beginHandshake();
            }
            return handshakeSteps();
        } finally {
            PeerAuthentication.exit(before);
        }
    }

    private Step handshakeSteps() throws SSLException {
        for (; ; ) {
            HandshakeStatus status = sslEngine.getHandshakeStatus();
            switch (status) {
                case NEED_TASK -> engine.runDelegatedTasks();
                case NEED_WRAP -> {
                    if (!wrap(NO_DATA) && sslEngine.isOutboundDone()) {
                        throw new TlsException(ErrorReason.INTERNAL_ERROR, "the engine closed during the handshake");
                    }
                }
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    Step step = unwrap(plaintext.back(sslEngine.getSession().getApplicationBufferSize()));
                    plaintext.added();
                    if (step == Step.END) {
                        throw new TlsZeroReturnException("the peer sent close_notify during the handshake");
                    }
                    if (step == Step.NEED_INPUT) {
                        return step;
                    }
                }
                case FINISHED, NOT_HANDSHAKING -> {
                    return Step.DONE;
                }
            }
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
            int room = sslEngine.getSession().getApplicationBufferSize();
            Step step;
            if (before >= room) {
                step = unwrap(target);
            } else {
                // Engines want room for the largest record; a smaller target is served from the queue.
                step = unwrap(plaintext.back(room));
                plaintext.added();
            }
            if (step == Step.NEED_INPUT) {
                return step;
            }
        }
        return Step.DONE;
    }

    /** Looks for the peer's close_notify: END when it came, DONE when data came before it. Needs the inbound half. */
    Step readCloseNotify() throws SSLException {
        while (plaintext.isEmpty() && !closeNotifyReceived) {
            Step step = unwrap(plaintext.back(sslEngine.getSession().getApplicationBufferSize()));
            plaintext.added();
            if (step == Step.NEED_INPUT) {
                return step;
            }
        }
        return plaintext.isEmpty() ? Step.END : Step.DONE;
    }

    /** Takes in one record whose plaintext fits into {@code target}. */
    private Step unwrap(ByteBuffer target) throws SSLException {
        if (missing() > 0) {
            return Step.NEED_INPUT;
        }
        int length = RecordHeader.read(inbound.array(), inbound.start()).recordSize();
        observer.received(inbound.array(), inbound.start());
        Optional<EngineFailure> alert = observer.fatalAlertReceived();
        if (alert.isPresent()) {
            throw new TlsException(
                    alert.get().reason(), alert.get().detail(), alert.get().alert(), Optional.empty());
        }
        ByteBuffer source = inbound.front(length);
        SSLEngineResult result = engine.unwrap(source, target);
        inbound.skip(result.bytesConsumed());
        HandshakeStatus status = result.getHandshakeStatus();
        if (status == HandshakeStatus.NEED_TASK) {
            engine.runDelegatedTasks(); // after the handshake nobody else would
            status = sslEngine.getHandshakeStatus();
        }
        if (status == HandshakeStatus.NEED_WRAP) {
            answerDue = true;
        }
        if (result.bytesProduced() == 0 && observer.complete()) {
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

    /**
     * How many bytes the next record lacks; 0 when it is whole.
     *
     * @throws TlsException when what came is no record, or one that no peer may send
     */
    int missing() throws TlsException {
        int available = inbound.size();
        if (available < RecordHeader.SIZE) {
            return RecordHeader.SIZE - available;
        }
        RecordHeader header = observer.requireRecord(inbound.array(), inbound.start());
        return Math.max(0, header.recordSize() - available);
    }

    /** Encrypts from {@code source} until it is empty or {@code outbound} holds {@code enough} bytes. */
    void write(ByteBuffer source, int enough) throws SSLException {
        while (source.hasRemaining() && outbound.size() < enough) {
            if (!wrap(source)) {
                throw new TlsZeroReturnException(
                        "the peer has closed the connection, and this backend or version cannot write after that");
            }
        }
    }

    /** Lets the engine say what it wants to say: the last word if it has failed. Needs the outbound half. */
    void answer() throws SSLException {
        answerDue = false;
        Optional<Exception> cause = failure;
        if (cause.isPresent()) {
            sayWhy(cause.get());
            return;
        }
        while (sslEngine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP && wrap(NO_DATA)) {
            // Each turn makes one record.
        }
    }

    /** Queues this end's close_notify. Needs the outbound half. */
    void closeOutbound() throws SSLException {
        engine.closeOutbound();
        while (!sslEngine.isOutboundDone() && wrap(NO_DATA)) {
            // Each turn makes one record.
        }
    }

    /** The engine, or what came for it, failed: there is an alert to send. Called by the side that noticed. */
    void failed(Exception cause) {
        if (alertFor(cause).isPresent() && observer.encrypting()) {
            // Only the engine can encrypt an alert, so it has to see for itself what is wrong with the record.
            try {
                engine.unwrap(
                        inbound.front(inbound.size()),
                        plaintext.back(sslEngine.getSession().getApplicationBufferSize()));
            } catch (SSLException | RuntimeException expected) {
                // What we found ourselves is the better explanation.
            }
        }
        verdict = PeerVerdict.of(cause, engine, observer, authentication);
        failure = Optional.of(cause);
        answerDue = true;
    }

    /** Lets the engine end a connection whose handshake it thinks good. Needs the outbound half. */
    void refuse(AlertDescription alert) throws SSLException {
        engine.endWith(alert);
        drainAlert();
    }

    /** What the application sees of {@code cause}, with the alert that went out for it. */
    TlsException explain(Exception cause) {
        return FailureMapper.map(cause, engine, verdict, rewrittenAlert.or(observer::sentAlert));
    }

    private void sayWhy(Exception cause) throws SSLException {
        int before = outbound.size();
        boolean mayBeClear = observer.nothingEncryptedSent();
        Optional<AlertDescription> ours = alertFor(cause);
        if (ours.isPresent() && !observer.encrypting()) {
            outbound.put(AlertRewriter.record(ours.get()));
            return;
        }
        if (cause instanceof TlsException own && own.reason() == ErrorReason.NO_RENEGOTIATION) {
            engine.endWith(AlertDescription.NO_RENEGOTIATION); // to the engine a renegotiation is nothing unheard of
        }
        drainAlert();
        if (outbound.size() == before && !(cause instanceof TlsException) && !observer.encrypting()) {
            // Some engines die of what the application's own code throws without a word to the peer, which would wait.
            AlertDescription alert = verdict.map(VerifyFailure::alert)
                    .or(() -> engine.explain(cause)
                            .alert()
                            .filter(EnginePump::ours)
                            .flatMap(TlsAlert::description))
                    .orElse(AlertDescription.INTERNAL_ERROR);
            outbound.put(AlertRewriter.record(alert));
            rewrittenAlert = Optional.of(TlsAlert.sent(alert));
            return;
        }
        if (engine.alertChoice() == AlertChoice.CORE) {
            rewrittenAlert = verdict.map(VerifyFailure::alert)
                    .filter(alert -> !engine.explain(cause).alert().equals(Optional.of(TlsAlert.sent(alert))))
                    .flatMap(alert -> AlertRewriter.rewrite(outbound, before, alert, mayBeClear));
        }
    }

    /** The alert that is to be sent for what we found ourselves. */
    private static Optional<AlertDescription> alertFor(Exception cause) {
        return cause instanceof TlsException own
                ? own.alert().filter(EnginePump::ours).flatMap(TlsAlert::description)
                : Optional.empty();
    }

    private static boolean ours(TlsAlert alert) {
        return alert.direction() == TlsAlert.Direction.SENT;
    }

    private void drainAlert() {
        // An engine may need one call to rethrow what happened and another to close; a broken one must not hold us.
        for (int i = 0; i < 4 && !sslEngine.isOutboundDone(); i++) {
            try {
                if (!wrap(NO_DATA)) {
                    return;
                }
            } catch (SSLException | RuntimeException alreadyKnown) {
                // The failure that counts is the first one.
            }
        }
    }

    /** Lets the engine and the plaintext go; the second time it does nothing. Needs both halves. */
    void release() {
        if (!released) {
            released = true;
            plaintext.wipe();
            engine.release();
        }
    }

    /** Makes at most one record of {@code source}; false when the engine has nothing to send. */
    private boolean wrap(ByteBuffer source) throws SSLException {
        int room = sslEngine.getSession().getPacketBufferSize() + SLACK;
        for (; ; ) {
            int before = outbound.size();
            ByteBuffer target = outbound.back(room);
            SSLEngineResult result;
            try {
                result = engine.wrap(source, target);
            } finally {
                outbound.added();
            }
            if (outbound.size() > before) {
                observer.sent(outbound.array(), outbound.start() + before, outbound.size() - before);
                keyLog.ifPresent(log -> observer.clientRandomSent().ifPresent(log::clientRandom));
                return true;
            }
            if (result.getStatus() != SSLEngineResult.Status.BUFFER_OVERFLOW) {
                return false;
            }
            if (room > MAX_ROOM) {
                throw new TlsException(ErrorReason.INTERNAL_ERROR, "the engine makes records larger than " + MAX_ROOM);
            }
            room *= 2;
        }
    }

    /** One wrap may carry small records of its own before the data: Conscrypt puts two session tickets there. */
    private static final int SLACK = 16_384;

    private static final int MAX_ROOM = 1 << 20;
}
