package io.omnitls.internal.transport;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketImpl;

/**
 * The plain socket behind a TLS connection that was ended with {@code unwrap()}: the TLS layer may have read bytes that
 * came behind the peer's close_notify, and they are the first that this socket's stream yields.
 */
public final class UnwrappedSocket extends Socket {

    public UnwrappedSocket(Socket transport, byte[] leftover) throws IOException {
        super(new View(transport, leftover));
        // Tells java.net.Socket that it is connected; the view has nothing to do for it.
        super.connect(transport.getRemoteSocketAddress());
    }

    /** Lets {@link Socket}, whose methods all end here, work on another socket. */
    private static final class View extends SocketImpl {
        private final Socket transport;
        private final InputStream input;

        View(Socket transport, byte[] leftover) throws IOException {
            this.transport = transport;
            this.input = leftover.length == 0
                    ? transport.getInputStream()
                    : new SequenceInputStream(new ByteArrayInputStream(leftover), transport.getInputStream());
        }

        @Override
        protected void create(boolean stream) {}

        @Override
        protected void connect(String host, int port) {
            connected();
        }

        @Override
        protected void connect(InetAddress host, int port) {
            connected();
        }

        @Override
        protected void connect(SocketAddress remote, int timeout) {
            connected();
        }

        private void connected() {
            InetSocketAddress remote = (InetSocketAddress) transport.getRemoteSocketAddress();
            address = remote.getAddress();
            port = remote.getPort();
            localport = transport.getLocalPort();
        }

        @Override
        protected InputStream getInputStream() {
            return input;
        }

        @Override
        protected OutputStream getOutputStream() throws IOException {
            return transport.getOutputStream();
        }

        @Override
        protected int available() throws IOException {
            return input.available();
        }

        @Override
        protected void close() throws IOException {
            transport.close();
        }

        @Override
        protected void shutdownInput() throws IOException {
            transport.shutdownInput();
        }

        @Override
        protected void shutdownOutput() throws IOException {
            transport.shutdownOutput();
        }

        @Override
        protected void sendUrgentData(int data) throws IOException {
            transport.sendUrgentData(data);
        }

        @Override
        protected void bind(InetAddress host, int localPort) throws IOException {
            throw new SocketException("already bound");
        }

        @Override
        protected void listen(int backlog) throws IOException {
            throw new SocketException("a connected socket cannot listen");
        }

        @Override
        protected void accept(SocketImpl socket) throws IOException {
            throw new SocketException("a connected socket cannot accept");
        }

        @Override
        public Object getOption(int option) throws SocketException {
            return switch (option) {
                case TCP_NODELAY -> transport.getTcpNoDelay();
                case SO_LINGER -> transport.getSoLinger();
                case SO_TIMEOUT -> transport.getSoTimeout();
                case SO_SNDBUF -> transport.getSendBufferSize();
                case SO_RCVBUF -> transport.getReceiveBufferSize();
                case SO_KEEPALIVE -> transport.getKeepAlive();
                case SO_REUSEADDR -> transport.getReuseAddress();
                case SO_OOBINLINE -> transport.getOOBInline();
                case IP_TOS -> transport.getTrafficClass();
                case SO_BINDADDR -> transport.getLocalAddress();
                default -> throw new SocketException("unknown socket option " + option);
            };
        }

        @Override
        public void setOption(int option, Object value) throws SocketException {
            switch (option) {
                case TCP_NODELAY -> transport.setTcpNoDelay((Boolean) value);
                case SO_LINGER ->
                    transport.setSoLinger(value instanceof Integer, value instanceof Integer seconds ? seconds : 0);
                case SO_TIMEOUT -> transport.setSoTimeout((Integer) value);
                case SO_SNDBUF -> transport.setSendBufferSize((Integer) value);
                case SO_RCVBUF -> transport.setReceiveBufferSize((Integer) value);
                case SO_KEEPALIVE -> transport.setKeepAlive((Boolean) value);
                case SO_REUSEADDR -> transport.setReuseAddress((Boolean) value);
                case SO_OOBINLINE -> transport.setOOBInline((Boolean) value);
                case IP_TOS -> transport.setTrafficClass((Integer) value);
                default -> throw new SocketException("unknown socket option " + option);
            }
        }
    }
}
