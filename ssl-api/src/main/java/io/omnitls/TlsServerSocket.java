package io.omnitls;

import io.omnitls.internal.given.Given;
import io.omnitls.internal.javax.ConnectionParameters;
import io.omnitls.protocol.Role;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Objects;
import java.util.function.Supplier;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;

/**
 * A listening socket whose connections speak TLS. {@link #accept} returns at once with a connection on which no byte
 * has been exchanged: the handshake belongs into the thread that serves it, so that one slow client does not keep the
 * others waiting.
 *
 * <p>The settings are those of the {@link #context}. A setter can take less of it: fewer suites or another order, fewer versions, a
 * stricter demand for the client's certificate. What would allow more throws {@link UnsupportedOperationException}, and a
 * name that nobody knows {@link IllegalArgumentException}.
 */
public final class TlsServerSocket extends SSLServerSocket {
    private final Supplier<ServerContext> current;
    private final ConnectionParameters parameters;
    private final PendingSettings settings =
            new PendingSettings(ConnectionSettings.of(Role.SERVER, ConnectionOptions.none()));

    TlsServerSocket(Supplier<ServerContext> current) throws IOException {
        this.current = current;
        this.parameters = new PendingParameters(current, settings);
    }

    /** Java's own default of 50 makes clients wait for seconds as soon as as many come at a time. */
    static final int DEFAULT_BACKLOG = 1024;

    static TlsServerSocket listening(Supplier<ServerContext> current, InetSocketAddress address, int backlog)
            throws IOException {
        if (backlog < 1) {
            throw new IllegalArgumentException("a backlog has room for one client at least, not for " + backlog);
        }
        TlsServerSocket server = new TlsServerSocket(current);
        try {
            server.bind(address, backlog);
            return server;
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /** The context that connections start with; one of a {@link ReloadableServerContext} has another one now and then. */
    public ServerContext context() {
        return current.get();
    }

    /**
     * Waits for a connection; the handshake takes place with its first read or write. A client that has gone again may
     * be seen only then, as a failure of that connection; one that is seen to be gone here is passed over. A socket whose handshake
     * fails closes itself.
     *
     * @throws java.net.SocketTimeoutException when {@link #setSoTimeout} is set and nobody came in that time
     * @throws IOException when this socket is closed, or the system has no room for another connection, for instance no
     *     file descriptor; a server goes on after a pause
     */
    @Override
    public TlsSocket accept() throws IOException {
        for (; ; ) {
            Socket socket = new Socket();
            try {
                implAccept(socket);
            } catch (IOException | RuntimeException e) {
                socket.close();
                throw e;
            }
            if (present(socket)) {
                return new TlsSocket(context(), settings.inForce(), Layer.accepted(socket));
            }
        }
    }

    /** Prepares the socket of a client; false when the client has gone already, for which some systems refuse options. */
    static boolean present(Socket socket) throws IOException {
        try {
            socket.setTcpNoDelay(true);
            socket.getSoTimeout();
            return true;
        } catch (SocketException gone) {
            socket.close();
            return false;
        }
    }

    @Override
    public String[] getEnabledCipherSuites() {
        return parameters.cipherSuites();
    }

    @Override
    public void setEnabledCipherSuites(String[] suites) {
        Given.all(suites, "suites");
        parameters.cipherSuites(suites);
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return parameters.supportedCipherSuites();
    }

    @Override
    public String[] getSupportedProtocols() {
        return parameters.supportedProtocols();
    }

    @Override
    public String[] getEnabledProtocols() {
        return parameters.protocols();
    }

    @Override
    public void setEnabledProtocols(String[] protocols) {
        Given.all(protocols, "protocols");
        parameters.protocols(protocols);
    }

    @Override
    public void setNeedClientAuth(boolean need) {
        parameters.needClientAuth(need);
    }

    @Override
    public boolean getNeedClientAuth() {
        return parameters.needClientAuth();
    }

    @Override
    public void setWantClientAuth(boolean want) {
        parameters.wantClientAuth(want);
    }

    @Override
    public boolean getWantClientAuth() {
        return parameters.wantClientAuth();
    }

    @Override
    public void setUseClientMode(boolean mode) {
        parameters.clientMode(mode);
    }

    @Override
    public boolean getUseClientMode() {
        return parameters.clientMode();
    }

    @Override
    public void setEnableSessionCreation(boolean flag) {
        parameters.sessionCreation(flag);
    }

    @Override
    public boolean getEnableSessionCreation() {
        return true;
    }

    /** What is in force for the connections that are accepted next. */
    @Override
    public SSLParameters getSSLParameters() {
        return parameters.shown();
    }

    /**
     * Sets what the connections that are accepted next have, as {@link TlsSocket#setSSLParameters} has it; here it is never too
     * late.
     *
     * @throws UnsupportedOperationException when more is asked for than the context allows; nothing was changed then
     * @throws IllegalArgumentException when a name is unknown or a list is empty
     */
    @Override
    public void setSSLParameters(SSLParameters wanted) {
        Objects.requireNonNull(wanted, "wanted");
        parameters.change(wanted);
    }
}
