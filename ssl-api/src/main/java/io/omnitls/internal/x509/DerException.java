package io.omnitls.internal.x509;

import java.io.IOException;

/** Bytes are not the DER that was expected; the message says what was found where. */
public final class DerException extends IOException {
    private static final long serialVersionUID = 1L;

    public DerException(String message) {
        super(message);
    }
}
