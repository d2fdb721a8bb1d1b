package io.omnitls.conscrypt;

import io.omnitls.protocol.Bytes;
import io.omnitls.spi.EngineFailure;
import io.omnitls.spi.SecretLabel;
import io.omnitls.spi.SecretListener;
import io.omnitls.spi.StandardEngine;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.conscrypt.Conscrypt;

/** A connection's engine on Conscrypt. */
final class ConscryptEngine extends StandardEngine {
    private static final int ALERT_ROOM = 1024;

    private final Optional<SecretListener> secrets;

    ConscryptEngine(SSLEngine engine, Optional<SecretListener> secrets) {
        super(engine);
        this.secrets = secrets;
    }

    @Override
    public SSLEngineResult wrap(ByteBuffer source, ByteBuffer target) throws SSLException {
        return observed(super.wrap(source, target));
    }

    /** After this end's close_notify Conscrypt says CLOSED with every record of data that still comes in. */
    @Override
    public SSLEngineResult unwrap(ByteBuffer source, ByteBuffer target) throws SSLException {
        SSLEngineResult result = observed(super.unwrap(source, target));
        boolean peerClosed = sslEngine().isInboundDone() && result.bytesProduced() == 0;
        return result.getStatus() == Status.CLOSED && !peerClosed
                ? new SSLEngineResult(
                        Status.OK, result.getHandshakeStatus(), result.bytesConsumed(), result.bytesProduced())
                : result;
    }

    /** The keys are there when the handshake is complete, and not before. */
    private SSLEngineResult observed(SSLEngineResult result) throws SSLException {
        if (secrets.isPresent() && result.getHandshakeStatus() == HandshakeStatus.FINISHED) {
            byte[] master = MasterSecret.of(sslEngine());
            secrets.get().secret(SecretLabel.CLIENT_RANDOM, master);
            Arrays.fill(master, (byte) 0);
        }
        return result;
    }

    @Override
    public byte[] exportKeyingMaterial(String label, Optional<Bytes> context, int length) throws SSLException {
        byte[] exported = Conscrypt.exportKeyingMaterial(
                sslEngine(), label, context.map(Bytes::toByteArray).orElse(null), length);
        if (exported == null) {
            throw new SSLException("Conscrypt forgets its keys once close_notify was sent");
        }
        return exported;
    }

    @Override
    public Optional<Bytes> tlsUnique() {
        return Optional.ofNullable(Conscrypt.getTlsUnique(sslEngine())).map(Bytes::copyOf);
    }

    @Override
    public EngineFailure explain(Throwable failure) {
        return ConscryptFailures.explain(failure);
    }

    /** Gives back native memory and two file descriptors, which needs both directions closed and nothing left to send. */
    @Override
    public void release() {
        SSLEngine engine = sslEngine();
        engine.closeOutbound();
        try {
            engine.closeInbound();
            ByteBuffer nobodyWantsIt = ByteBuffer.allocate(engine.getSession().getPacketBufferSize() + ALERT_ROOM);
            for (int produced = 1; produced > 0; nobodyWantsIt.clear()) {
                produced = engine.wrap(ByteBuffer.allocate(0), nobodyWantsIt).bytesProduced();
            }
        } catch (SSLException alreadyFailed) {
            // Then there is nothing more to send.
        }
    }
}
