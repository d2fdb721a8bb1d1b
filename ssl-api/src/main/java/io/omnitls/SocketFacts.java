package io.omnitls;

import io.omnitls.internal.javax.ConnectionFacts;
import io.omnitls.protocol.Bytes;
import io.omnitls.protocol.CipherSuite;
import io.omnitls.protocol.TlsVersion;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** A socket's connection, as its {@code SSLSession} asks about it. */
record SocketFacts(TlsSocket socket) implements ConnectionFacts {
    private static final Bytes NONE = Bytes.copyOf(new byte[0]);

    @Override
    public boolean handshakeComplete() {
        return socket.handshakeComplete();
    }

    @Override
    public Optional<TlsVersion> version() {
        return socket.version();
    }

    @Override
    public Optional<CipherSuite> cipher() {
        return socket.cipher();
    }

    @Override
    public Bytes sessionId() {
        return handshakeComplete() ? socket.info().sessionId() : NONE;
    }

    @Override
    public List<X509Certificate> localChain() {
        return handshakeComplete() ? socket.info().localChain() : List.of();
    }

    @Override
    public boolean peerVerified() {
        return handshakeComplete() && socket.connection().peerVerified();
    }

    @Override
    public List<X509Certificate> unverifiedChain() {
        return socket.unverifiedChain();
    }

    @Override
    public String peerHost() {
        return socket.serverName()
                .filter(name -> !socket.serverSide())
                .orElseGet(() -> socket.getInetAddress().getHostAddress());
    }

    @Override
    public int peerPort() {
        return socket.getPort();
    }
}
