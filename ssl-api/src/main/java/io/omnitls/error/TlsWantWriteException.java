package io.omnitls.error;

/**
 * A non-blocking operation cannot go on before the transport can take more bytes. Nothing failed; repeat the call then. Python's
 * {@code SSLWantWriteError}.
 *
 * <p>This is a signal of everyday operation, so there is one instance, without a stack trace.
 */
public final class TlsWantWriteException extends TlsException {
    private static final long serialVersionUID = 1L;

    /** The only instance. */
    @SuppressWarnings("StaticAssignmentOfThrowable") // the purpose: a signal costs nothing
    public static final TlsWantWriteException INSTANCE = new TlsWantWriteException();

    private TlsWantWriteException() {
        super(ErrorReason.WANT_WRITE, "the operation did not complete (write)");
    }

    /** Does nothing: the place where a connection ran dry says nothing. */
    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // there is no state to guard
    public Throwable fillInStackTrace() {
        return this;
    }

    private Object readResolve() {
        return INSTANCE;
    }
}
