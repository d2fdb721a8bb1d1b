package io.omnitls.internal.engine;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsCertificateVerificationException;
import io.omnitls.error.TlsException;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.TlsAlert;
import io.omnitls.spi.EngineFailure;
import io.omnitls.spi.TlsEngine;
import io.omnitls.spi.VerifyFailure;
import java.util.Optional;

/** Turns whatever an engine throws into this library's exception: the one place where that happens. */
final class FailureMapper {
    /** No sane chain of causes is longer, and a cyclic one ends here. */
    private static final int MAX_CAUSES = 20;

    private FailureMapper() {}

    /**
     * What the application sees of {@code cause}.
     *
     * @param verdict what {@link PeerVerdict} makes of it
     * @param observed the alert that was seen to go out, in the clear, or was put there by us
     */
    static TlsException map(
            Exception cause, TlsEngine engine, Optional<VerifyFailure> verdict, Optional<TlsAlert> observed) {
        if (cause instanceof TlsException own) {
            return own;
        }
        if (verdict.isPresent()) {
            VerifyFailure failure = verdict.get();
            Optional<TlsAlert> alert = observed.or(() -> engine.explain(cause).alert());
            return new TlsCertificateVerificationException(
                    failure.code(), failure.depth(), String.valueOf(failure.getMessage()), alert, cause);
        }
        EngineFailure failure = engine.explain(cause);
        return new TlsException(
                failure.reason(), failure.detail(), failure.alert().or(() -> observed), Optional.of(cause));
    }

    /** What the application sees of {@code cause} when there is no engine yet. */
    static TlsException map(Exception cause) {
        return cause instanceof TlsException own
                ? own
                : new TlsException(
                        ErrorReason.INTERNAL_ERROR,
                        "unexpected " + cause,
                        Optional.of(TlsAlert.sent(AlertDescription.INTERNAL_ERROR)),
                        Optional.of(cause));
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
