package io.omnitls.fuzz;

import io.omnitls.cert.Credentials;
import io.omnitls.cert.Pem;
import io.omnitls.cert.TrustStore;
import io.omnitls.error.TlsException;
import io.omnitls.spi.CryptoServices;
import java.nio.charset.StandardCharsets;

/** PEM text with certificates, revocation lists, private keys and Diffie-Hellman parameters. */
public final class PemTarget {
    private static final CryptoServices CRYPTO = CryptoServices.ofPlatform();

    private PemTarget() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] data) {
        String text = new String(data, StandardCharsets.ISO_8859_1);
        try {
            TrustStore.builder().pem(text).build().load(CRYPTO);
        } catch (TlsException declared) {
            // What is malformed is said to be.
        }
        try {
            Credentials.pem(text, text).load(CRYPTO);
        } catch (TlsException declared) {
            // What is malformed is said to be.
        }
        try {
            Pem.dhParameters(text);
        } catch (TlsException declared) {
            // What is malformed is said to be.
        }
    }
}
