package io.omnitls.internal.javax;

import io.omnitls.cert.PeerName;
import io.omnitls.cert.Purpose;
import io.omnitls.cert.TrustAnchors;
import io.omnitls.cert.VerifyResult;
import io.omnitls.error.TlsException;
import io.omnitls.error.VerifyCode;
import io.omnitls.internal.engine.FailureMapper;
import io.omnitls.internal.verify.AcceptedIssuers;
import io.omnitls.internal.verify.ChainVerifier;
import io.omnitls.internal.verify.ContextTrustManager;
import io.omnitls.internal.verify.StapledResponse;
import io.omnitls.internal.verify.VerifyPolicy;
import io.omnitls.spi.VerifyFailure;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The verifier for code that speaks {@code javax.net.ssl}: unlike {@link ContextTrustManager} it belongs to no connection
 * of ours, so it takes the peer's name from the engine or socket that it is called for.
 */
public final class JavaxTrustManager extends X509ExtendedTrustManager {
    private final TrustAnchors anchors;
    private final ChainVerifier verifier;
    private final VerifyPolicy policy;
    private final boolean checkHostname;

    private final Optional<PeerName> told; // whom a server has to be where there is no engine or socket to ask

    /**
     * @param checkHostname whether a server has to have the name that an engine or socket was made for, in any case
     * @param told the name that it has to have where there is neither; empty where that is not known
     */
    public JavaxTrustManager(
            TrustAnchors anchors,
            ChainVerifier verifier,
            VerifyPolicy policy,
            boolean checkHostname,
            Optional<PeerName> told) {
        this.anchors = anchors;
        this.verifier = verifier;
        this.policy = policy;
        this.checkHostname = checkHostname;
        this.told = told;
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return AcceptedIssuers.of(anchors);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws VerifyFailure {
        judge(chain, authType, Purpose.CLIENT, Optional.empty(), null);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws VerifyFailure {
        judgeServer(chain, authType, null, null);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) throws VerifyFailure {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) throws VerifyFailure {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) throws VerifyFailure {
        if (socket instanceof SSLSocket tls) {
            judgeServer(chain, authType, tls.getSSLParameters(), tls.getHandshakeSession());
        } else {
            judgeServer(chain, authType, null, null);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) throws VerifyFailure {
        judgeServer(chain, authType, engine.getSSLParameters(), engine.getHandshakeSession());
    }

    private void judgeServer(
            X509Certificate[] chain,
            String authType,
            @Nullable SSLParameters parameters,
            @Nullable SSLSession handshake)
            throws VerifyFailure {
        judge(chain, authType, Purpose.SERVER, name(parameters, handshake), handshake);
    }

    private Optional<PeerName> name(@Nullable SSLParameters parameters, @Nullable SSLSession session)
            throws VerifyFailure {
        boolean asked = parameters != null
                && parameters.getEndpointIdentificationAlgorithm() != null
                && !parameters.getEndpointIdentificationAlgorithm().isEmpty();
        if (!checkHostname && !asked && told.isEmpty()) {
            return Optional.empty();
        }
        String host = session == null ? null : session.getPeerHost();
        if (host == null && told.isPresent()) {
            return told;
        }
        if (host == null) {
            throw failure(
                    VerifyCode.HOSTNAME_MISMATCH,
                    0,
                    "nobody says whom the connection wants to reach; make its engine or socket with a host name, or ask for"
                            + " trustManager(serverName)");
        }
        try {
            return Optional.of(PeerName.of(host));
        } catch (IllegalArgumentException e) {
            throw failure(VerifyCode.HOSTNAME_MISMATCH, 0, String.valueOf(e.getMessage()));
        }
    }

    private void judge(
            X509Certificate[] chain,
            String authType,
            Purpose purpose,
            Optional<PeerName> name,
            @Nullable SSLSession handshake)
            throws VerifyFailure {
        if (chain == null || chain.length == 0 || authType == null || authType.isEmpty()) {
            throw new IllegalArgumentException("a chain and the type of authentication are needed");
        }
        VerifyResult verdict = verifier.verify(
                Arrays.asList(chain), policy.request(purpose, name), policy.stapling(), StapledResponse.of(handshake));
        if (!verdict.ok()) {
            throw failure(verdict.code(), verdict.depth(), verdict.explanation());
        }
    }

    /** Whoever gets it shows its message, and perhaps its cause, which is what a connection of ours would have thrown. */
    private static VerifyFailure failure(VerifyCode code, int depth, String explanation) {
        TlsException ours = FailureMapper.map(new VerifyFailure(code, depth, explanation));
        VerifyFailure failure = new VerifyFailure(code, depth, String.valueOf(ours.getMessage()));
        failure.initCause(ours);
        return failure;
    }
}
