package io.omnitls.error;

import java.util.Objects;

/** OpenSSL's results of {@code SSL_get_error}: Python's {@code ssl.SSLErrorNumber}. */
public enum TlsErrorNumber {
    ZERO_RETURN(6),
    WANT_READ(2),
    WANT_WRITE(3),
    WANT_X509_LOOKUP(4),
    SYSCALL(5),
    SSL(1),
    WANT_CONNECT(7),
    EOF(8),
    INVALID_ERROR_CODE(10);

    private final int number;

    TlsErrorNumber(int number) {
        this.number = number;
    }

    /** Python's value. */
    public int number() {
        return number;
    }

    /** The number that Python's {@code SSLError.errno} has for this exception. */
    public static TlsErrorNumber of(TlsException exception) {
        Objects.requireNonNull(exception, "exception");
        return switch (exception.reason()) {
            case ZERO_RETURN -> ZERO_RETURN;
            case WANT_READ -> WANT_READ;
            case WANT_WRITE -> WANT_WRITE;
            case SYSCALL -> SYSCALL;
            case UNEXPECTED_EOF_WHILE_READING -> EOF;
            default -> SSL;
        };
    }
}
