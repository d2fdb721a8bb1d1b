package io.omnitls;

import io.omnitls.cert.CertificateInfo;
import io.omnitls.cert.VerifyResult;
import io.omnitls.error.TlsException;
import io.omnitls.internal.engine.ByteQueue;
import io.omnitls.internal.engine.ConnectionCore;
import io.omnitls.internal.engine.Deadline;
import io.omnitls.internal.engine.Transport;
import io.omnitls.protocol.Bytes;
import io.omnitls.protocol.ChannelBinding;
import io.omnitls.protocol.CipherSuite;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * A TLS connection without any I/O: it takes records from one {@link MemoryBio} and puts records into another, and
 * whoever owns it moves them. Python's {@code SSLObject}.
 *
 * <p>An operation that lacks input throws {@code TlsWantReadException}: send what is in the outgoing BIO, put what the
 * peer answers into the incoming one, and repeat the call; it goes on where it stopped. The end of the incoming BIO
 * without the peer's close_notify is always an error.
 *
 * <p>It takes no byte out of the incoming BIO that it does not need, so what follows the peer's close_notify stays
 * there.
 */
public final class TlsBioConnection implements TlsConnection {
    private final ContextConnection connection;
    private final ConnectionCore core;

    TlsBioConnection(ClientContext context, ConnectionOptions options, MemoryBio incoming, MemoryBio outgoing) {
        this(new ContextConnection(context, options, new BioTransport(incoming, outgoing)));
    }

    TlsBioConnection(ServerContext context, MemoryBio incoming, MemoryBio outgoing) {
        this(new ContextConnection(context, ConnectionOptions.none(), new BioTransport(incoming, outgoing)));
    }

    private TlsBioConnection(ContextConnection connection) {
        this.connection = connection;
        this.core = connection.core();
    }

    @Override
    public void handshake() throws IOException {
        core.handshake(Deadline.NONE);
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return core.read(target, Deadline.NONE);
    }

    /**
     * Reads up to {@code limit} decrypted bytes, at least one; none after the peer's close_notify.
     *
     * @throws io.omnitls.error.TlsWantReadException when the incoming BIO does not hold a whole record
     */
    public byte[] read(int limit) throws IOException {
        ByteBuffer target = ByteBuffer.allocate(limit);
        core.read(target, Deadline.NONE);
        return java.util.Arrays.copyOf(target.array(), target.position());
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        return core.write(source, Deadline.NONE);
    }

    /** Encrypts all of {@code data} into the outgoing BIO. */
    public void write(byte[] data) throws IOException {
        core.write(ByteBuffer.wrap(data), Deadline.NONE);
    }

    @Override
    public int pending() {
        return core.pending();
    }

    /**
     * Ends the connection in both directions: puts close_notify into the outgoing BIO and looks for the peer's in the
     * incoming one.
     *
     * @throws io.omnitls.error.TlsWantReadException when the peer's has not come yet
     * @throws TlsException APPLICATION_DATA_AFTER_CLOSE_NOTIFY when data came that nobody read: read it and repeat
     */
    public void unwrap() throws IOException {
        core.shutdown(Deadline.NONE);
    }

    /** Lets the backend's resources go; puts close_notify into the outgoing BIO if {@link #unwrap} has not. */
    @Override
    public void close() {
        core.close();
        core.release();
    }

    @Override
    public TlsContext context() {
        return connection.context();
    }

    @Override
    public boolean serverSide() {
        return connection.serverSide();
    }

    @Override
    public Optional<String> serverName() {
        return connection.serverName();
    }

    @Override
    public boolean handshakeComplete() {
        return connection.handshakeComplete();
    }

    @Override
    public ConnectionInfo info() {
        return connection.info();
    }

    @Override
    public Optional<CertificateInfo> peerCertificate() {
        return connection.peerCertificate();
    }

    @Override
    public List<X509Certificate> verifiedChain() {
        return connection.verifiedChain();
    }

    @Override
    public List<X509Certificate> unverifiedChain() {
        return connection.unverifiedChain();
    }

    @Override
    public Optional<VerifyResult> verifyResult() {
        return connection.verifyResult();
    }

    @Override
    public Optional<Bytes> channelBinding(ChannelBinding type) throws TlsException {
        return connection.channelBinding(type);
    }

    @Override
    public byte[] exportKeyingMaterial(String label, Optional<Bytes> context, int length) throws TlsException {
        return connection.exportKeyingMaterial(label, context, length);
    }

    @Override
    public List<CipherSuite> sharedCiphers() {
        return connection.sharedCiphers();
    }

    @Override
    public Optional<TlsSession> session() {
        return connection.session();
    }

    @Override
    public Optional<Bytes> stapledOcspResponse() {
        return connection.stapledOcspResponse();
    }

    private record BioTransport(MemoryBio incoming, MemoryBio outgoing) implements Transport {
        @Override
        public void send(ByteBuffer records) throws IOException {
            outgoing.write(records);
        }

        @Override
        public int receive(ByteQueue inbound, int missing, Deadline deadline) {
            byte[] bytes = incoming.read(missing);
            if (bytes.length == 0) {
                return incoming.eof() ? END : 0;
            }
            inbound.put(bytes);
            return bytes.length;
        }
    }
}
