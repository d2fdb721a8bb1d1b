package io.omnitls;

import java.security.Principal;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;

/**
 * What a handshake agreed on, as code for {@code javax.net.ssl} wants it. A backend's own session would name the peer
 * by the key of its cache.
 */
final class SessionView implements SSLSession {
    private final TlsSocket socket;
    private final long creationTime = System.currentTimeMillis();
    private final Map<String, Object> values = new ConcurrentHashMap<>();

    SessionView(TlsSocket socket) {
        this.socket = socket;
    }

    @Override
    public byte[] getId() {
        return socket.handshakeComplete() ? socket.info().sessionId().toByteArray() : new byte[0];
    }

    /** Always null: the sessions of a context are not to be had through this view. */
    @Override
    @SuppressWarnings("NullAway") // allowed by SSLSession
    public SSLSessionContext getSessionContext() {
        return null;
    }

    @Override
    public long getCreationTime() {
        return creationTime;
    }

    @Override
    public long getLastAccessedTime() {
        return creationTime;
    }

    /** Does nothing: this library resumes no session that the application does not give it. */
    @Override
    public void invalidate() {}

    @Override
    public boolean isValid() {
        return socket.handshakeComplete();
    }

    @Override
    public void putValue(String name, Object value) {
        values.put(name, value);
    }

    @Override
    @SuppressWarnings("NullAway") // null means absent, says SSLSession
    public Object getValue(String name) {
        return values.get(name);
    }

    @Override
    public void removeValue(String name) {
        values.remove(name);
    }

    @Override
    public String[] getValueNames() {
        return values.keySet().toArray(new String[0]);
    }

    /** The certificates that the peer sent, if they were verified. */
    @Override
    public Certificate[] getPeerCertificates() throws SSLPeerUnverifiedException {
        if (!socket.peerVerified()) {
            throw new SSLPeerUnverifiedException("the peer was not verified");
        }
        return socket.unverifiedChain().toArray(new Certificate[0]);
    }

    @Override
    @SuppressWarnings("NullAway") // null means that nothing was sent, says SSLSession
    public Certificate[] getLocalCertificates() {
        List<X509Certificate> chain = localChain();
        return chain.isEmpty() ? null : chain.toArray(new Certificate[0]);
    }

    @Override
    public Principal getPeerPrincipal() throws SSLPeerUnverifiedException {
        return ((X509Certificate) getPeerCertificates()[0]).getSubjectX500Principal();
    }

    @Override
    @SuppressWarnings("NullAway") // null means that nothing was sent, says SSLSession
    public Principal getLocalPrincipal() {
        List<X509Certificate> chain = localChain();
        return chain.isEmpty() ? null : chain.get(0).getSubjectX500Principal();
    }

    private List<X509Certificate> localChain() {
        return socket.handshakeComplete() ? socket.info().localChain() : List.of();
    }

    @Override
    public String getCipherSuite() {
        return socket.cipher().map(suite -> suite.ianaName()).orElse("SSL_NULL_WITH_NULL_NULL");
    }

    @Override
    public String getProtocol() {
        return socket.version().map(version -> version.protocolName()).orElse("NONE");
    }

    @Override
    public String getPeerHost() {
        return socket.serverName()
                .filter(name -> !socket.serverSide())
                .orElseGet(() -> socket.getInetAddress().getHostAddress());
    }

    @Override
    public int getPeerPort() {
        return socket.getPort();
    }

    @Override
    public int getPacketBufferSize() {
        return 5 + 16_384 + 256 + 64; // header, the largest plaintext, what RFC 8446 lets encryption add, and some
    }

    @Override
    public int getApplicationBufferSize() {
        return 16_384;
    }
}
