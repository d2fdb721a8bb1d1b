package io.omnitls.testkit.broken;

import io.omnitls.spi.VerifyFailure;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** A trust manager between the backend and the library's, with a mind of its own about refusals. */
abstract class Judge extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager good;

    Judge(X509ExtendedTrustManager good) {
        this.good = good;
    }

    abstract void refuse(VerifyFailure failure) throws VerifyFailure;

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        try {
            good.checkClientTrusted(chain, authType, engine);
        } catch (VerifyFailure failure) {
            refuse(failure);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        try {
            good.checkServerTrusted(chain, authType, engine);
        } catch (VerifyFailure failure) {
            refuse(failure);
        }
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return good.getAcceptedIssuers();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {
        throw new UnsupportedOperationException();
    }
}
