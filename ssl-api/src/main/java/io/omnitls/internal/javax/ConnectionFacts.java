package io.omnitls.internal.javax;

import io.omnitls.protocol.Bytes;
import io.omnitls.protocol.CipherSuite;
import io.omnitls.protocol.TlsVersion;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What {@code javax.net.ssl} asks about a connection, whatever carries it. Until the handshake is complete most is empty. */
public interface ConnectionFacts {
    boolean handshakeComplete();

    Optional<TlsVersion> version();

    Optional<CipherSuite> cipher();

    /** What ALPN selected. */
    Optional<String> applicationProtocol();

    /** Without a byte where there is none. */
    Bytes sessionId();

    /** What this end has sent. */
    List<X509Certificate> localChain();

    /** Whether the peer has proved who it is. */
    boolean peerVerified();

    /** What the peer has sent, proved or not. */
    List<X509Certificate> unverifiedChain();

    /** Whom a client wanted to reach, and otherwise the peer's address; null where nobody knows either. */
    @Nullable
    String peerHost();

    /** -1 where nobody knows. */
    int peerPort();
}
