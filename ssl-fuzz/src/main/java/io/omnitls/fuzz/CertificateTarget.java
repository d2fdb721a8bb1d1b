package io.omnitls.fuzz;

import io.omnitls.cert.CertificateInfo;
import io.omnitls.cert.HostnameMatcher;
import io.omnitls.cert.PeerName;
import io.omnitls.cert.TrustStore;
import io.omnitls.error.TlsException;
import io.omnitls.spi.CryptoServices;
import java.security.cert.X509Certificate;

/** A certificate or revocation list in DER: decoded and compared with names. */
public final class CertificateTarget {
    private static final CryptoServices CRYPTO = CryptoServices.ofPlatform();

    private CertificateTarget() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] data) {
        try {
            for (X509Certificate certificate :
                    TrustStore.builder().der(data).build().load(CRYPTO).certificates()) {
                if (CertificateInfo.of(certificate).isEmpty()) {
                    throw new AssertionError("a decoded certificate is not nothing");
                }
                HostnameMatcher.match(certificate, PeerName.of("server.example"), true);
                HostnameMatcher.match(certificate, PeerName.of("127.0.0.1"));
                HostnameMatcher.names(certificate);
            }
        } catch (TlsException declared) {
            // What is malformed is said to be.
        }
    }
}
