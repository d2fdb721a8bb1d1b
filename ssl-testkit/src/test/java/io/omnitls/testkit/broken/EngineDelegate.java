package io.omnitls.testkit.broken;

import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.Bytes;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.SignatureScheme;
import io.omnitls.spi.AlertChoice;
import io.omnitls.spi.EngineFailure;
import io.omnitls.spi.KeyingMaterialSpec;
import io.omnitls.spi.ResumableSession;
import io.omnitls.spi.TlsEngine;
import java.nio.ByteBuffer;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;

/**
 * A good engine to be broken in one place. It passes everything on: a provider may know its engine from the calls that go
 * through it, and would else look broken in more places.
 */
class EngineDelegate implements TlsEngine {
    private final TlsEngine good;

    EngineDelegate(TlsEngine good) {
        this.good = good;
    }

    @Override
    public SSLEngine sslEngine() {
        return good.sslEngine();
    }

    @Override
    public void beginHandshake() throws SSLException {
        good.beginHandshake();
    }

    @Override
    public SSLEngineResult wrap(ByteBuffer source, ByteBuffer target) throws SSLException {
        return good.wrap(source, target);
    }

    @Override
    public SSLEngineResult unwrap(ByteBuffer source, ByteBuffer[] targets) throws SSLException {
        return good.unwrap(source, targets);
    }

    @Override
    public void closeOutbound() throws SSLException {
        good.closeOutbound();
    }

    @Override
    public void endWith(AlertDescription alert) throws SSLException {
        good.endWith(alert);
    }

    @Override
    public void runDelegatedTasks() {
        good.runDelegatedTasks();
    }

    @Override
    public boolean scatters() {
        return good.scatters();
    }

    @Override
    public boolean decryptsInPlace() {
        return good.decryptsInPlace();
    }

    @Override
    public boolean moreToSend() {
        return good.moreToSend();
    }

    @Override
    public boolean ticketsBeforeData() {
        return good.ticketsBeforeData();
    }

    @Override
    public EngineFailure explain(Throwable failure) {
        return good.explain(failure);
    }

    @Override
    public AlertChoice alertChoice() {
        return good.alertChoice();
    }

    @Override
    public Optional<String> applicationProtocol() {
        return good.applicationProtocol();
    }

    @Override
    public Optional<NamedGroup> namedGroup() {
        return good.namedGroup();
    }

    @Override
    public Optional<SignatureScheme> signatureScheme() {
        return good.signatureScheme();
    }

    @Override
    public boolean fipsApproved() {
        return good.fipsApproved();
    }

    @Override
    public Optional<Bytes> tlsUnique() {
        return good.tlsUnique();
    }

    @Override
    public byte[] exportKeyingMaterial(KeyingMaterialSpec wanted) throws SSLException {
        return good.exportKeyingMaterial(wanted);
    }

    @Override
    public Optional<ResumableSession> session() {
        return good.session();
    }

    @Override
    public void release() {
        good.release();
    }
}
