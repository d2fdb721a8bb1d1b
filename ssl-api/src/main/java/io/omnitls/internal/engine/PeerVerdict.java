package io.omnitls.internal.engine;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.error.VerifyCode;
import io.omnitls.internal.verify.PeerAuthentication;
import io.omnitls.internal.x509.Excerpt;
import io.omnitls.protocol.Bytes;
import io.omnitls.spi.EngineFailure;
import io.omnitls.spi.TlsEngine;
import io.omnitls.spi.VerifyFailure;
import java.util.List;
import java.util.Optional;

/** What is wrong with the peer's certificates, whoever found it. */
final class PeerVerdict {
    private PeerVerdict() {}

    /**
     * The verdict that {@code cause} is about: our own, or, where a backend broke off because it could not read the
     * certificates and asked nobody, that on the bytes which came.
     */
    static Optional<VerifyFailure> of(
            Throwable cause, TlsEngine engine, FlightObserver observer, PeerAuthentication authentication) {
        Optional<VerifyFailure> ours = FailureMapper.verifyFailure(cause);
        if (ours.isPresent() || cause instanceof TlsException) {
            return ours;
        }
        EngineFailure failure = engine.explain(cause);
        if (failure.reason() != ErrorReason.CERTIFICATE_VERIFY_FAILED) {
            return Optional.empty();
        }
        List<Bytes> certificates = observer.peerCertificates();
        try {
            return Optional.of(certificates.isEmpty() ? unseen(failure) : authentication.judgeEncoded(certificates));
        } catch (Throwable ofTheApplication) {
            // Its clock or its trust may be what throws; the connection has failed already.
            return Optional.of(unseen(failure));
        }
    }

    /** In TLS 1.3 nobody but the backend has seen the certificates: it says what little there is to say. */
    private static VerifyFailure unseen(EngineFailure failure) {
        return new VerifyFailure(
                VerifyCode.CERT_REJECTED,
                0,
                "the backend cannot read the certificates: " + Excerpt.of(failure.detail()));
    }
}
