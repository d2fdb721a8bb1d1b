package io.omnitls.internal.javax;

import java.security.Principal;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;

/**
 * What a handshake agreed on, as code for {@code javax.net.ssl} wants it. A backend's own session would name the peer
 * by the key of its cache.
 */
public final class SessionView implements SSLSession {
    /** Header, the largest plaintext, what RFC 8446 lets encryption add, and some. */
    public static final int PACKET_BUFFER_SIZE = 5 + 16_384 + 256 + 64;

    private final ConnectionFacts connection;
    private final long creationTime = System.currentTimeMillis();
    private final Map<String, Object> values = new ConcurrentHashMap<>();

    public SessionView(ConnectionFacts connection) {
        this.connection = connection;
    }

    @Override
    public byte[] getId() {
        return connection.sessionId().toByteArray();
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
        return connection.handshakeComplete();
    }

    @Override
    public void putValue(String name, Object value) {
        values.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
    }

    @Override
    @SuppressWarnings("NullAway") // null means absent, says SSLSession
    public Object getValue(String name) {
        return values.get(Objects.requireNonNull(name, "name"));
    }

    @Override
    public void removeValue(String name) {
        values.remove(Objects.requireNonNull(name, "name"));
    }

    @Override
    public String[] getValueNames() {
        return values.keySet().toArray(new String[0]);
    }

    /**
     * The certificates that the peer sent, if they were verified; as SunJSSE's sessions do, in an array of X.509
     * certificates, which callers of old cast it to.
     */
    @Override
    public X509Certificate[] getPeerCertificates() throws SSLPeerUnverifiedException {
        if (!connection.peerVerified()) {
            throw new SSLPeerUnverifiedException("the peer was not verified");
        }
        return connection.unverifiedChain().toArray(new X509Certificate[0]);
    }

    /** As {@link #getPeerCertificates}, of this end. */
    @Override
    @SuppressWarnings("NullAway") // null means that nothing was sent, says SSLSession
    public X509Certificate[] getLocalCertificates() {
        List<X509Certificate> chain = connection.localChain();
        return chain.isEmpty() ? null : chain.toArray(new X509Certificate[0]);
    }

    @Override
    public Principal getPeerPrincipal() throws SSLPeerUnverifiedException {
        return getPeerCertificates()[0].getSubjectX500Principal();
    }

    @Override
    @SuppressWarnings("NullAway") // null means that nothing was sent, says SSLSession
    public Principal getLocalPrincipal() {
        List<X509Certificate> chain = connection.localChain();
        return chain.isEmpty() ? null : chain.get(0).getSubjectX500Principal();
    }

    @Override
    public String getCipherSuite() {
        return connection.cipher().map(suite -> suite.ianaName()).orElse("SSL_NULL_WITH_NULL_NULL");
    }

    @Override
    public String getProtocol() {
        return connection.version().map(version -> version.protocolName()).orElse("NONE");
    }

    @Override
    @SuppressWarnings("NullAway") // null means that nobody knows, says SSLSession
    public String getPeerHost() {
        return connection.peerHost();
    }

    @Override
    public int getPeerPort() {
        return connection.peerPort();
    }

    @Override
    public int getPacketBufferSize() {
        return PACKET_BUFFER_SIZE;
    }

    @Override
    public int getApplicationBufferSize() {
        return 16_384;
    }
}
