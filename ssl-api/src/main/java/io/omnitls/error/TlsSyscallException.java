package io.omnitls.error;

import java.io.IOException;

/** The transport failed; the cause is its own exception. Python's {@code SSLSyscallError}. */
public final class TlsSyscallException extends TlsException {
    private static final long serialVersionUID = 1L;

    /** The transport threw {@code cause}. */
    public TlsSyscallException(String detail, IOException cause) {
        super(ErrorReason.SYSCALL, detail, cause);
    }

    private TlsSyscallException(TlsSyscallException first) {
        super(first);
    }

    @Override
    public TlsSyscallException again() {
        return new TlsSyscallException(this);
    }
}
