package io.omnitls;

import io.omnitls.internal.x509.PssDigest;
import io.omnitls.protocol.Bytes;
import io.omnitls.spi.CryptoServices;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The channel binding tls-server-end-point (RFC 5929 section 4.1). */
final class ServerEndPoint {
    private static final Pattern DIGEST = Pattern.compile("SHA(3-)?-?(224|256|384|512)");

    private ServerEndPoint() {}

    /**
     * The certificate's digest by the algorithm of its own signature, SHA-256 in place of MD5 and SHA-1; empty for
     * signatures without such an algorithm (Ed25519), for which the RFC defines no binding.
     */
    static Optional<Bytes> of(X509Certificate certificate, CryptoServices crypto) {
        try {
            String signature = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
            Optional<String> digest = signature.contains("PSS")
                    ? PssDigest.of(certificate).flatMap(ServerEndPoint::digest)
                    : digest(signature);
            return digest.isPresent()
                    ? Optional.of(
                            Bytes.copyOf(crypto.messageDigest(digest.get()).digest(certificate.getEncoded())))
                    : Optional.empty();
        } catch (GeneralSecurityException unknown) {
            return Optional.empty();
        }
    }

    private static Optional<String> digest(String name) {
        if (name.contains("MD5") || name.contains("SHA1") || name.contains("SHA-1")) {
            return Optional.of("SHA-256");
        }
        Matcher digest = DIGEST.matcher(name);
        return digest.find()
                ? Optional.of((digest.group(1) == null ? "SHA-" : "SHA3-") + digest.group(2))
                : Optional.empty();
    }
}
