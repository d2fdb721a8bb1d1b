package io.omnitls.testkit.broken;

import io.omnitls.spi.TlsEngine;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;

/** A good engine whose records are changed on their way out. */
abstract class RecordChanger extends EngineDelegate {
    RecordChanger(TlsEngine good) {
        super(good);
    }

    /** What is sent in the place of this record; no longer than it, nothing at all to keep it back. */
    abstract byte[] changed(byte[] sent);

    @Override
    public final SSLEngineResult wrap(ByteBuffer source, ByteBuffer target) throws SSLException {
        int start = target.position();
        SSLEngineResult result = super.wrap(source, target);
        if (result.bytesProduced() == 0) {
            return result;
        }
        byte[] sent = new byte[result.bytesProduced()];
        target.position(start);
        target.get(sent);
        byte[] instead = changed(sent);
        target.position(start);
        target.put(instead);
        return new SSLEngineResult(
                result.getStatus(), result.getHandshakeStatus(), result.bytesConsumed(), instead.length);
    }
}
