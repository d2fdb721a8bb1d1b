package io.omnitls.error;

/**
 * The transport ended without the peer's close_notify, so what was read may be truncated (RFC 8446 section 6.1).
 * Python's {@code SSLEOFError}.
 */
public final class TlsEofException extends TlsException {
    private static final long serialVersionUID = 1L;

    /** The transport ended where {@code detail} says. */
    public TlsEofException(String detail) {
        super(ErrorReason.UNEXPECTED_EOF_WHILE_READING, detail);
    }

    private TlsEofException(TlsEofException first) {
        super(first);
    }

    @Override
    public TlsEofException again() {
        return new TlsEofException(this);
    }
}
