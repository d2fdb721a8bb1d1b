package io.omnitls.error;

import io.omnitls.protocol.TlsAlert;
import java.util.Objects;

/**
 * The peer's certificate did not verify. {@link #verifyCode()} is the number that {@code openssl verify} prints.
 * Python's {@code SSLCertVerificationError}.
 */
public final class TlsCertificateVerificationException extends TlsException {
    private static final long serialVersionUID = 1L;

    private final VerifyCode verifyCode;
    private final int depth;

    /**
     * The certificate at {@code depth} of the chain, 0 for the peer's own, failed with {@code code}.
     *
     * @param explanation what was found and what was expected
     */
    public TlsCertificateVerificationException(VerifyCode code, int depth, String explanation, Throwable cause) {
        super(ErrorReason.CERTIFICATE_VERIFY_FAILED, detail(code, depth, explanation), cause);
        this.verifyCode = code;
        this.depth = depth;
    }

    /** The same with the alert that the peer was sent for it. */
    public TlsCertificateVerificationException(
            VerifyCode code, int depth, String explanation, TlsAlert alert, Throwable cause) {
        super(ErrorReason.CERTIFICATE_VERIFY_FAILED, detail(code, depth, explanation), alert, cause);
        this.verifyCode = code;
        this.depth = depth;
    }

    private static String detail(VerifyCode code, int depth, String explanation) {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(explanation, "explanation");
        return "certificate verify failed: " + code.text() + " (" + code.number() + ") at depth " + depth
                + (explanation.isEmpty() ? "" : ": " + explanation);
    }

    /** OpenSSL's {@code X509_V_ERR} code. */
    public VerifyCode verifyCode() {
        return verifyCode;
    }

    /** OpenSSL's text for {@link #verifyCode()}. */
    public String verifyMessage() {
        return verifyCode.text();
    }

    /** The position of the offending certificate: 0 is the peer's own, 1 its issuer. */
    public int depth() {
        return depth;
    }

    private TlsCertificateVerificationException(TlsCertificateVerificationException first) {
        super(first);
        this.verifyCode = first.verifyCode;
        this.depth = first.depth;
    }

    @Override
    public TlsCertificateVerificationException again() {
        return new TlsCertificateVerificationException(this);
    }
}
