package io.omnitls.testkit.net;

import io.omnitls.protocol.TlsVersion;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** TLS of the JDK itself as an end of a connection, with somebody else's trust manager. */
public final class JdkPeer {
    private final SSLContext context;

    /** An end that proves itself with these keys, which may be none, and asks this manager whom to trust. */
    public JdkPeer(KeyManager[] keys, X509TrustManager trust) throws GeneralSecurityException {
        context = SSLContext.getInstance("TLS", "SunJSSE");
        context.init(keys, new TrustManager[] {trust}, null);
    }

    /** Completes a client's handshake with an {@code SSLSocket}, which takes {@code plain} over. */
    public void socketHandshake(Socket plain, String host, TlsVersion version) throws IOException {
        try (SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(plain, host, plain.getPort(), true)) {
            socket.setEnabledProtocols(new String[] {version.protocolName()});
            socket.startHandshake();
        }
    }

    /** Completes a client's handshake with an {@code SSLEngine} that reaches {@code host}, or nobody in particular. */
    public void clientHandshake(Socket plain, Optional<String> host, TlsVersion version) throws IOException {
        SSLEngine engine =
                host.map(name -> context.createSSLEngine(name, plain.getPort())).orElseGet(context::createSSLEngine);
        engine.setUseClientMode(true);
        handshake(plain, engine, version);
    }

    /** Completes a server's handshake with an {@code SSLEngine} that wants a certificate. */
    public void serverHandshake(Socket plain, TlsVersion version) throws IOException {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        engine.setNeedClientAuth(true);
        handshake(plain, engine, version);
    }

    /** A client's engine that reaches {@code host}. */
    public SSLEngine clientEngine(String host, TlsVersion version) {
        SSLEngine engine = context.createSSLEngine(host, 443);
        engine.setUseClientMode(true);
        engine.setEnabledProtocols(new String[] {version.protocolName()});
        return engine;
    }

    /** A server's engine. */
    public SSLEngine serverEngine(TlsVersion version) {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        engine.setEnabledProtocols(new String[] {version.protocolName()});
        return engine;
    }

    private static void handshake(Socket plain, SSLEngine engine, TlsVersion version) throws IOException {
        engine.setEnabledProtocols(new String[] {version.protocolName()});
        ByteBuffer received = ByteBuffer.allocate(2 * engine.getSession().getPacketBufferSize());
        ByteBuffer data = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
        engine.beginHandshake();
        while (true) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> engine.getDelegatedTask().run();
                case NEED_WRAP -> send(plain, engine);
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> receive(plain, engine, received, data);
                default -> {
                    return;
                }
            }
        }
    }

    private static void send(Socket plain, SSLEngine engine) throws IOException {
        ByteBuffer record = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), record);
        plain.getOutputStream().write(record.array(), 0, record.position());
    }

    private static void receive(Socket plain, SSLEngine engine, ByteBuffer received, ByteBuffer data)
            throws IOException {
        received.flip();
        SSLEngineResult result = engine.unwrap(received, data);
        received.compact();
        if (result.getStatus() == SSLEngineResult.Status.BUFFER_UNDERFLOW) {
            byte[] more = new byte[received.remaining()];
            int length = plain.getInputStream().read(more);
            if (length < 0) {
                throw new SSLException("the peer ended the transport");
            }
            received.put(more, 0, length);
        }
    }
}
