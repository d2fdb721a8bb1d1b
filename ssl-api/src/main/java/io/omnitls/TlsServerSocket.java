package io.omnitls;

import io.omnitls.internal.given.Given;
import io.omnitls.protocol.Role;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.Objects;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;

/**
 * A listening socket whose connections speak TLS. {@link #accept} returns at once with a connection on which no byte
 * has been exchanged: the handshake belongs into the thread that serves it, so that one slow client does not keep the
 * others waiting.
 *
 * <p>The settings are those of the {@link #context}; a setter that asks for others throws
 * {@link UnsupportedOperationException}, but for what {@link #setSSLParameters} can change.
 */
public final class TlsServerSocket extends SSLServerSocket {
    private final ServerContext context;
    private final SocketParameters parameters;
    private final PendingSettings settings =
            new PendingSettings(ConnectionSettings.of(Role.SERVER, ConnectionOptions.none()));

    TlsServerSocket(ServerContext context) throws IOException {
        this.context = context;
        this.parameters = new SocketParameters(context);
    }

    /** The context that connections start with. */
    public ServerContext context() {
        return context;
    }

    /**
     * Waits for a connection; the handshake takes place with its first read or write. A client that has gone again may
     * be seen only then, as a failure of that connection; one that is seen to be gone here is passed over.
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
                return new TlsSocket(context, settings.inForce(), socket);
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
        parameters.requireCipherSuites(suites);
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
        parameters.requireProtocols(protocols);
    }

    @Override
    public void setNeedClientAuth(boolean need) {
        parameters.requireNeedClientAuth(need);
    }

    @Override
    public boolean getNeedClientAuth() {
        return parameters.needClientAuth();
    }

    @Override
    public void setWantClientAuth(boolean want) {
        parameters.requireWantClientAuth(want);
    }

    @Override
    public boolean getWantClientAuth() {
        return parameters.wantClientAuth();
    }

    @Override
    public void setUseClientMode(boolean mode) {
        parameters.requireClientMode(mode);
    }

    @Override
    public boolean getUseClientMode() {
        return parameters.clientMode();
    }

    @Override
    public void setEnableSessionCreation(boolean flag) {
        parameters.requireSessionCreation(flag);
    }

    @Override
    public boolean getEnableSessionCreation() {
        return true;
    }

    /** What is in force for the connections that are accepted next. */
    @Override
    public SSLParameters getSSLParameters() {
        return parameters.shown(settings.inForce());
    }

    /**
     * Gives SNI matchers and application protocols to the connections that are accepted next, as {@link
     * TlsSocket#setSSLParameters} has it; here it is never too late.
     *
     * @throws UnsupportedOperationException when something else is asked for than the context has; nothing was changed then
     * @throws IllegalArgumentException when an application protocol cannot be one
     */
    @Override
    public void setSSLParameters(SSLParameters wanted) {
        Objects.requireNonNull(wanted, "wanted");
        settings.change(parameters.changed(settings.inForce(), wanted));
    }
}
