package io.omnitls.error;

/** The peer ended the connection cleanly, with close_notify, while more was expected: {@code SSLZeroReturnError}. */
public final class TlsZeroReturnException extends TlsException {
    private static final long serialVersionUID = 1L;

    /** The peer's close_notify came where {@code detail} says. */
    public TlsZeroReturnException(String detail) {
        super(ErrorReason.ZERO_RETURN, detail);
    }

    private TlsZeroReturnException(TlsZeroReturnException first) {
        super(first);
    }

    @Override
    public TlsZeroReturnException again() {
        return new TlsZeroReturnException(this);
    }
}
