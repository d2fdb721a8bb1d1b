package io.omnitls.conscrypt;

import io.omnitls.error.VerifyCode;
import io.omnitls.spi.VerifyFailure;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** A trust manager with its verdict fixed in advance, which counts how often it is asked. */
final class FixedVerdict extends X509ExtendedTrustManager {
    private final VerifyCode verdict;
    private final AtomicInteger asked = new AtomicInteger();

    FixedVerdict(VerifyCode verdict) {
        this.verdict = verdict;
    }

    int asked() {
        return asked.get();
    }

    private void judge() throws VerifyFailure {
        asked.incrementAndGet();
        if (verdict != VerifyCode.OK) {
            throw new VerifyFailure(verdict, 0, verdict.text());
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) throws VerifyFailure {
        judge();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) throws VerifyFailure {
        judge();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {
        throw new AssertionError("there is no socket");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
        throw new AssertionError("there is no socket");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {
        throw new AssertionError("the engine is missing");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {
        throw new AssertionError("the engine is missing");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
