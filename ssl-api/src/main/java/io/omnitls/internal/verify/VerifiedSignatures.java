package io.omnitls.internal.verify;

import io.omnitls.spi.CryptoServices;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Checks signatures, and remembers the good ones: what a key has signed stays signed, so a server's certificate costs its
 * clients one check and not one for each connection. Paths are checked from their anchor down, so nobody fills this with
 * signatures of his own. Thread-safe.
 */
final class VerifiedSignatures {
    /** Certificates of some kilobytes each. */
    private static final int CAPACITY = 500;

    private final CryptoServices crypto;
    private final Map<Signed, Boolean> known = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Signed, Boolean> eldest) {
            return size() > CAPACITY;
        }
    };

    private record Signed(X509Certificate certificate, PublicKey key) {}

    VerifiedSignatures(CryptoServices crypto) {
        this.crypto = crypto;
    }

    /** Whether {@code key} signed {@code certificate}. */
    boolean check(X509Certificate certificate, PublicKey key) {
        Signed signed = new Signed(certificate, key);
        synchronized (known) {
            if (known.get(signed) != null) {
                return true;
            }
        }
        try {
            crypto.verify(certificate, key);
        } catch (GeneralSecurityException forged) {
            return false;
        }
        synchronized (known) {
            known.put(signed, true);
        }
        return true;
    }
}
