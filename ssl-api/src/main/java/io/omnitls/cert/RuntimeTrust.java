package io.omnitls.cert;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.internal.android.NotOnAndroid;
import io.omnitls.internal.files.FileGeneration;
import io.omnitls.internal.x509.Excerpt;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Collections;

/**
 * The certificates of the Java runtime, in a file of whatever type of key store it likes: only Java 9 and later find out
 * which. Android has no such file, and where there is none, none is opened.
 */
@NotOnAndroid
final class RuntimeTrust {
    private RuntimeTrust() {}

    static void load(TrustStore.Loading loading, Path cacerts) throws TlsException {
        if (!cacerts.toFile().isFile()) {
            throw unreadable(cacerts, "there is no such file");
        }
        FileGeneration.reading(cacerts);
        try {
            // Its certificates stand in the clear, so it opens without the password.
            KeyStore runtime = KeyStore.getInstance(cacerts.toFile(), (char[]) null);
            for (String alias : Collections.list(runtime.aliases())) {
                loading.der(runtime.getCertificate(alias).getEncoded(), cacerts + ", " + Excerpt.name(alias));
            }
        } catch (TlsException e) {
            throw e;
        } catch (IOException | GeneralSecurityException e) {
            throw unreadable(cacerts, Excerpt.of(e));
        }
    }

    private static TlsException unreadable(Path cacerts, String why) {
        return new TlsException(
                ErrorReason.NO_SUCH_FILE,
                "no system certificates found, and " + cacerts + " cannot be read: " + why
                        + "; name the certificate authorities with verifyLocations, or set SSL_CERT_FILE");
    }
}
