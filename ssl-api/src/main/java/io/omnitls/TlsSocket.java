package io.omnitls;

import io.omnitls.error.TlsException;
import io.omnitls.error.TlsSyscallException;
import io.omnitls.internal.engine.ConnectionCore;
import io.omnitls.internal.engine.Deadline;
import io.omnitls.internal.given.Port;
import io.omnitls.internal.javax.ConnectionParameters;
import io.omnitls.internal.javax.HandshakeListeners;
import io.omnitls.internal.javax.SessionView;
import io.omnitls.internal.transport.Addresses;
import io.omnitls.internal.transport.SocketTransport;
import io.omnitls.internal.transport.Timeouts;
import io.omnitls.internal.transport.UnwrappedSocket;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import javax.net.ssl.HandshakeCompletedListener;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A TLS connection over a socket: goes wherever a {@link Socket} or {@link javax.net.ssl.SSLSocket} goes.
 *
 * <p>The handshake takes place with the first read or write. {@link #setSoTimeout} limits each handshake, read and
 * {@link #unwrap} as a whole, whatever it waits for: the peer's records, room for its own, another thread. An operation that
 * runs into it throws {@link java.net.SocketTimeoutException} and can be repeated. Writing has no limit, as on every
 * {@link Socket}, unless {@link #setWriteTimeout} sets one: a peer that does not read holds the writer until somebody closes
 * the socket. One thread may read while another writes, and any thread may close.
 *
 * <p>The settings are those of the {@link #context}. A setter can take less of it: fewer suites or another order, fewer versions, a
 * stricter demand for the client's certificate. What would allow more throws {@link UnsupportedOperationException}, and a
 * name that nobody knows {@link IllegalArgumentException}.
 */
// Socket guards some methods with the object's monitor, which would let a virtual thread hold its carrier.
@SuppressWarnings("UnsynchronizedOverridesSynchronized")
public final class TlsSocket extends LayeredSocket implements OwnConnection {
    private final ContextConnection connection;
    private final ConnectionCore core;
    private final InputStream input = new Input();
    private final OutputStream output = new Output();
    private final SessionView session;
    private final HandshakeListeners listeners = new HandshakeListeners();
    private final SocketTransport records;
    private final boolean leavesTransport; // to its owner, who goes on with it when this is closed
    private final boolean fragile; // it closes itself when its handshake fails
    private volatile int timeoutMillis;
    private volatile int writeTimeoutMillis;
    private volatile @Nullable BiFunction<SSLSocket, List<String>, String> selector;
    private volatile boolean closed; // by this socket's owner, who may have kept the one below
    private volatile boolean inputShutdown; // as java.net.Socket counts it, whatever TLS thinks

    private final ReentrantLock unwrapping = new ReentrantLock();
    private volatile Optional<Socket> unwrapped = Optional.empty(); // somebody else's, so closing must leave it alone

    TlsSocket(ClientContext context, ConnectionOptions options, Layer layer) throws IOException {
        super(layer.socket());
        this.records = new SocketTransport(layer.socket(), layer.consumed(), layer.autoClose());
        this.leavesTransport = !layer.autoClose();
        this.fragile = layer.fragile();
        this.connection = new ContextConnection(
                context, options.reachedAt(layer.port()), records, () -> Addresses.of(layer.socket()));
        this.core = connection.core();
        this.session = view();
        this.timeoutMillis = records.ownTimeoutMillis();
    }

    TlsSocket(ServerContext context, ConnectionSettings settings, Layer layer) throws IOException {
        super(layer.socket());
        this.records = new SocketTransport(layer.socket(), layer.consumed(), layer.autoClose());
        this.leavesTransport = !layer.autoClose();
        this.fragile = layer.fragile();
        this.connection = new ContextConnection(context, settings, records, Addresses.of(layer.socket()));
        this.core = connection.core();
        this.session = view();
        this.timeoutMillis = records.ownTimeoutMillis();
    }

    private SessionView view() {
        return new SessionView(new ConnectionView(connection, this::address, () -> Port.of(getPort())));
    }

    private @Nullable String address() {
        InetAddress address = getInetAddress();
        return address == null ? null : address.getHostAddress();
    }

    /** Whom a socket is connected to is whom it wants to reach, unless it was told before. No name is looked up. */
    @Override
    void connecting(SocketAddress endpoint) {
        if (endpoint instanceof InetSocketAddress address && connection.context() instanceof ClientContext client) {
            PendingSettings settings = connection.settings();
            settings.change(settings.inForce()
                    .connectingTo(client.reaching(address.getHostString()))
                    .connectingAt(Port.of(address.getPort())));
        }
    }

    ContextConnection connection() {
        return connection;
    }

    @Override
    public void handshake() throws IOException {
        handshake(deadline());
    }

    private void handshake(Deadline deadline) throws IOException {
        requireConnected(transport());
        try {
            core.handshake(deadline);
        } catch (TlsSyscallException failure) {
            throw ofTransport(failure);
        } finally {
            if (fragile && core.failed() && core.facts().isEmpty()) {
                abandon();
            }
        }
        listeners.completed(this, session);
    }

    private void abandon() {
        try {
            close();
        } catch (IOException gone) {
            // What the handshake has failed with says more.
        }
    }

    /**
     * Who uses a socket knows a connection that was lost by its {@code SocketException}, and tries again, as Apache HttpClient does
     * after nothing that TLS says.
     */
    private static IOException ofTransport(TlsSyscallException failure) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SocketException) {
                SocketException told = new SocketException(cause.getMessage());
                told.initCause(failure);
                return told;
            }
        }
        return failure;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        Objects.requireNonNull(target, "target");
        Deadline deadline = deadline();
        if (target.hasRemaining()) { // an InputStream that is asked for nothing does not wait for it
            handshake(deadline);
        }
        try {
            return core.read(target, deadline);
        } catch (TlsSyscallException failure) {
            throw ofTransport(failure);
        }
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        Objects.requireNonNull(source, "source");
        return withinWriteTimeout(() -> {
            Deadline deadline = deadline();
            handshake(deadline);
            return core.write(source, deadline);
        });
    }

    @Override
    public long sendFile(FileChannel file, long position, long count) throws IOException {
        return withinWriteTimeout(() -> OwnConnection.super.sendFile(file, position, count));
    }

    private <T> T withinWriteTimeout(ConnectionCore.Operation<T> operation) throws IOException {
        int limit = writeTimeoutMillis;
        try {
            return limit == 0 || core.inCallback() ? operation.run() : core.within(limit, operation);
        } catch (TlsSyscallException failure) {
            throw ofTransport(failure);
        }
    }

    /**
     * Ends TLS in both directions and hands the plain socket back: sends close_notify, waits for the peer's, and
     * returns a socket whose stream begins with the byte that follows it, and whose time-out is the one that it had before.
     * This object is closed then: reading from it is at its end, and unwrapping it again returns the same socket.
     *
     * @throws TlsException SHUTDOWN_WHILE_IN_INIT before the handshake is complete;
     *     APPLICATION_DATA_AFTER_CLOSE_NOTIFY when data came that nobody read: read it and repeat;
     *     {@code TlsEofException} when the peer closed the transport instead
     */
    public Socket unwrap() throws IOException {
        Deadline deadline = deadline();
        withinWriteTimeout(() -> {
            core.closeOutbound(deadline);
            return true;
        });
        try {
            core.shutdown(deadline);
        } catch (TlsSyscallException failure) {
            throw ofTransport(failure);
        }
        unwrapping.lock();
        try {
            if (unwrapped.isEmpty()) {
                records.restore(deadline);
                unwrapped = Optional.of(new UnwrappedSocket(transport(), core.leftover()));
                core.release();
            }
            return unwrapped.get();
        } finally {
            unwrapping.unlock();
        }
    }

    /**
     * Sends close_notify, closes the socket underneath and lets the backend's resources go. Waits for no other thread, and
     * for a peer that does not read a second at most. In a callback of this connection it takes effect when that returns.
     *
     * <p>A socket underneath that was not to be closed, as a factory's caller can ask, is left behind the peer's close_notify, for which
     * this waits a second at most, and has the time-out that it had before. What the peer has sent until then is lost.
     */
    @Override
    public void close() throws IOException {
        if (unwrapped.isEmpty()) {
            boolean parting = leavesTransport && !closed && !core.inCallback();
            closed = true;
            if (parting) {
                part();
            }
            core.close();
        }
    }

    private void part() {
        Deadline patience = Deadline.in(timeoutMillis == 0 ? PARTING_MILLIS : Math.min(timeoutMillis, PARTING_MILLIS));
        try {
            core.closeOutbound(patience);
            ByteBuffer nobodys = ByteBuffer.allocate(NOBODYS_SIZE);
            while (core.read(nobodys, patience) != ConnectionCore.END) {
                ((Buffer) nobodys).clear();
            }
            core.shutdown(patience); // where input was shut down, what was read is no close_notify
        } catch (IOException gone) {
            // Or late. Nobody is told more when a socket is closed.
        }
        try {
            records.restore(patience);
        } catch (IOException gone) {
            // Then there is nothing to go on with.
        }
    }

    @Override
    public boolean isClosed() {
        return closed || unwrapped.isPresent() || transport().isClosed();
    }

    @Override
    public InputStream getInputStream() throws IOException {
        requireOpen();
        requireConnected(transport());
        return input;
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        requireOpen();
        requireConnected(transport());
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
        withinWriteTimeout(() -> {
            Deadline deadline = deadline();
            handshake(deadline);
            core.closeOutbound(deadline);
            return true;
        });
    }

    @Override
    public boolean isOutputShutdown() {
        return core.outboundClosed();
    }

    /**
     * Makes every read answer the end of the data, one that waits now too. Nothing of the peer's is heard any more, so
     * {@link #unwrap} can succeed only if its close_notify was read before; writing goes on.
     */
    @Override
    public void shutdownInput() throws IOException {
        requireOpen();
        inputShutdown = true;
        core.shutdownInbound();
        if (!transport().isInputShutdown()) {
            transport().shutdownInput();
        }
    }

    @Override
    public boolean isInputShutdown() {
        return inputShutdown;
    }

    /** The limit in milliseconds for each handshake, read and {@link #unwrap} as a whole; 0 for none. */
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

    /**
     * Sets the limit for each write as a whole, {@link #sendFile}, {@link #shutdownOutput} and a handshake that they begin
     * included. A write that runs into it throws {@link java.net.SocketTimeoutException}, and the connection has ended:
     * nobody knows how much of it the peer has. There is none unless it is set.
     *
     * @param limit counted in milliseconds, rounded up; zero for none
     * @throws IllegalArgumentException when it is negative
     * @throws SocketException when this socket is closed
     */
    public void setWriteTimeout(Duration limit) throws SocketException {
        int millis = Timeouts.millis(Objects.requireNonNull(limit, "limit"));
        requireOpen();
        writeTimeoutMillis = millis;
    }

    /** The limit for each write as a whole; zero for none. */
    public Duration writeTimeout() {
        return Duration.ofMillis(writeTimeoutMillis);
    }

    private Deadline deadline() {
        return Deadline.in(timeoutMillis);
    }

    /** The session, after completing the handshake; when that fails, one that says {@code SSL_NULL_WITH_NULL_NULL}. */
    @Override
    public SSLSession getSession() {
        try {
            if (!core.inCallback()) {
                handshake();
            }
        } catch (IOException failed) {
            // SSLSocket: "this method doesn't throw; an invalid session is returned".
        }
        return session;
    }

    @Override
    public void startHandshake() throws IOException {
        handshake();
    }

    /**
     * Adds a listener, which is called once, by the thread whose operation finds the handshake complete. What it throws goes
     * to that thread's {@code UncaughtExceptionHandler} and not to the operation.
     */
    @Override
    public void addHandshakeCompletedListener(HandshakeCompletedListener listener) {
        Objects.requireNonNull(listener, "listener");
        listeners.add(listener);
    }

    @Override
    public void removeHandshakeCompletedListener(HandshakeCompletedListener listener) {
        Objects.requireNonNull(listener, "listener");
        listeners.remove(listener);
    }

    /** The protocol that ALPN selected; empty when none was, null before the handshake is complete. */
    @Override
    @SuppressWarnings("NullAway") // null means not yet, says SSLSocket
    public String getApplicationProtocol() {
        return handshakeComplete() ? selectedAlpnProtocol().orElse("") : null;
    }

    /** As {@link #getApplicationProtocol}: nothing is known before the handshake is complete. */
    @Override
    public String getHandshakeApplicationProtocol() {
        return getApplicationProtocol();
    }

    /**
     * Lets a server ask which of the application protocols that a client offers it is to be; null goes back to those of the
     * context. An empty answer does without, and one that was not offered, or null, ends the connection with the alert
     * no_application_protocol.
     *
     * @throws UnsupportedOperationException on a client
     * @throws IllegalStateException when the handshake has begun
     */
    @Override
    public void setHandshakeApplicationProtocolSelector(
            @Nullable BiFunction<SSLSocket, List<String>, String> selector) {
        parameters()
                .selector(selector == null ? Optional.empty() : Optional.of(offered -> selector.apply(this, offered)));
        this.selector = selector;
    }

    @Override
    @SuppressWarnings("NullAway") // null means that there is none, says SSLSocket
    public BiFunction<SSLSocket, List<String>, String> getHandshakeApplicationProtocolSelector() {
        return selector;
    }

    /**
     * What a handshake that is under way has agreed on so far, its version and suite when the server has chosen them; null
     * before that, and when it is complete.
     */
    @Override
    @SuppressWarnings("NullAway") // allowed by SSLSocket
    public SSLSession getHandshakeSession() {
        return core.chosen().isPresent() ? session.handshaking() : null;
    }

    /** What is in force. Server names are what a client sends; those that a client has sent, {@link #serverName} says. */
    @Override
    public SSLParameters getSSLParameters() {
        return parameters().shown();
    }

    /**
     * Until the handshake begins a client can be given another server name, which goes out as SNI and is what the certificate
     * is checked against, or an empty list of them, and then only the check remains; application protocols; and endpoint
     * identification, if the context verifies the server without it. A server can be given SNI matchers, application protocols,
     * whose order of suites counts, and a stricter demand for the client's certificate, where its context trusts somebody. Both
     * can be given fewer suites in any order, fewer versions without a hole, groups and signature schemes, within what the
     * context allows. What is null says nothing, nor does a packet size of 0; an empty list of application protocols turns ALPN
     * off. Everything else is the context's.
     *
     * @throws UnsupportedOperationException when more is asked for than the context allows; nothing was changed then
     * @throws IllegalStateException when it is too late
     * @throws IllegalArgumentException when a name is no server's or unknown, a list is empty or has a hole, or this
     *     connection's session is another server's
     */
    @Override
    public void setSSLParameters(SSLParameters wanted) {
        Objects.requireNonNull(wanted, "wanted");
        parameters().change(wanted);
    }

    @Override
    ConnectionParameters parameters() {
        return new PendingParameters(connection::context, connection.settings());
    }

    @Override
    public String toString() {
        return "TlsSocket[" + transport() + "]";
    }

    private static final int PARTING_MILLIS = 1000;
    private static final int NOBODYS_SIZE = 4096;

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
            return inputShutdown ? 0 : pending();
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
}
