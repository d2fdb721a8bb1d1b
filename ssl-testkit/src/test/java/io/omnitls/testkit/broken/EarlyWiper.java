package io.omnitls.testkit.broken;

import io.omnitls.protocol.Bytes;
import io.omnitls.spi.TlsEngine;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/** An engine that wipes its secrets at its close_notify, while others may be inside; its exports take their time. */
final class EarlyWiper extends EngineDelegate {
    /** So long another thread has for closing, that the defect does not show now and then only. */
    private static final long SLOW_MILLIS = 100;

    private final CountDownLatch wiped = new CountDownLatch(1);

    EarlyWiper(TlsEngine good) {
        super(good);
    }

    @Override
    public void closeOutbound() throws SSLException {
        super.closeOutbound();
        wiped.countDown();
    }

    @Override
    public byte[] exportKeyingMaterial(String label, Optional<Bytes> context, int length) throws SSLException {
        byte[] exported = super.exportKeyingMaterial(label, context, length);
        try {
            return wiped.await(SLOW_MILLIS, TimeUnit.MILLISECONDS) ? new byte[length] : exported;
        } catch (InterruptedException e) {
            throw new SSLException(e);
        }
    }
}
