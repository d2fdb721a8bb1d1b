package io.omnitls.error;

/**
 * A non-blocking operation cannot go on before the peer has sent more bytes and they were put into the incoming BIO, or the channel is readable. Nothing failed; repeat the call then. Python's
 * {@code SSLWantReadError}.
 *
 * <p>This is a signal of everyday operation, so there is one instance, without a stack trace.
 */
public final class TlsWantReadException extends TlsException {
    private static final long serialVersionUID = 1L;

    /** The only instance. */
    @SuppressWarnings("StaticAssignmentOfThrowable") // the purpose: a signal costs nothing
    public static final TlsWantReadException INSTANCE = new TlsWantReadException();

    private TlsWantReadException() {
        super(ErrorReason.WANT_READ, "the operation did not complete (read)");
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
