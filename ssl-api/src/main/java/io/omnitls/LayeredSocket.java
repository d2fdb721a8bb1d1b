package io.omnitls;

import io.omnitls.internal.given.Given;
import io.omnitls.internal.javax.ConnectionParameters;
import io.omnitls.internal.transport.SocketOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketOption;
import java.nio.channels.SocketChannel;
import java.util.Set;
import javax.net.ssl.SSLSocket;

/**
 * An {@link SSLSocket} over another socket: everything that is about the TCP connection goes there, and settings to {@link ConnectionParameters}. {@link Socket}
 * is a class, so this is what layering costs.
 */
// Socket guards some methods with the object's monitor, which would let a virtual thread hold its carrier.
@SuppressWarnings("UnsynchronizedOverridesSynchronized")
abstract class LayeredSocket extends SSLSocket {
    private final Socket transport;

    LayeredSocket(Socket transport) {
        this.transport = transport;
    }

    static Socket requireConnected(Socket socket) throws SocketException {
        if (!socket.isConnected()) {
            throw new SocketException("the socket is not connected");
        }
        return socket;
    }

    /** The socket that carries the records. */
    final Socket transport() {
        return transport;
    }

    @Override
    public final void connect(SocketAddress endpoint) throws IOException {
        connect(endpoint, 0);
    }

    @Override
    public final void connect(SocketAddress endpoint, int timeout) throws IOException {
        if (transport.isConnected()) {
            throw new SocketException("already connected");
        }
        connecting(endpoint);
        transport.connect(endpoint, timeout);
    }

    /** The socket is about to be connected. */
    abstract void connecting(SocketAddress endpoint);

    @Override
    public final void bind(SocketAddress bindpoint) throws IOException {
        if (transport.isBound()) {
            throw new SocketException("already bound");
        }
        transport.bind(bindpoint);
    }

    @Override
    public final InetAddress getInetAddress() {
        return transport.getInetAddress();
    }

    @Override
    public final InetAddress getLocalAddress() {
        return transport.getLocalAddress();
    }

    @Override
    public final int getPort() {
        return transport.getPort();
    }

    @Override
    public final int getLocalPort() {
        return transport.getLocalPort();
    }

    @Override
    public final SocketAddress getRemoteSocketAddress() {
        return transport.getRemoteSocketAddress();
    }

    @Override
    public final SocketAddress getLocalSocketAddress() {
        return transport.getLocalSocketAddress();
    }

    /** Always null: bytes that go past the TLS layer would break it. */
    @Override
    @SuppressWarnings("NullAway") // the contract of Socket
    public final SocketChannel getChannel() {
        return null;
    }

    @Override
    public final void setTcpNoDelay(boolean on) throws SocketException {
        transport.setTcpNoDelay(on);
    }

    @Override
    public final boolean getTcpNoDelay() throws SocketException {
        return transport.getTcpNoDelay();
    }

    @Override
    public final void setSoLinger(boolean on, int linger) throws SocketException {
        transport.setSoLinger(on, linger);
    }

    @Override
    public final int getSoLinger() throws SocketException {
        return transport.getSoLinger();
    }

    @Override
    public final void sendUrgentData(int data) throws IOException {
        throw new SocketException("TLS has no urgent data");
    }

    @Override
    public final void setOOBInline(boolean on) throws SocketException {
        throw new SocketException("TLS has no urgent data");
    }

    @Override
    public final boolean getOOBInline() {
        return false;
    }

    @Override
    public final void setSendBufferSize(int size) throws SocketException {
        transport.setSendBufferSize(size);
    }

    @Override
    public final int getSendBufferSize() throws SocketException {
        return transport.getSendBufferSize();
    }

    @Override
    public final void setReceiveBufferSize(int size) throws SocketException {
        transport.setReceiveBufferSize(size);
    }

    @Override
    public final int getReceiveBufferSize() throws SocketException {
        return transport.getReceiveBufferSize();
    }

    @Override
    public final void setKeepAlive(boolean on) throws SocketException {
        transport.setKeepAlive(on);
    }

    @Override
    public final boolean getKeepAlive() throws SocketException {
        return transport.getKeepAlive();
    }

    @Override
    public final void setTrafficClass(int tc) throws SocketException {
        transport.setTrafficClass(tc);
    }

    @Override
    public final int getTrafficClass() throws SocketException {
        return transport.getTrafficClass();
    }

    @Override
    public final void setReuseAddress(boolean on) throws SocketException {
        transport.setReuseAddress(on);
    }

    @Override
    public final boolean getReuseAddress() throws SocketException {
        return transport.getReuseAddress();
    }

    @Override
    public final boolean isConnected() {
        return transport.isConnected();
    }

    @Override
    public final boolean isBound() {
        return transport.isBound();
    }

    @Override
    public final void setPerformancePreferences(int connectionTime, int latency, int bandwidth) {
        transport.setPerformancePreferences(connectionTime, latency, bandwidth);
    }

    @Override
    public final <T> Socket setOption(SocketOption<T> name, T value) throws IOException {
        SocketOptions.set(transport, name, value);
        return this;
    }

    @Override
    public final <T> T getOption(SocketOption<T> name) throws IOException {
        return SocketOptions.get(transport, name);
    }

    @Override
    public final Set<SocketOption<?>> supportedOptions() {
        return SocketOptions.supported(transport);
    }

    /** The settings of this connection. */
    abstract ConnectionParameters parameters();

    @Override
    public final String[] getSupportedCipherSuites() {
        return parameters().supportedCipherSuites();
    }

    @Override
    public final String[] getEnabledCipherSuites() {
        return parameters().cipherSuites();
    }

    @Override
    public final void setEnabledCipherSuites(String[] suites) {
        Given.all(suites, "suites");
        parameters().cipherSuites(suites);
    }

    @Override
    public final String[] getSupportedProtocols() {
        return parameters().supportedProtocols();
    }

    @Override
    public final String[] getEnabledProtocols() {
        return parameters().protocols();
    }

    @Override
    public final void setEnabledProtocols(String[] protocols) {
        Given.all(protocols, "protocols");
        parameters().protocols(protocols);
    }

    @Override
    public final void setUseClientMode(boolean mode) {
        parameters().clientMode(mode);
    }

    @Override
    public final boolean getUseClientMode() {
        return parameters().clientMode();
    }

    @Override
    public final void setNeedClientAuth(boolean need) {
        parameters().needClientAuth(need);
    }

    @Override
    public final boolean getNeedClientAuth() {
        return parameters().needClientAuth();
    }

    @Override
    public final void setWantClientAuth(boolean want) {
        parameters().wantClientAuth(want);
    }

    @Override
    public final boolean getWantClientAuth() {
        return parameters().wantClientAuth();
    }

    @Override
    public final void setEnableSessionCreation(boolean flag) {
        parameters().sessionCreation(flag);
    }

    @Override
    public final boolean getEnableSessionCreation() {
        return true;
    }
}
