package io.omnitls.internal.engine;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsCertificateVerificationException;
import io.omnitls.error.TlsException;
import io.omnitls.internal.verify.PeerAuthentication;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.TlsAlert;
import io.omnitls.spi.EngineFailure;
import io.omnitls.spi.TlsEngine;
import io.omnitls.spi.VerifyFailure;
import java.util.Optional;

/** Turns whatever an engine throws, and whatever a verifier says, into this library's exception: the one place where that happens. */
public final class FailureMapper {
    /** No sane chain of causes is longer, and a cyclic one ends here. */
    private static final int MAX_CAUSES = 20;

    private FailureMapper() {}

    /**
     * What the application sees of {@code cause}.
     *
     * @param verdict what {@link PeerVerdict} makes of it
     * @param observed the alert that was seen to go out, in the clear, or was put there by us
     * @param authentication what this end could have proved
     */
    static TlsException map(
            Throwable cause,
            TlsEngine engine,
            Optional<VerifyFailure> verdict,
            Optional<TlsAlert> observed,
            PeerAuthentication authentication) {
        if (cause instanceof TlsException own) {
            return own;
        }
        if (verdict.isPresent()) {
            VerifyFailure failure = verdict.get();
            Optional<TlsAlert> alert = observed.or(() -> engine.explain(cause).alert());
            return alert.isPresent()
                    ? new TlsCertificateVerificationException(
                            failure.code(), failure.depth(), EngineFailure.text(failure), alert.get(), cause)
                    : refused(failure, EngineFailure.text(failure), cause);
        }
        EngineFailure failure = engine.explain(cause);
        Optional<TlsAlert> alert = failure.alert()
                .filter(known -> known.direction() == TlsAlert.Direction.RECEIVED)
                .or(() -> observed)
                .or(failure::alert);
        ErrorReason reason = failure.reason() == ErrorReason.INTERNAL_ERROR
                ? alert.flatMap(TlsAlert::description)
                        .map(FailureMapper::reason)
                        .orElse(failure.reason())
                : failure.reason();
        String detail = failure.detail() + OwnKeys.part(reason, alert, authentication);
        return alert.isPresent()
                ? new TlsException(reason, detail, alert.get(), cause)
                : new TlsException(reason, detail, cause);
    }

    /** What the application sees of {@code verdict} where no engine has passed it on. */
    public static TlsCertificateVerificationException map(VerifyFailure verdict) {
        return refused(verdict, EngineFailure.text(verdict), verdict);
    }

    /** As {@link #map(VerifyFailure)}, of what a session began with. */
    static TlsCertificateVerificationException resumed(VerifyFailure verdict) {
        return refused(verdict, "the session cannot be resumed any more: " + EngineFailure.text(verdict), verdict);
    }

    private static TlsCertificateVerificationException refused(VerifyFailure verdict, String text, Throwable cause) {
        return new TlsCertificateVerificationException(verdict.code(), verdict.depth(), text, cause);
    }

    /** Where a backend has no words, the alert that it sends tells what it blames the peer for. */
    private static ErrorReason reason(AlertDescription sent) {
        return switch (sent) {
            case UNEXPECTED_MESSAGE -> ErrorReason.UNEXPECTED_MESSAGE;
            case BAD_RECORD_MAC -> ErrorReason.DECRYPTION_FAILED_OR_BAD_RECORD_MAC;
            case RECORD_OVERFLOW -> ErrorReason.ENCRYPTED_LENGTH_TOO_LONG;
            case ILLEGAL_PARAMETER -> ErrorReason.BAD_DATA;
            case DECODE_ERROR -> ErrorReason.DECODE_ERROR;
            case DECRYPT_ERROR -> ErrorReason.DIGEST_CHECK_FAILED;
            case PROTOCOL_VERSION -> ErrorReason.UNSUPPORTED_PROTOCOL;
            case INAPPROPRIATE_FALLBACK -> ErrorReason.INAPPROPRIATE_FALLBACK;
            case MISSING_EXTENSION, UNSUPPORTED_EXTENSION -> ErrorReason.BAD_EXTENSION;
            case UNRECOGNIZED_NAME -> ErrorReason.CLIENTHELLO_TLSEXT;
            default -> ErrorReason.INTERNAL_ERROR;
        };
    }

    /** What the application sees of {@code cause} when there is no engine yet. */
    static TlsException map(Throwable cause) {
        return cause instanceof TlsException own
                ? own
                : new TlsException(
                        ErrorReason.INTERNAL_ERROR,
                        "unexpected " + cause,
                        TlsAlert.sent(AlertDescription.INTERNAL_ERROR),
                        cause);
    }

    /** The verdict of our trust manager, wherever the backend has wrapped it. */
    static Optional<VerifyFailure> verifyFailure(Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; i < MAX_CAUSES && cause != null; i++) {
            if (cause instanceof VerifyFailure verdict) {
                return Optional.of(verdict);
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }
}
