package io.omnitls.testkit.broken;

import io.omnitls.protocol.Bytes;
import io.omnitls.spi.AlertChoice;
import io.omnitls.spi.EngineFailure;
import io.omnitls.spi.TlsEngine;
import java.nio.ByteBuffer;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;

/** A good engine to be broken in one place. */
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
    public SSLEngineResult unwrap(ByteBuffer source, ByteBuffer target) throws SSLException {
        return good.unwrap(source, target);
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
    public byte[] exportKeyingMaterial(String label, Optional<Bytes> context, int length) throws SSLException {
        return good.exportKeyingMaterial(label, context, length);
    }

    @Override
    public Optional<Object> session() {
        return good.session();
    }

    @Override
    public void release() {
        good.release();
    }
}
