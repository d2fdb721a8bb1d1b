package io.omnitls.error;

import java.util.List;

/**
 * A non-blocking operation cannot go on before the transport can take more bytes. Nothing failed; repeat the call then.
 * Python's {@code SSLWantWriteError}.
 *
 * <p>This is a signal of everyday operation, so there are some instances for all connections, made once, without a stack
 * trace and without suppressed exceptions.
 */
public final class TlsWantWriteException extends TlsException {
    private static final long serialVersionUID = 1L;

    private static final List<TlsWantWriteException> ALL = Signals.of(TlsWantWriteException::new);

    /** One of the instances. */
    @SuppressWarnings("StaticAssignmentOfThrowable") // the purpose: a signal costs nothing
    public static final TlsWantWriteException INSTANCE = ALL.get(0);

    private final int number;

    private TlsWantWriteException(int number) {
        super(ErrorReason.WANT_WRITE, "the operation did not complete (write)");
        this.number = number;
    }

    /**
     * Another instance: what a connection throws after this one. A try-with-resources adds what {@code close()} throws to
     * what its body threw, and Java forbids that the two are one.
     */
    public TlsWantWriteException next() {
        return ALL.get((number + 1) % ALL.size());
    }

    /** Says that there is no such thing: nothing failed, and the instance is everybody's. */
    @Override
    public TlsWantWriteException again() {
        return next();
    }

    /** Does nothing: the place where a connection ran dry says nothing. */
    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // there is no state to guard
    public Throwable fillInStackTrace() {
        return this;
    }
}
