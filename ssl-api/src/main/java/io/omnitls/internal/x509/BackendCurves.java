package io.omnitls.internal.x509;

import io.omnitls.spi.CryptoServices;
import java.security.GeneralSecurityException;
import java.security.spec.ECGenParameterSpec;

/** The curves that a backend has. */
public final class BackendCurves {
    private final CryptoServices crypto;

    public BackendCurves(CryptoServices crypto) {
        this.crypto = crypto;
    }

    /** Whether the curve with this name is among them. */
    public boolean has(String name) {
        try {
            return BackendCall.guarded(() -> {
                crypto.algorithmParameters("EC").init(new ECGenParameterSpec(name));
                return true;
            });
        } catch (GeneralSecurityException absent) {
            return false;
        }
    }

    /** Who has EC keys there, for messages. */
    public String backend() {
        return "this provider's cryptography (" + String.join(", ", crypto.providers("KeyFactory", "EC")) + ")";
    }
}
