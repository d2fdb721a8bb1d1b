package io.omnitls.internal.verify;

import io.omnitls.cert.TrustAnchors;
import io.omnitls.error.VerifyCode;
import io.omnitls.protocol.Bytes;
import io.omnitls.spi.VerifyFailure;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * The one trust manager of a context. Extended, because JSSE-style backends add checks of their own to any other kind.
 * It fails closed: without a connection to judge for, nobody is trusted.
 */
public final class ContextTrustManager extends X509ExtendedTrustManager {
    private final TrustAnchors anchors;

    public ContextTrustManager(TrustAnchors anchors) {
        this.anchors = anchors;
    }

    private void judge(X509Certificate[] chain, Optional<Bytes> staple) throws VerifyFailure {
        PeerAuthentication authentication = PeerAuthentication.current()
                .orElseThrow(() -> new VerifyFailure(
                        VerifyCode.INVALID_CALL,
                        0,
                        "the trust manager was called outside of a connection's handshake"));
        authentication.judge(Arrays.asList(chain), staple);
    }

    /** A server sends the subjects of these as the authorities that it accepts. */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return AcceptedIssuers.of(anchors);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) throws VerifyFailure {
        judge(chain, StapledResponse.of(engine.getHandshakeSession()));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) throws VerifyFailure {
        judge(chain, StapledResponse.of(engine.getHandshakeSession()));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) throws VerifyFailure {
        judge(chain, Optional.empty());
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) throws VerifyFailure {
        judge(chain, Optional.empty());
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws VerifyFailure {
        judge(chain, Optional.empty());
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws VerifyFailure {
        judge(chain, Optional.empty());
    }
}
