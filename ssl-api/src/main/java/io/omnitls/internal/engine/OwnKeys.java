package io.omnitls.internal.engine;

import io.omnitls.error.ErrorReason;
import io.omnitls.internal.verify.PeerAuthentication;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.TlsAlert;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Adds to what a backend says of a failure what part this end's own keys may have in it: backends name none. */
final class OwnKeys {
    /** What a backend finds when the peer takes no signature of a key. */
    private static final Set<ErrorReason> OF_KEYS = EnumSet.of(
            ErrorReason.NO_SHARED_CIPHER,
            ErrorReason.NO_SHARED_SIGNATURE_ALGORITHMS,
            ErrorReason.NO_SUITABLE_SIGNATURE_ALGORITHM,
            ErrorReason.WRONG_CURVE);

    /** What a server says to a client that shows no certificate. */
    private static final Set<AlertDescription> OF_NONE = EnumSet.of(
            AlertDescription.HANDSHAKE_FAILURE,
            AlertDescription.BAD_CERTIFICATE,
            AlertDescription.CERTIFICATE_REQUIRED);

    /** What a peer says that cannot verify what a key signed, or not read it. */
    private static final Set<AlertDescription> OF_STRANGE = EnumSet.of(
            AlertDescription.HANDSHAKE_FAILURE,
            AlertDescription.BAD_CERTIFICATE,
            AlertDescription.UNSUPPORTED_CERTIFICATE,
            AlertDescription.CERTIFICATE_UNKNOWN,
            AlertDescription.ILLEGAL_PARAMETER,
            AlertDescription.DECODE_ERROR,
            AlertDescription.DECRYPT_ERROR);

    private OwnKeys() {}

    /** What has to be added to the detail, with a semicolon in front; nothing where the keys have no part in it. */
    static String part(ErrorReason reason, Optional<TlsAlert> alert, PeerAuthentication own) {
        if (own.keptBack() && received(alert, OF_NONE)) {
            return "; this client has shown no certificate, as the server named no signature scheme, or no issuer, of"
                    + " what it has: " + own.ownKeys();
        }
        if (own.shown().isPresent() && received(alert, OF_STRANGE)) {
            return "; the key of the certificate that this end has shown is "
                    + own.shown().get().description();
        }
        return OF_KEYS.contains(reason) && !own.ownKeys().isEmpty() ? "; this end's key is " + own.ownKeys() : "";
    }

    private static boolean received(Optional<TlsAlert> alert, Set<AlertDescription> those) {
        return alert.filter(given -> given.direction() == TlsAlert.Direction.RECEIVED)
                .flatMap(TlsAlert::description)
                .filter(those::contains)
                .isPresent();
    }
}
