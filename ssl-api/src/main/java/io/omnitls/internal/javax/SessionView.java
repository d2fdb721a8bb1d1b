package io.omnitls.internal.javax;

import io.omnitls.internal.engine.Chosen;
import io.omnitls.internal.given.Port;
import io.omnitls.internal.wire.RecordHeader;
import io.omnitls.protocol.Bytes;
import io.omnitls.protocol.CipherSuite;
import io.omnitls.protocol.TlsVersion;
import java.security.Principal;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSessionBindingEvent;
import javax.net.ssl.SSLSessionBindingListener;
import javax.net.ssl.SSLSessionContext;
import org.jspecify.annotations.Nullable;

/**
 * What a handshake agreed on, as code for {@code javax.net.ssl} wants it. A backend's own session would name the peer
 * by the key of its cache.
 */
public final class SessionView extends ExtendedSSLSession {
    /** The room that wrapping data takes: header, the largest plaintext, what RFC 8446 lets encryption add, and some. */
    public static final int PACKET_BUFFER_SIZE = 5 + 16_384 + 256 + 64;

    private static final int ID_SIZE = 32; // the most that RFC 5246 has room for

    private final ConnectionFacts connection;
    private final boolean underWay; // then it says what was chosen, which is agreed on when the handshake is complete
    private final long creationTime = System.currentTimeMillis();
    private final Map<String, Object> values;
    private final AtomicReference<@Nullable Bytes> madeUpId; // where the backend has none
    private volatile boolean invalidated; // by its owner: it says so, and nothing else changes

    /** What is agreed on when the handshake is complete. */
    public SessionView(ConnectionFacts connection) {
        this(connection, false, new ConcurrentHashMap<>(), new AtomicReference<>());
    }

    private SessionView(
            ConnectionFacts connection,
            boolean underWay,
            Map<String, Object> values,
            AtomicReference<@Nullable Bytes> madeUpId) {
        this.connection = connection;
        this.underWay = underWay;
        this.values = values;
        this.madeUpId = madeUpId;
    }

    /** The same while the handshake is under way; what is put there is found in the session that it becomes. */
    public SessionView handshaking() {
        return new SessionView(connection, true, values, madeUpId);
    }

    private Optional<TlsVersion> version() {
        return underWay ? connection.chosen().map(Chosen::version) : connection.version();
    }

    private Optional<CipherSuite> cipher() {
        return underWay ? connection.chosen().map(Chosen::cipher) : connection.cipher();
    }

    /**
     * The session's; where the backend knows none, in TLS 1.3 and behind tickets, one that is made up for this connection, as
     * SunJSSE does: applications tell sessions apart by it.
     */
    @Override
    public byte[] getId() {
        Bytes id = connection.sessionId();
        return (id.size() == 0 && connection.handshakeComplete() ? madeUpId() : id).toByteArray();
    }

    private Bytes madeUpId() {
        Bytes known = madeUpId.get();
        if (known != null) {
            return known;
        }
        byte[] random = new byte[ID_SIZE];
        Random.SOURCE.nextBytes(random);
        Bytes made = Bytes.copyOf(random);
        return madeUpId.compareAndSet(null, made) ? made : Objects.requireNonNull(madeUpId.get());
    }

    /** Made when the first is needed. */
    private static final class Random {
        static final SecureRandom SOURCE = new SecureRandom();
    }

    @Override
    public SSLSessionContext getSessionContext() {
        return connection.sessions();
    }

    @Override
    public long getCreationTime() {
        return creationTime;
    }

    @Override
    public long getLastAccessedTime() {
        return creationTime;
    }

    /** Makes {@link #isValid} false, and lets the context forget the session if it keeps it for later connections. */
    @Override
    public void invalidate() {
        invalidated = true;
        connection.forgetSession();
    }

    /** False too when the connection has failed, other than by the end of its transport (RFC 5246 section 7.2.2). */
    @Override
    public boolean isValid() {
        return connection.sessionValid() && !invalidated;
    }

    @Override
    public void putValue(String name, Object value) {
        Objects.requireNonNull(name, "name");
        unbound(name, values.put(name, Objects.requireNonNull(value, "value")));
        if (value instanceof SSLSessionBindingListener listener) {
            listener.valueBound(new SSLSessionBindingEvent(this, name));
        }
    }

    private void unbound(String name, @Nullable Object value) {
        if (value instanceof SSLSessionBindingListener listener) {
            listener.valueUnbound(new SSLSessionBindingEvent(this, name));
        }
    }

    @Override
    @SuppressWarnings("NullAway") // null means absent, says SSLSession
    public Object getValue(String name) {
        return values.get(Objects.requireNonNull(name, "name"));
    }

    @Override
    public void removeValue(String name) {
        unbound(name, values.remove(Objects.requireNonNull(name, "name")));
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
        return cipher().map(suite -> suite.ianaName()).orElse("SSL_NULL_WITH_NULL_NULL");
    }

    @Override
    public String getProtocol() {
        return version().map(TlsVersion::protocolName).orElse("NONE");
    }

    @Override
    @SuppressWarnings("NullAway") // null means that nobody knows, says SSLSession
    public String getPeerHost() {
        return connection.peerHost();
    }

    @Override
    public int getPeerPort() {
        return connection.peerPort().orElse(Port.UNKNOWN);
    }

    /** The name that the client has sent as SNI; empty when it sent none. */
    @Override
    public List<SNIServerName> getRequestedServerNames() {
        return connection.requestedName().map(ServerNames::of).map(List::of).orElse(List.of());
    }

    /** What the server has stapled to its certificate, one OCSPResponse (RFC 6960, DER), or none. */
    @Override
    public List<byte[]> getStatusResponses() {
        return connection
                .stapledResponse()
                .map(response -> List.of(response.toByteArray()))
                .orElse(List.of());
    }

    /** Those that were chosen for the context; none where that leaves it to the backend. */
    @Override
    public String[] getLocalSupportedSignatureAlgorithms() {
        return SignatureAlgorithms.of(connection.localSchemes());
    }

    /** Those that a client has offered; none on a client. */
    @Override
    public String[] getPeerSupportedSignatureAlgorithms() {
        return SignatureAlgorithms.of(connection.peerSchemes());
    }

    /**
     * The largest record that a peer may send, which is larger than those that are made here: RFC 5246 section 6.2.3 lets
     * encryption add 2,048 bytes. Who has a buffer of less would wait for the rest of one, and have no place for it.
     */
    @Override
    public int getPacketBufferSize() {
        return RecordHeader.SIZE + RecordHeader.MAX_CIPHERTEXT;
    }

    @Override
    public int getApplicationBufferSize() {
        return 16_384;
    }
}
