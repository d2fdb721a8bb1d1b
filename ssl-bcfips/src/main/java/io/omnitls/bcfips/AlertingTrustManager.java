package io.omnitls.bcfips;

import io.omnitls.spi.VerifyFailure;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.bouncycastle.tls.TlsFatalAlert;

/**
 * A trust manager whose verdict reaches the peer. For any {@code CertificateException} the backend sends
 * certificate_unknown; for its own {@link TlsFatalAlert} it sends the alert that this names.
 */
final class AlertingTrustManager extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager judge;

    AlertingTrustManager(X509ExtendedTrustManager judge) {
        this.judge = judge;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        alerting(() -> judge.checkClientTrusted(chain, authType, engine));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        alerting(() -> judge.checkServerTrusted(chain, authType, engine));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        alerting(() -> judge.checkClientTrusted(chain, authType, socket));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        alerting(() -> judge.checkServerTrusted(chain, authType, socket));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        alerting(() -> judge.checkClientTrusted(chain, authType));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        alerting(() -> judge.checkServerTrusted(chain, authType));
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return judge.getAcceptedIssuers();
    }

    private static void alerting(Judgement judgement) throws CertificateException {
        try {
            judgement.pass();
        } catch (VerifyFailure verdict) {
            AlertingTrustManager.<RuntimeException>throwUndeclared(
                    new TlsFatalAlert((short) verdict.alert().code(), verdict));
        }
    }

    /** Throws what the backend understands through an interface that does not declare it. */
    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void throwUndeclared(TlsFatalAlert alert) throws T {
        throw (T) alert;
    }

    private interface Judgement {
        void pass() throws CertificateException;
    }
}
