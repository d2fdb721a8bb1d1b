package io.omnitls.testkit.broken;

import io.omnitls.spi.TlsEngine;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/** An engine that dies of the first record without data that comes after it has sent data: in TLS 1.3 a KeyUpdate. */
final class SensitiveEngine extends EngineDelegate {
    private boolean dataSent;

    SensitiveEngine(TlsEngine good) {
        super(good);
    }

    @Override
    public SSLEngineResult wrap(ByteBuffer source, ByteBuffer target) throws SSLException {
        SSLEngineResult result = super.wrap(source, target);
        dataSent |= result.bytesConsumed() > 0;
        return result;
    }

    @Override
    public SSLEngineResult unwrap(ByteBuffer source, ByteBuffer[] targets) throws SSLException {
        SSLEngineResult result = super.unwrap(source, targets);
        if (dataSent && result.bytesProduced() == 0 && result.getStatus() == Status.OK) {
            throw new SSLException("on purpose");
        }
        return result;
    }
}
