package io.omnitls;

import io.omnitls.cert.CertificateInfo;
import io.omnitls.cert.VerifyResult;
import io.omnitls.error.TlsException;
import io.omnitls.protocol.Bytes;
import io.omnitls.protocol.ChannelBinding;
import io.omnitls.protocol.CipherSuite;
import io.omnitls.spi.KeyingMaterialSpec;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What the connections of this library have in common: each has a {@link ContextConnection} inside that knows the answers. */
sealed interface OwnConnection extends TlsConnection permits TlsSocket, TlsBioConnection, TlsChannel {

    @Override
    default TlsContext context() {
        return connection().context();
    }

    @Override
    default boolean serverSide() {
        return connection().serverSide();
    }

    @Override
    default Optional<String> serverName() {
        return connection().serverName();
    }

    @Override
    default int pending() {
        return connection().core().pending();
    }

    @Override
    default boolean closeNotifySent() {
        return connection().core().closeNotifySent();
    }

    @Override
    default boolean closeNotifyReceived() {
        return connection().core().closeNotifyReceived();
    }

    @Override
    default ConnectionInfo info() {
        return connection().info();
    }

    @Override
    default boolean handshakeComplete() {
        return connection().handshakeComplete();
    }

    @Override
    default Optional<CertificateInfo> peerCertificate() {
        return connection().peerCertificate();
    }

    @Override
    default List<X509Certificate> verifiedChain() {
        return connection().verifiedChain();
    }

    @Override
    default List<X509Certificate> unverifiedChain() {
        return connection().unverifiedChain();
    }

    @Override
    default Optional<VerifyResult> verifyResult() {
        return connection().verifyResult();
    }

    @Override
    default List<CipherSuite> sharedCiphers() {
        return connection().sharedCiphers();
    }

    @Override
    default Optional<Bytes> channelBinding(ChannelBinding type) throws TlsException {
        Objects.requireNonNull(type, "type");
        return connection().channelBinding(type);
    }

    @Override
    default byte[] exportKeyingMaterial(String label, Bytes context, int length) throws TlsException {
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(context, "context");
        return connection().exportKeyingMaterial(new KeyingMaterialSpec(label, Optional.of(context), length));
    }

    @Override
    default byte[] exportKeyingMaterial(String label, int length) throws TlsException {
        Objects.requireNonNull(label, "label");
        return connection().exportKeyingMaterial(new KeyingMaterialSpec(label, Optional.empty(), length));
    }

    @Override
    default Optional<TlsSession> session() {
        return connection().session();
    }

    @Override
    default Optional<Bytes> stapledOcspResponse() {
        return connection().stapledOcspResponse();
    }

    private ContextConnection connection() {
        if (this instanceof TlsSocket socket) {
            return socket.connection();
        }
        if (this instanceof TlsChannel channel) {
            return channel.connection();
        }
        return ((TlsBioConnection) this).connection();
    }
}
