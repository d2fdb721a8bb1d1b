package io.omnitls;

import io.omnitls.cert.CertificateInfo;
import io.omnitls.cert.VerifyResult;
import io.omnitls.error.TlsException;
import io.omnitls.internal.settings.Requirements;
import io.omnitls.internal.transport.ChunkedWrite;
import io.omnitls.internal.transport.FileRange;
import io.omnitls.protocol.Bytes;
import io.omnitls.protocol.ChannelBinding;
import io.omnitls.protocol.CipherSuite;
import io.omnitls.protocol.TlsVersion;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A TLS connection, whatever carries it: what {@link TlsSocket}, {@link TlsChannel} and {@link TlsBioConnection} have in common.
 *
 * <p>One thread may read while another writes, any thread may close, and what is only asked for is answered at once. After a
 * fatal failure every further operation throws a new exception of the same class that says the same, with the first one as
 * its cause. What the handshake agreed on stays readable after the connection was closed.
 *
 * <p>The code of the application that a handshake calls (a {@link ServerNameCallback}, a clock, a key, a key log) cannot read,
 * write, handshake or unwrap the connection that called it: an {@link IllegalStateException} says so. Its {@code close()}
 * takes effect when that code returns. Whatever it throws, the connection has failed and the peer is told; an {@link Error}
 * reaches the caller as it is.
 *
 * <p>A program that takes a {@code TlsConnection} can be tested with one of its own: nothing in this library asks for one, and
 * nothing tells the library's apart.
 */
public interface TlsConnection extends Closeable {

    /** The context that this connection belongs to; on a server, once the ClientHello is known, the chosen one. */
    TlsContext context();

    /** Whether this end is the server. */
    boolean serverSide();

    /** The name that a client wants to reach: an A-label or an address; on a server, the name it was asked for. */
    Optional<String> serverName();

    /**
     * Completes the handshake; does nothing when it is complete. Reading and writing do this by themselves.
     *
     * @throws TlsException when the handshake fails; a {@code TlsCertificateVerificationException} when the peer's
     *     certificate does not verify
     */
    void handshake() throws IOException;

    /**
     * Reads decrypted bytes into {@code target}.
     *
     * @return how many, at least 1 unless {@code target} is full; -1 after the peer's close_notify
     * @throws io.omnitls.error.TlsEofException when the transport ended without close_notify: the data may be truncated
     * @throws io.omnitls.error.TlsWantReadException when a non-blocking connection has nothing to read now
     */
    int read(ByteBuffer target) throws IOException;

    /**
     * Encrypts and sends from {@code source}. A blocking connection takes all of it.
     *
     * @return how many bytes were taken
     * @throws io.omnitls.error.TlsWantWriteException when a non-blocking connection takes nothing now
     * @throws io.omnitls.error.TlsZeroReturnException when the peer has sent close_notify and the backend writes no more
     * @throws TlsException PROTOCOL_IS_SHUTDOWN after this end's close_notify
     */
    int write(ByteBuffer source) throws IOException;

    /**
     * Encrypts and sends bytes of a file: Python's {@code sendfile}. The file's own position stays as it is. A blocking
     * connection sends all of them; over a non-blocking channel fewer may be taken, and their last records may wait for
     * {@link TlsChannel#flush}. A memory BIO holds all that is taken.
     *
     * @param position where in the file to begin, counted in bytes from 0
     * @param count how many bytes to send; the end of the file comes first if there are fewer
     * @return how many bytes were taken
     * @throws IllegalArgumentException when {@code position} or {@code count} is negative
     * @throws java.nio.channels.NonReadableChannelException when the file was not opened for reading
     * @throws io.omnitls.error.TlsWantWriteException when not one byte was taken
     * @throws IOException when the file cannot be read; the connection goes on after what was taken before
     */
    default long sendFile(FileChannel file, long position, long count) throws IOException {
        Objects.requireNonNull(file, "file");
        return new ChunkedWrite(this::write).write(new FileRange(file, position, count));
    }

    /** How many decrypted bytes can be read without waiting. Answers at once, whatever other threads do. */
    int pending();

    /** Whether this end has sent close_notify: {@code SSL_SENT_SHUTDOWN} of {@code SSL_get_shutdown}. */
    boolean closeNotifySent();

    /** Whether the peer's close_notify was read: {@code SSL_RECEIVED_SHUTDOWN} of {@code SSL_get_shutdown}. */
    boolean closeNotifyReceived();

    /**
     * What the handshake agreed on.
     *
     * @throws IllegalStateException before the handshake is complete
     */
    ConnectionInfo info();

    /** The negotiated version, or empty before the handshake is complete. */
    default Optional<TlsVersion> version() {
        return handshakeComplete() ? Optional.of(info().version()) : Optional.empty();
    }

    /** The negotiated cipher suite, or empty before the handshake is complete. */
    default Optional<CipherSuite> cipher() {
        return handshakeComplete() ? Optional.of(info().cipher()) : Optional.empty();
    }

    /** The protocol that ALPN selected, or empty when none was, or not yet. */
    default Optional<String> selectedAlpnProtocol() {
        return handshakeComplete() ? info().applicationProtocol() : Optional.empty();
    }

    /** Always empty: TLS compression leaks secrets (RFC 7457 section 2.6) and no provider has it. */
    default Optional<String> compression() {
        return Optional.empty();
    }

    /**
     * Whether this connection was made in the approved mode of a validated module, with everything that belongs to it:
     * see {@link TlsContext#fipsApproved}; in TLS 1.2 the extended master secret too (RFC 7627). False before the
     * handshake is complete, and for a resumed session, of which nobody knows with which key it began.
     */
    default boolean fipsApproved() {
        return handshakeComplete() && info().fipsApproved();
    }

    /** Whether {@link #info} has something to say. */
    boolean handshakeComplete();

    /**
     * The peer's own certificate: absent when it sent none. When it was not verified, everything about it but
     * {@link CertificateInfo#encoded} is empty, so that nobody takes an unproven name for a proven one.
     *
     * @throws IllegalStateException before the handshake is complete
     */
    Optional<CertificateInfo> peerCertificate();

    /**
     * The path that verification built, from the peer's certificate to the trust anchor; empty when the peer has not shown
     * a certificate, or one that does not verify. With {@link io.omnitls.protocol.VerifyMode#NONE}, where the verdict
     * decides nothing, it is here all the same if the verdict was good.
     */
    List<X509Certificate> verifiedChain();

    /** The certificates as the peer sent them, its own first; known even when the handshake failed over them. */
    List<X509Certificate> unverifiedChain();

    /**
     * The verdict on the peer's certificate, also where it was only recorded ({@code VerifyMode.NONE}) or made the
     * handshake fail; empty when the peer sent none. On a resumed session the certificates that it began with are judged
     * again.
     */
    Optional<VerifyResult> verifyResult();

    /**
     * The suites that the client offers and this server has enabled, in the client's order; empty before the ClientHello
     * is known, and on a client, which never learns it.
     */
    List<CipherSuite> sharedCiphers();

    /**
     * What ties an authentication inside of this connection to it: Python's {@code get_channel_binding}. It is no secret:
     * who learns it learns nothing of the connection's keys (RFC 9266 section 4). What it needs is that the authentication
     * protects it from being changed (RFC 5056 section 2.1).
     *
     * @return empty before the handshake is complete, and where the binding is not defined: tls-unique in TLS 1.3,
     *     tls-server-end-point without a certificate or with one signed by Ed25519
     * @throws io.omnitls.error.UnsupportedFeatureException when the backend does not tell
     * @throws IllegalStateException when tls-unique or tls-exporter is asked of a connection whose context was built
     *     without {@link ContextBuilder#exporters}
     * @throws TlsException when {@code TLS_EXPORTER} is asked for after the connection was closed; NO_EXTENDED_MASTER_SECRET
     *     when tls-unique or tls-exporter is asked of a TLS 1.2 connection without that (RFC 9266 section 4.2)
     */
    Optional<Bytes> channelBinding(ChannelBinding type) throws TlsException;

    /**
     * Keying material that both ends know and nobody else (RFC 5705, RFC 8446 section 7.5): {@code
     * SSL_export_keying_material}. It is a secret; wipe it after use.
     *
     * @param label what it is for, 1 to 249 ASCII characters, from the IANA registry <em>TLS Exporter Labels</em>; those
     *     that TLS itself uses, like {@code key expansion}, are refused
     * @param context mixed in
     * @param length how many bytes, 1 to 8160
     * @throws io.omnitls.error.UnsupportedFeatureException when the backend has no exporter
     * @throws IllegalStateException before the handshake is complete, and when the context was built without {@link
     *     ContextBuilder#exporters}
     * @throws TlsException when the connection is closed, or the backend refuses; NO_EXTENDED_MASTER_SECRET in TLS 1.2 when
     *     that was not negotiated, without which other connections may have the same secrets (RFC 7627 section 5.4)
     */
    byte[] exportKeyingMaterial(String label, Bytes context, int length) throws TlsException;

    /** The same without a context, which in TLS 1.2 is not the same as one without bytes. */
    byte[] exportKeyingMaterial(String label, int length) throws TlsException;

    /**
     * The session of a client's connection, to be given to a later one with {@link ConnectionOptions#resuming}: Python's
     * {@code SSLSocket.session}. Empty before the handshake is complete, on a server, and where the backend resumes no
     * session of the negotiated version.
     */
    Optional<TlsSession> session();

    /**
     * Asks a client for its certificate after the handshake (RFC 8446 section 4.6.2): Python's {@code
     * verify_client_post_handshake}. No backend can; ask in the handshake, with {@link ContextBuilder#verifyMode}.
     *
     * @throws io.omnitls.error.UnsupportedFeatureException always
     */
    default void verifyClientPostHandshake() {
        throw new Requirements(context().provider()).noPostHandshakeAuth();
    }

    /**
     * The OCSPResponse (RFC 6960, DER) that the server stapled to its certificate, whatever {@link
     * ClientContext#ocspStapling} makes of it; empty when it stapled none, when the backend does not show it, and on a
     * resumed session.
     */
    Optional<Bytes> stapledOcspResponse();
}
