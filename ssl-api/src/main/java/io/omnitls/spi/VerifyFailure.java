package io.omnitls.spi;

import io.omnitls.error.VerifyCode;
import io.omnitls.protocol.AlertDescription;
import java.security.cert.CertificateException;

/**
 * What the trust manager of a {@link ContextSpec} throws: the verdict that travels through the backend. A backend that
 * can choose its alert takes {@link #alert()}.
 */
public final class VerifyFailure extends CertificateException {
    private static final long serialVersionUID = 1L;

    private final VerifyCode code;
    private final int depth;

    /** The certificate at {@code depth} failed with {@code code}; {@code explanation} is for people. */
    public VerifyFailure(VerifyCode code, int depth, String explanation) {
        super(explanation);
        this.code = code;
        this.depth = depth;
    }

    /** The verdict. */
    public VerifyCode code() {
        return code;
    }

    /** The position of the offending certificate: 0 is the peer's own. */
    public int depth() {
        return depth;
    }

    /** The alert that the peer should get. */
    public AlertDescription alert() {
        return code.alert();
    }
}
