package io.omnitls;

import io.omnitls.internal.engine.Chosen;
import io.omnitls.internal.javax.ConnectionFacts;
import io.omnitls.protocol.Bytes;
import io.omnitls.protocol.CipherSuite;
import io.omnitls.protocol.SignatureScheme;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.spi.Feature;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import javax.net.ssl.SSLSessionContext;
import org.jspecify.annotations.Nullable;

/**
 * A connection, as its {@code SSLSession} asks about it.
 *
 * @param address where the peer is, for a connection that knows no name of it; may give null
 * @param port the peer's, as far as is known
 */
record ConnectionView(ContextConnection connection, Supplier<@Nullable String> address, Supplier<OptionalInt> port)
        implements ConnectionFacts {
    private static final Bytes NONE = Bytes.copyOf(new byte[0]);

    @Override
    public boolean handshakeComplete() {
        return connection.handshakeComplete();
    }

    @Override
    public boolean sessionValid() {
        return connection.sessionValid();
    }

    @Override
    public void forgetSession() {
        connection.forgetSession();
    }

    @Override
    public Optional<TlsVersion> version() {
        return handshakeComplete() ? Optional.of(connection.info().version()) : Optional.empty();
    }

    @Override
    public Optional<CipherSuite> cipher() {
        return handshakeComplete() ? Optional.of(connection.info().cipher()) : Optional.empty();
    }

    /** TLS 1.2 ends in both directions at once (RFC 5246 section 7.2.1). */
    @Override
    public boolean halfClose() {
        return version().filter(version -> version.atLeast(TlsVersion.TLS_1_3)).isPresent()
                && connection.context().provider().capabilities().has(Feature.HALF_CLOSE);
    }

    @Override
    public Optional<String> applicationProtocol() {
        return handshakeComplete() ? connection.info().applicationProtocol() : Optional.empty();
    }

    @Override
    public Optional<Chosen> chosen() {
        return connection.core().chosen();
    }

    @Override
    public Optional<String> requestedName() {
        return connection.requestedName();
    }

    @Override
    public List<SignatureScheme> localSchemes() {
        return connection.context().signatureSchemes();
    }

    @Override
    public List<SignatureScheme> peerSchemes() {
        return connection.peerSchemes();
    }

    @Override
    public Optional<Bytes> stapledResponse() {
        return connection.stapledOcspResponse();
    }

    @Override
    public SSLSessionContext sessions() {
        return new ContextViews(connection.context()).sessions();
    }

    @Override
    public Bytes sessionId() {
        return handshakeComplete() ? connection.info().sessionId() : NONE;
    }

    @Override
    public List<X509Certificate> localChain() {
        return handshakeComplete() ? connection.info().localChain() : List.of();
    }

    @Override
    public boolean peerVerified() {
        return handshakeComplete() && connection.peerVerified();
    }

    @Override
    public List<X509Certificate> unverifiedChain() {
        return connection.unverifiedChain();
    }

    @Override
    public @Nullable String peerHost() {
        return connection.serverName().filter(name -> !connection.serverSide()).orElseGet(address);
    }

    @Override
    public OptionalInt peerPort() {
        return port.get();
    }
}
