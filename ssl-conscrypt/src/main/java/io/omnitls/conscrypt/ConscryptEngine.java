package io.omnitls.conscrypt;

import io.omnitls.protocol.Bytes;
import io.omnitls.spi.EngineFailure;
import io.omnitls.spi.KeyingMaterialSpec;
import io.omnitls.spi.SecretLabel;
import io.omnitls.spi.SecretListener;
import io.omnitls.spi.StandardEngine;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.conscrypt.Conscrypt;

/** A connection's engine on Conscrypt. */
final class ConscryptEngine extends StandardEngine {
    private static final int ALERT_ROOM = 1024;
    private static final ByteBuffer NO_DATA = ByteBuffer.allocate(0);

    private final Optional<SecretListener> secrets;
    private final int portionSize; // what one wrap gives at most
    private boolean portion; // the last one gave that much
    private final ByteBuffer[] first = new ByteBuffer[1]; // of the targets; null between calls

    ConscryptEngine(SSLEngine engine, Optional<SecretListener> secrets) {
        super(engine);
        this.secrets = secrets;
        this.portionSize = engine.getSession().getPacketBufferSize();
    }

    @Override
    public SSLEngineResult wrap(ByteBuffer source, ByteBuffer target) throws SSLException {
        SSLEngineResult result = observed(super.wrap(source, target));
        portion = result.bytesProduced() >= portionSize;
        return result;
    }

    /**
     * Conscrypt hands out so much a call as a record may have, and says FINISHED with the rest of its last flight in its hands:
     * a ticket of TLS 1.2 holds the client's certificate, and was seen to be cut off where that has 16 KiB.
     */
    @Override
    public boolean moreToSend() {
        return portion;
    }

    /** BoringSSL keeps those of TLS 1.3 back until there is something to send. */
    @Override
    public boolean ticketsBeforeData() {
        return true;
    }

    /**
     * After this end's close_notify Conscrypt says CLOSED with every record of data that still comes in. Its own way with several
     * targets costs a crossing into native code for each, needed or not; but what one target has no room for it keeps, says
     * BUFFER_OVERFLOW, and hands it out when it is called without a record.
     */
    @Override
    public SSLEngineResult unwrap(ByteBuffer source, ByteBuffer[] targets) throws SSLException {
        SSLEngineResult result;
        first[0] = targets[0];
        try {
            result = observed(super.unwrap(source, first));
        } finally {
            first[0] = null;
        }
        if (targets.length > 1 && result.getStatus() == Status.BUFFER_OVERFLOW && result.bytesConsumed() > 0) {
            SSLEngineResult rest = sslEngine().unwrap(NO_DATA, targets[1]);
            return new SSLEngineResult(
                    rest.getStatus(),
                    rest.getHandshakeStatus(),
                    result.bytesConsumed(),
                    result.bytesProduced() + rest.bytesProduced());
        }
        boolean closed = result.getStatus() == Status.CLOSED;
        return closed && !(sslEngine().isInboundDone() && result.bytesProduced() == 0) // which takes a lock
                ? new SSLEngineResult(
                        Status.OK, result.getHandshakeStatus(), result.bytesConsumed(), result.bytesProduced())
                : result;
    }

    /** Conscrypt copies the record into native memory first. */
    @Override
    public boolean decryptsInPlace() {
        return false;
    }

    /** Which is worth a fifth of its speed at 16 KiB. */
    @Override
    public boolean prefersDirect() {
        return true;
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
    public Optional<String> applicationProtocol() {
        return Optional.ofNullable(Conscrypt.getApplicationProtocol(sslEngine()))
                .filter(protocol -> !protocol.isEmpty());
    }

    @Override
    public byte[] exportKeyingMaterial(KeyingMaterialSpec wanted) throws SSLException {
        byte[] exported = Conscrypt.exportKeyingMaterial(
                sslEngine(),
                wanted.label(),
                wanted.context().map(Bytes::toByteArray).orElse(null),
                wanted.length());
        if (exported == null) {
            throw new SSLException("Conscrypt forgets its keys once close_notify was sent");
        }
        return exported;
    }

    /** What {@code getSession} gives is a view of the engine, which holds two file descriptors. */
    @Override
    protected Optional<SSLSession> cachedSession() {
        return Optional.empty();
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
            for (int produced = 1; produced > 0; ((Buffer) nobodyWantsIt).clear()) {
                produced = engine.wrap(ByteBuffer.allocate(0), nobodyWantsIt).bytesProduced();
            }
        } catch (SSLException alreadyFailed) {
            // Then there is nothing more to send.
        }
    }
}
