package io.omnitls;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;

/**
 * A listening socket whose connections speak TLS. {@link #accept} returns at once with a connection on which no byte
 * has been exchanged: the handshake belongs into the thread that serves it, so that one slow client does not keep the
 * others waiting.
 *
 * <p>The settings are those of the {@link #context}; a setter that asks for others throws
 * {@link UnsupportedOperationException}.
 */
public final class TlsServerSocket extends SSLServerSocket {
    private final ServerContext context;
    private final FixedParameters parameters;

    TlsServerSocket(ServerContext context) throws IOException {
        this.context = context;
        this.parameters = new FixedParameters(context);
    }

    /** The context that connections start with. */
    public ServerContext context() {
        return context;
    }

    /** Waits for a connection; the handshake takes place with its first read or write. */
    @Override
    public TlsSocket accept() throws IOException {
        Socket socket = new Socket();
        try {
            implAccept(socket);
            socket.setTcpNoDelay(true);
            return context.wrap(socket);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    @Override
    public String[] getEnabledCipherSuites() {
        return parameters.cipherSuites();
    }

    @Override
    public void setEnabledCipherSuites(String[] suites) {
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

    @Override
    public void setSSLParameters(SSLParameters wanted) {
        parameters.requireRest(wanted);
        super.setSSLParameters(wanted);
    }
}
