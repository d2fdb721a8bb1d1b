package io.omnitls.bcfips;

import io.omnitls.error.VerifyCode;
import io.omnitls.spi.VerifyFailure;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** A trust manager with its verdict fixed in advance. */
final class TestTrust extends X509ExtendedTrustManager {
    private final VerifyCode verdict;

    TestTrust(VerifyCode verdict) {
        this.verdict = verdict;
    }

    private void judge() throws VerifyFailure {
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
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new AssertionError("there is no socket");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new AssertionError("there is no socket");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new AssertionError("the engine is missing");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new AssertionError("the engine is missing");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
