package io.omnitls.internal.javax;

import io.omnitls.internal.engine.Chosen;
import io.omnitls.protocol.Bytes;
import io.omnitls.protocol.CipherSuite;
import io.omnitls.protocol.SignatureScheme;
import io.omnitls.protocol.TlsVersion;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import javax.net.ssl.SSLSessionContext;
import org.jspecify.annotations.Nullable;

/** What {@code javax.net.ssl} asks about a connection, whatever carries it. Until the handshake is complete most is empty. */
public interface ConnectionFacts {
    boolean handshakeComplete();

    /** Whether the handshake is complete, and no fatal alert has ended the connection since. */
    boolean sessionValid();

    /** The context does not resume the session any more. */
    void forgetSession();

    Optional<TlsVersion> version();

    Optional<CipherSuite> cipher();

    /** Whether this end can write after the peer's close_notify. */
    boolean halfClose();

    /** What ALPN selected. */
    Optional<String> applicationProtocol();

    /** What a handshake that is under way will agree on if it is completed, as far as that is known. */
    Optional<Chosen> chosen();

    /** The name that a client has sent, on either end. */
    Optional<String> requestedName();

    /** What this end signs by and accepts; empty for the backend's own. */
    List<SignatureScheme> localSchemes();

    /** What the peer accepts, where it has said so and this end has heard it. */
    List<SignatureScheme> peerSchemes();

    /** What a server has stapled to its certificate. */
    Optional<Bytes> stapledResponse();

    /** The context's. */
    SSLSessionContext sessions();

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

    /** Empty where nobody knows. */
    OptionalInt peerPort();
}
