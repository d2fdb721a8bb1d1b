package io.omnitls.internal.engine;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.internal.wire.ContentType;
import io.omnitls.internal.wire.RecordHeader;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.TlsAlert;
import io.omnitls.spi.AlertChoice;
import io.omnitls.spi.EngineFailure;
import io.omnitls.spi.TlsEngine;
import io.omnitls.spi.VerifyFailure;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * Makes the alert that a connection ends with say what is wrong, by whatever way the backend leaves: its own alert, one that is
 * changed while it is in the clear, one of ours in the clear, or one that the engine is brought to make. Needs the outbound half.
 */
final class AlertMaker {
    /** Whatever the keys are, its authentication fails: every engine has an alert for that, where it has none for ours. */
    private static final byte[] UNDECRYPTABLE = Arrays.copyOf(new byte[] {23, 3, 3, 0, 64}, 69);

    /** RFC 8446 section 5.2: two bytes, their content type, the 16 zeros that SunJSSE adds, and a tag of 16 bytes at most. */
    private static final int ENCRYPTED_ALERT = 2 + 1 + 16 + 16;

    private static final Optional<TlsAlert> INTERNAL_ERROR =
            Optional.of(TlsAlert.sent(AlertDescription.INTERNAL_ERROR));

    /** What moves an engine's records. */
    interface Records {
        /** Lets the engine make a record; false when it has none to make. */
        boolean wrap() throws SSLException;

        /** Lets the engine see records, whatever it makes of them. */
        void feed(ByteBuffer records);
    }

    private final TlsEngine engine;
    private final FlightObserver observer;
    private final ByteQueue outbound;
    private final Records records;

    private volatile Optional<TlsAlert> rewritten = Optional.empty();

    AlertMaker(TlsEngine engine, FlightObserver observer, ByteQueue outbound, Records records) {
        this.engine = engine;
        this.observer = observer;
        this.outbound = outbound;
        this.records = records;
    }

    /** The alert that went out, as far as it was seen in the clear or put there by us. */
    Optional<TlsAlert> sent() {
        return rewritten.or(observer::sentAlert);
    }

    /**
     * Prepares the engine for what is wrong with a record, which it has to see for itself where only it can encrypt the alert.
     *
     * @param inbound the record, if it is still there
     */
    void prepare(Throwable cause, ByteQueue inbound) {
        if (due(cause).isPresent() && observer.encrypting() && engine.alertChoice() == AlertChoice.CORE) {
            // A handshake message may be beyond the engine: what SunJSSE cannot decode is an internal_error to it.
            boolean record = inbound.size() > RecordHeader.SIZE
                    && inbound.at(1) == 3
                    && inbound.at(0) != ContentType.HANDSHAKE.code();
            records.feed(record ? inbound.front(inbound.size()) : undecryptable());
        }
    }

    private static ByteBuffer undecryptable() {
        return ByteBuffer.wrap(UNDECRYPTABLE.clone());
    }

    /** Lets the engine end a connection whose handshake it thinks good. */
    void refuse(AlertDescription alert) throws SSLException {
        engine.endWith(alert);
        drain();
    }

    /**
     * Tells the peer that this end has given up a handshake, as long as that can be said in the clear: RFC 8446 section 6.1 has
     * close_notify follow user_canceled.
     */
    void cancel() {
        if (!observer.encrypting() || observer.nothingEncryptedSent()) {
            outbound.put(AlertRewriter.warning(AlertDescription.USER_CANCELED.code()));
            outbound.put(AlertRewriter.warning(AlertDescription.CLOSE_NOTIFY.code()));
        }
    }

    /** Tells the peer of what the connection has failed by. */
    void say(Throwable cause, Optional<VerifyFailure> verdict) throws SSLException {
        int before = outbound.size();
        boolean mayBeClear = observer.nothingEncryptedSent();
        Optional<AlertDescription> ours = due(cause);
        if (ours.isPresent() && saidPastTheEngine(ours.get())) {
            return;
        }
        if (cause instanceof TlsException own && own.reason() == ErrorReason.NO_RENEGOTIATION) {
            engine.endWith(AlertDescription.NO_RENEGOTIATION); // to the engine a renegotiation is nothing unheard of
        }
        drain();
        if (ours.isPresent() && outbound.size() == before && !provoked(before)) {
            refuse(ours.get());
            return;
        }
        if (!(cause instanceof TlsException) && !anyBehind(before)) {
            sayInPlaceOfTheEngine(engine.explain(cause), verdict, before, mayBeClear);
            return;
        }
        inPlaceOfTheEngines(cause, verdict)
                .flatMap(alert -> AlertRewriter.rewrite(outbound, before, alert, mayBeClear))
                .ifPresent(alert -> rewritten = Optional.of(alert));
    }

    /** Whether the alert could go out without the engine's having made one for what it has seen. */
    private boolean saidPastTheEngine(AlertDescription alert) throws SSLException {
        if (!observer.encrypting()) {
            outbound.put(AlertRewriter.record(alert.code()));
            return true;
        }
        if (engine.alertChoice() == AlertChoice.BACKEND) {
            refuse(alert);
            return true;
        }
        return false;
    }

    /** To the engine nothing was wrong: whether it has an alert for what it cannot decrypt. */
    private boolean provoked(int before) {
        records.feed(undecryptable());
        drain();
        return outbound.size() > before;
    }

    /** What the engine's own alert should have been; empty where that is right, or the engine was told. */
    private Optional<AlertDescription> inPlaceOfTheEngines(Throwable cause, Optional<VerifyFailure> verdict) {
        if (verdict.isPresent()) {
            return verdict.map(VerifyFailure::alert)
                    .filter(alert -> engine.alertChoice() == AlertChoice.CORE)
                    .filter(alert -> !engine.explain(cause).alert().equals(Optional.of(TlsAlert.sent(alert))));
        }
        return due(cause).isPresent()
                ? Optional.empty()
                : due(engine.explain(cause).reason(), observer.sentAlert());
    }

    /** Some engines die of what the application's own code throws without a word to the peer, which would wait. */
    private void sayInPlaceOfTheEngine(
            EngineFailure failed, Optional<VerifyFailure> verdict, int before, boolean mayBeClear) throws SSLException {
        if (failed.alert().filter(alert -> !ofThisEnd(alert)).isPresent()) {
            return; // RFC 8446 section 6.2: nobody answers a fatal alert
        }
        AlertDescription alert = verdict.map(VerifyFailure::alert)
                .or(() -> failed.alert().filter(AlertMaker::ofThisEnd).flatMap(TlsAlert::description))
                .or(() -> due(failed.reason(), INTERNAL_ERROR))
                .orElse(AlertDescription.INTERNAL_ERROR);
        if (observer.encrypting() && !mayBeClear) {
            engine.endWith(alert);
            drain(false); // as far as the engine knows there is nothing more to say
            return;
        }
        if (observer.encrypting()) {
            outbound.truncate(before); // TLS 1.3: behind what is encrypted, the peer takes no alert in the clear
        }
        outbound.put(AlertRewriter.record(alert.code()));
        rewritten = Optional.of(TlsAlert.sent(alert));
    }

    /** The alert that is to be sent for what we found ourselves. */
    private static Optional<AlertDescription> due(Throwable cause) {
        return cause instanceof TlsException own
                ? own.alert().filter(AlertMaker::ofThisEnd).flatMap(TlsAlert::description)
                : Optional.empty();
    }

    /**
     * What OpenSSL says in the clear where a backend has another alert: BC-FIPS internal_error, SunJSSE of JDK 17 bad_certificate
     * or internal_error. A peer's fault is never called one of this end.
     */
    private static Optional<AlertDescription> due(ErrorReason reason, Optional<TlsAlert> sent) {
        return switch (reason) {
            case DECODE_ERROR -> Optional.of(AlertDescription.DECODE_ERROR);
            case PEER_DID_NOT_RETURN_A_CERTIFICATE -> Optional.of(AlertDescription.HANDSHAKE_FAILURE);
            case INTERNAL_ERROR -> Optional.empty();
            case UNEXPECTED_MESSAGE -> inPlaceOfInternalError(sent, AlertDescription.UNEXPECTED_MESSAGE);
            // As for a chain that is deeper than the context allows.
            case TOO_MANY_CERTIFICATES -> inPlaceOfInternalError(sent, AlertDescription.UNKNOWN_CA);
            // SunJSSE of JDK 25, of a hello without a signature scheme that it takes.
            case NO_SHARED_SIGNATURE_ALGORITHMS -> inPlaceOfInternalError(sent, AlertDescription.HANDSHAKE_FAILURE);
            default -> inPlaceOfInternalError(sent, AlertDescription.ILLEGAL_PARAMETER);
        };
    }

    private static Optional<AlertDescription> inPlaceOfInternalError(Optional<TlsAlert> sent, AlertDescription alert) {
        return sent.equals(INTERNAL_ERROR) ? Optional.of(alert) : Optional.empty();
    }

    private static boolean ofThisEnd(TlsAlert alert) {
        return alert.direction() == TlsAlert.Direction.SENT;
    }

    /**
     * Whether there is an alert behind the first {@code before} bytes to be sent: by its type or, where TLS 1.3 encrypts that, by
     * a length that no message of the handshake has. SunJSSE may have no more to say than what was left of its flight.
     */
    private boolean anyBehind(int before) {
        int at = before;
        while (outbound.size() - at >= RecordHeader.SIZE) {
            RecordHeader header = outbound.header(at);
            boolean encrypted = header.is(ContentType.APPLICATION_DATA) && header.length() <= ENCRYPTED_ALERT;
            if (header.is(ContentType.ALERT) || encrypted) {
                return true;
            }
            at += header.recordSize();
        }
        return false;
    }

    private void drain() {
        drain(true);
    }

    private void drain(boolean untilDone) {
        // An engine may need one call to rethrow what happened and another to close; a broken one must not hold us.
        for (int i = 0; i < 4 && !(untilDone && engine.sslEngine().isOutboundDone()); i++) {
            try {
                if (!records.wrap()) {
                    return;
                }
            } catch (Throwable alreadyKnown) {
                // The failure that counts is the first one.
            }
        }
    }
}
