package io.omnitls.internal.verify;

import io.omnitls.internal.android.NotOnAndroid;
import io.omnitls.protocol.Bytes;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * The OCSP response that came with the certificate which is being judged. Android's sessions show none: there the question is
 * answered with an error, and no provider declares stapling.
 */
@NotOnAndroid
public final class StapledResponse {
    private StapledResponse() {}

    /** The OCSPResponse, DER; empty when there is none, and where the backend does not show it in the handshake's session. */
    public static Optional<Bytes> of(@Nullable SSLSession handshake) {
        if (!(handshake instanceof ExtendedSSLSession session)) {
            return Optional.empty();
        }
        try {
            return session.getStatusResponses().stream()
                    .findFirst()
                    .filter(response -> response.length > 0)
                    .map(Bytes::copyOf);
        } catch (UnsupportedOperationException | NoSuchMethodError notShown) {
            return Optional.empty();
        }
    }
}
