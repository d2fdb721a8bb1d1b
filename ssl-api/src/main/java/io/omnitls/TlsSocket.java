package io.omnitls;

import io.omnitls.error.TlsException;
import io.omnitls.internal.engine.ByteQueue;
import io.omnitls.internal.engine.ConnectionCore;
import io.omnitls.internal.engine.Deadline;
import io.omnitls.internal.engine.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.HandshakeCompletedEvent;
import javax.net.ssl.HandshakeCompletedListener;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;

/**
 * A TLS connection over a socket: goes wherever a {@link Socket} or {@link javax.net.ssl.SSLSocket} goes.
 *
 * <p>The handshake takes place with the first read or write. {@link #setSoTimeout} limits what one operation as a whole
 * waits for the peer's records, however many it takes; an operation that runs into it throws
 * {@link java.net.SocketTimeoutException} and can be repeated. Sending has no limit, as on every {@link Socket}: a peer that
 * does not read holds the writer until somebody closes the socket. One thread may read while another writes.
 *
 * <p>The settings are those of the {@link #context}; a setter that asks for others throws
 * {@link UnsupportedOperationException}.
 */
// Socket guards some methods with the object's monitor, which would let a virtual thread hold its carrier.
@SuppressWarnings("UnsynchronizedOverridesSynchronized")
public final class TlsSocket extends LayeredSocket implements TlsConnection {
    private final ContextConnection connection;
    private final ConnectionCore core;
    private final InputStream input = new Input();
    private final OutputStream output = new Output();
    private final SessionView session = new SessionView(this);
    private final List<HandshakeCompletedListener> listeners = new CopyOnWriteArrayList<>();
    private volatile int timeoutMillis;
    private volatile boolean unwrapped; // the transport is somebody else's now, so closing must leave it alone
    private volatile boolean inputShutdown; // as java.net.Socket counts it, whatever TLS thinks

    TlsSocket(ClientContext context, ConnectionOptions options, Socket socket) throws IOException {
        super(socket);
        this.connection = new ContextConnection(context, options, new SocketTransport(socket));
        this.core = connection.core();
        this.timeoutMillis = socket.getSoTimeout();
    }

    TlsSocket(ServerContext context, ConnectionOptions options, Socket socket) throws IOException {
        super(socket);
        this.connection = new ContextConnection(context, options, new SocketTransport(socket));
        this.core = connection.core();
        this.timeoutMillis = socket.getSoTimeout();
    }

    ContextConnection connection() {
        return connection;
    }

    @Override
    public void handshake() throws IOException {
        boolean first = !handshakeComplete();
        core.handshake(deadline());
        if (first) {
            for (HandshakeCompletedListener listener : listeners) {
                listener.handshakeCompleted(new HandshakeCompletedEvent(this, session));
            }
        }
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        handshake();
        return core.read(target, deadline());
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        handshake();
        return core.write(source, deadline());
    }

    /**
     * Ends TLS in both directions and hands the plain socket back: sends close_notify, waits for the peer's, and
     * returns a socket whose stream begins with the byte that follows it. This object is closed then.
     *
     * @throws TlsException APPLICATION_DATA_AFTER_CLOSE_NOTIFY when data came that nobody read: read it and repeat;
     *     {@code TlsEofException} when the peer closed the transport instead
     */
    public Socket unwrap() throws IOException {
        core.shutdown(deadline());
        unwrapped = true;
        Socket plain = new UnwrappedSocket(transport(), core.leftover());
        core.release();
        return plain;
    }

    /** Sends close_notify, closes the socket underneath and lets the backend's resources go. */
    @Override
    public void close() throws IOException {
        if (unwrapped) {
            return;
        }
        core.close();
        transport().close();
        core.release();
    }

    @Override
    public boolean isClosed() {
        return unwrapped || transport().isClosed();
    }

    @Override
    public InputStream getInputStream() throws IOException {
        requireOpen();
        return input;
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        requireOpen();
        return output;
    }

    private void requireOpen() throws SocketException {
        if (isClosed()) {
            throw new SocketException("socket is closed");
        }
    }

    /** Sends close_notify; reading goes on. */
    @Override
    public void shutdownOutput() throws IOException {
        requireOpen();
        handshake();
        core.closeOutbound();
    }

    @Override
    public boolean isOutputShutdown() {
        return core.outboundClosed();
    }

    /** Makes every later read answer the end of the data. */
    @Override
    public void shutdownInput() throws IOException {
        requireOpen();
        inputShutdown = true;
    }

    @Override
    public boolean isInputShutdown() {
        return inputShutdown;
    }

    /** The limit in milliseconds for what each operation as a whole waits for records; 0 for none. */
    @Override
    public void setSoTimeout(int millis) throws SocketException {
        if (millis < 0) {
            throw new IllegalArgumentException("a time-out is not negative: " + millis);
        }
        requireOpen();
        timeoutMillis = millis;
    }

    @Override
    public int getSoTimeout() {
        return timeoutMillis;
    }

    private Deadline deadline() {
        return Deadline.in(timeoutMillis);
    }

    boolean peerVerified() {
        return handshakeComplete() && connection.peerVerified();
    }

    /** The session, after completing the handshake; when that fails, one that says {@code SSL_NULL_WITH_NULL_NULL}. */
    @Override
    public SSLSession getSession() {
        try {
            handshake();
        } catch (IOException failed) {
            // SSLSocket: "this method doesn't throw; an invalid session is returned".
        }
        return session;
    }

    @Override
    public void startHandshake() throws IOException {
        handshake();
    }

    @Override
    public void addHandshakeCompletedListener(HandshakeCompletedListener listener) {
        listeners.add(listener);
    }

    @Override
    public void removeHandshakeCompletedListener(HandshakeCompletedListener listener) {
        if (!listeners.remove(listener)) {
            throw new IllegalArgumentException("the listener was not added");
        }
    }

    /** The protocol that ALPN selected; empty when none was, null before the handshake is complete. */
    @Override
    @SuppressWarnings("NullAway") // null means not yet, says SSLSocket
    public String getApplicationProtocol() {
        return handshakeComplete() ? selectedAlpnProtocol().orElse("") : null;
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return parameters().supportedCipherSuites();
    }

    @Override
    public String[] getEnabledCipherSuites() {
        return parameters().cipherSuites();
    }

    @Override
    public void setEnabledCipherSuites(String[] suites) {
        parameters().requireCipherSuites(suites);
    }

    @Override
    public String[] getSupportedProtocols() {
        return parameters().supportedProtocols();
    }

    @Override
    public String[] getEnabledProtocols() {
        return parameters().protocols();
    }

    @Override
    public void setEnabledProtocols(String[] protocols) {
        parameters().requireProtocols(protocols);
    }

    @Override
    public void setUseClientMode(boolean mode) {
        parameters().requireClientMode(mode);
    }

    @Override
    public boolean getUseClientMode() {
        return parameters().clientMode();
    }

    @Override
    public void setNeedClientAuth(boolean need) {
        parameters().requireNeedClientAuth(need);
    }

    @Override
    public boolean getNeedClientAuth() {
        return parameters().needClientAuth();
    }

    @Override
    public void setWantClientAuth(boolean want) {
        parameters().requireWantClientAuth(want);
    }

    @Override
    public boolean getWantClientAuth() {
        return parameters().wantClientAuth();
    }

    @Override
    public void setEnableSessionCreation(boolean flag) {
        parameters().requireSessionCreation(flag);
    }

    @Override
    public boolean getEnableSessionCreation() {
        return true;
    }

    @Override
    public void setSSLParameters(SSLParameters wanted) {
        parameters().requireRest(wanted);
        super.setSSLParameters(wanted);
    }

    private FixedParameters parameters() {
        return new FixedParameters(connection.context());
    }

    @Override
    public String toString() {
        return "TlsSocket[" + transport() + "]";
    }

    private final class Input extends InputStream {
        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return inputShutdown ? -1 : TlsSocket.this.read(ByteBuffer.wrap(target, offset, length));
        }

        @Override
        public int available() {
            return pending();
        }

        @Override
        public void close() throws IOException {
            TlsSocket.this.close();
        }
    }

    private final class Output extends OutputStream {
        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            TlsSocket.this.write(ByteBuffer.wrap(source, offset, length));
        }

        @Override
        public void close() throws IOException {
            TlsSocket.this.close();
        }
    }

    private record SocketTransport(Socket socket) implements Transport {
        /** Room for some records: what one system call brings at best. */
        private static final int READ_AHEAD = 32 * 1024;

        @Override
        public void send(ByteBuffer records) throws IOException {
            socket.getOutputStream()
                    .write(records.array(), records.arrayOffset() + records.position(), records.remaining());
            ((java.nio.Buffer) records).position(records.limit());
        }

        @Override
        public int receive(ByteQueue inbound, int missing, Deadline deadline) throws IOException {
            socket.setSoTimeout(deadline.remainingMillis());
            ByteBuffer room = inbound.back(Math.max(missing, READ_AHEAD));
            int received;
            try {
                received = socket.getInputStream()
                        .read(room.array(), room.arrayOffset() + room.position(), room.remaining());
            } catch (java.net.SocketTimeoutException e) {
                throw deadline.expired();
            }
            if (received > 0) {
                ((java.nio.Buffer) room).position(room.position() + received);
                inbound.added();
            }
            return received < 0 ? END : received;
        }
    }
}
