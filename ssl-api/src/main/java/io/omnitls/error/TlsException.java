package io.omnitls.error;

import io.omnitls.protocol.TlsAlert;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * A TLS operation failed. Says what OpenSSL would say: {@link #library()} and {@link #reason()}, and the
 * {@link #alert()} that was sent or received where there was one. Python's {@code ssl.SSLError}.
 *
 * <p>The message reads {@code [SSL: REASON] what happened, with the found and the expected value}. It never contains
 * secrets.
 */
public class TlsException extends SSLException {
    private static final long serialVersionUID = 1L;

    private final ErrorReason reason;
    private final @Nullable TlsAlert alert;

    /** A failure without an alert and without a cause. */
    public TlsException(ErrorReason reason, String detail) {
        super(message(reason, detail));
        this.reason = reason;
        this.alert = null;
    }

    /** A failure with a cause. */
    public TlsException(ErrorReason reason, String detail, Throwable cause) {
        super(message(reason, detail), Objects.requireNonNull(cause, "cause"));
        this.reason = reason;
        this.alert = null;
    }

    /** A failure with the alert that was sent or received. */
    public TlsException(ErrorReason reason, String detail, TlsAlert alert) {
        super(message(reason, detail));
        this.reason = reason;
        this.alert = Objects.requireNonNull(alert, "alert");
    }

    /** A failure with the alert that was sent or received, and a cause. */
    public TlsException(ErrorReason reason, String detail, TlsAlert alert, Throwable cause) {
        super(message(reason, detail), Objects.requireNonNull(cause, "cause"));
        this.reason = reason;
        this.alert = Objects.requireNonNull(alert, "alert");
    }

    private static String message(ErrorReason reason, String detail) {
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(detail, "detail");
        return "[" + reason.library() + ": " + reason.name() + "] " + detail;
    }

    /** Says again what {@code first} said. */
    TlsException(TlsException first) {
        super(first.getMessage(), first);
        this.reason = first.reason;
        this.alert = first.alert;
    }

    /**
     * A new exception that says the same, with this one as its cause: what a connection throws that has failed before. An
     * exception that is thrown twice may be added to its own suppressed ones by a try-with-resources, which Java forbids.
     */
    public TlsException again() {
        return new TlsException(this);
    }

    /** OpenSSL's library: SSL, X509, PEM, ASN1 or SYS. */
    public final String library() {
        return reason.library();
    }

    /** OpenSSL's mnemonic for what went wrong. */
    public final ErrorReason reason() {
        return reason;
    }

    /** The alert that goes with this failure, or empty when none was exchanged. */
    public final Optional<TlsAlert> alert() {
        return Optional.ofNullable(alert);
    }
}
