package io.omnitls.testkit.broken;

import io.omnitls.spi.KeyingMaterialSpec;
import io.omnitls.spi.TlsEngine;
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
    public byte[] exportKeyingMaterial(KeyingMaterialSpec wanted) throws SSLException {
        byte[] exported = super.exportKeyingMaterial(wanted);
        try {
            return wiped.await(SLOW_MILLIS, TimeUnit.MILLISECONDS) ? new byte[wanted.length()] : exported;
        } catch (InterruptedException e) {
            throw new SSLException(e);
        }
    }
}
