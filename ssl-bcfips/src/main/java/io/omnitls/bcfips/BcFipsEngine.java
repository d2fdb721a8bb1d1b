package io.omnitls.bcfips;

import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.Bytes;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.SignatureScheme;
import io.omnitls.protocol.TlsAlert;
import io.omnitls.spi.AlertChoice;
import io.omnitls.spi.EngineCall;
import io.omnitls.spi.EngineFailure;
import io.omnitls.spi.KeyingMaterialSpec;
import io.omnitls.spi.ResumableSession;
import io.omnitls.spi.StandardEngine;
import java.nio.ByteBuffer;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.bouncycastle.crypto.fips.FipsOperationError;
import org.bouncycastle.jsse.BCSSLEngine;

/**
 * A connection's engine on BC-FIPS. The backend's own breaks with what is expected of an {@code SSLEngine} in three
 * ways, which are mended here:
 *
 * <ul>
 *   <li>what fails in {@code unwrap} during a handshake is thrown by the next {@code wrap};
 *   <li>what the module refuses in approved mode is thrown as a {@code java.lang.Error}, and the peer is told nothing;
 *   <li>after {@code closeOutbound} nothing can be read: not the data that is under way, nor the peer's close_notify.
 * </ul>
 */
final class BcFipsEngine extends StandardEngine {
    private static final ByteBuffer NO_DATA = ByteBuffer.allocate(0);
    private static final ByteBuffer NO_ROOM = ByteBuffer.allocate(0);

    private final ApprovedMode approvedMode;
    private final ConnectionFacts facts;

    private volatile Optional<LastWord> lastWord = Optional.empty();

    BcFipsEngine(SSLEngine engine, ApprovedMode approvedMode, ConnectionFacts facts) {
        super(engine);
        this.approvedMode = approvedMode;
        this.facts = facts;
    }

    @Override
    public void beginHandshake() throws SSLException {
        atWork(() -> {
            sslEngine().beginHandshake();
            return sslEngine().getHandshakeStatus();
        });
    }

    @Override
    public SSLEngineResult wrap(ByteBuffer source, ByteBuffer target) throws SSLException {
        Optional<LastWord> end = lastWord;
        return atWork(() ->
                end.isPresent() ? end.get().wrap(target) : finished(sslEngine().wrap(source, target)));
    }

    /** Says close_notify past the backend, which reads on because it does not know. */
    @Override
    public void closeOutbound() {
        endWith(AlertDescription.CLOSE_NOTIFY);
    }

    @Override
    public SSLEngineResult unwrap(ByteBuffer source, ByteBuffer[] targets) throws SSLException {
        return atWork(() -> {
            SSLEngineResult result = finished(sslEngine().unwrap(source, targets));
            if (result.getStatus() == Status.OK && result.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
                // Throws what was deferred; without room it does nothing else.
                sslEngine().wrap(NO_DATA, NO_ROOM);
            }
            return result;
        });
    }

    /** The backend copies the record into a queue of its own first. */
    @Override
    public boolean decryptsInPlace() {
        return false;
    }

    /**
     * A session without extended_master_secret is not to be resumed (RFC 7627 section 5.3), which the backend's server finds
     * out when it has agreed to and cannot go back; what it does not know leads to a full handshake.
     */
    private SSLEngineResult finished(SSLEngineResult result) {
        if (result.getHandshakeStatus() == HandshakeStatus.FINISHED
                && facts.epoch()
                        .filter(epoch -> !epoch.tls13() && !epoch.extendedMasterSecret())
                        .isPresent()) {
            ((BCSSLEngine) sslEngine()).getBCSession().invalidate();
        }
        return result;
    }

    @Override
    public EngineFailure explain(Throwable failure) {
        return BcFipsFailures.explain(failure, sslEngine());
    }

    /** {@link AlertChoice#BACKEND}, see {@link AlertingTrustManager}. */
    @Override
    public AlertChoice alertChoice() {
        return AlertChoice.BACKEND;
    }

    @Override
    public Optional<NamedGroup> namedGroup() {
        return facts.namedGroup();
    }

    /** A client sees it; a server's own choice of TLS 1.3 is not shown. */
    @Override
    public Optional<SignatureScheme> signatureScheme() {
        return sslEngine().getUseClientMode() ? facts.peerScheme() : Optional.empty();
    }

    /** The backend knows the sessions of TLS 1.2 alone: it drops the tickets of 1.3. */
    @Override
    public Optional<ResumableSession> session() {
        boolean tls13 = facts.epoch().filter(ConnectionFacts.Epoch::tls13).isPresent();
        return tls13 ? Optional.empty() : Optional.of(new BcFipsSession(((BCSSLEngine) sslEngine()).getBCSession()));
    }

    @Override
    public byte[] exportKeyingMaterial(KeyingMaterialSpec wanted) throws SSLException {
        return atWork(() -> facts.export(wanted));
    }

    @Override
    public Optional<Bytes> tlsUnique() {
        return Optional.ofNullable(((BCSSLEngine) sslEngine()).getConnection())
                .map(connection -> connection.getChannelBinding("tls-unique"))
                .map(Bytes::copyOf);
    }

    @Override
    public void release() {
        facts.wipe();
    }

    @Override
    public boolean fipsApproved() {
        return approvedMode.covers(((BCSSLEngine) sslEngine()).getBCSession(), facts);
    }

    ConnectionFacts facts() {
        return facts;
    }

    private <T> T atWork(EngineCall.Work<T, SSLException> work) throws SSLException {
        try {
            return EngineCall.during(this, work);
        } catch (SSLException failure) {
            if (facts.epoch().filter(epoch -> epoch.cipher().heldBack()).isPresent()) {
                endWith(explain(failure)
                        .alert()
                        .filter(alert -> alert.direction() == TlsAlert.Direction.SENT)
                        .flatMap(TlsAlert::description)
                        .orElse(AlertDescription.INTERNAL_ERROR));
            }
            throw failure;
        } catch (FipsOperationError refusal) {
            endWith(AlertDescription.INTERNAL_ERROR);
            throw new SSLException("the FIPS module refused: " + EngineFailure.text(refusal), refusal);
        } catch (Error ofTheApplication) {
            endWith(AlertDescription.INTERNAL_ERROR); // it leaves no more trace in the backend than the module's
            throw ofTheApplication;
        }
    }

    /** An alert of any kind can be made past the backend. */
    @Override
    public void endWith(AlertDescription alert) {
        if (lastWord.isEmpty()) {
            lastWord = Optional.of(new LastWord(sslEngine(), facts, alert));
        }
    }
}
