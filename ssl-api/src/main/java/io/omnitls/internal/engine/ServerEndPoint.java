package io.omnitls.internal.engine;

import io.omnitls.internal.x509.CertificateView;
import io.omnitls.internal.x509.DerException;
import io.omnitls.internal.x509.SignatureAlgorithm;
import io.omnitls.protocol.Bytes;
import io.omnitls.spi.CryptoServices;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.Set;

/** The channel binding tls-server-end-point (RFC 5929 section 4.1). */
public final class ServerEndPoint {
    private ServerEndPoint() {}

    /**
     * The certificate's digest by the algorithm of its own signature, SHA-256 in place of MD5 and SHA-1; empty for
     * signatures without such an algorithm (Ed25519), for which the RFC defines no binding.
     */
    public static Optional<Bytes> of(X509Certificate certificate, CryptoServices crypto) {
        try {
            Optional<String> digest = SignatureAlgorithm.of(
                            CertificateView.of(certificate).signed().algorithm())
                    .flatMap(SignatureAlgorithm::digest)
                    .map(name -> BROKEN.contains(name) ? "SHA-256" : name);
            return digest.isPresent()
                    ? Optional.of(
                            Bytes.copyOf(crypto.messageDigest(digest.get()).digest(certificate.getEncoded())))
                    : Optional.empty();
        } catch (GeneralSecurityException | DerException unknown) {
            return Optional.empty();
        }
    }

    private static final Set<String> BROKEN = Set.of("MD5", "SHA-1");
}
