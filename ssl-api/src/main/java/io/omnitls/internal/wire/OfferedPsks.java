package io.omnitls.internal.wire;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.ClientHello;
import java.util.Optional;

/**
 * How many keys a client's pre_shared_key offers (RFC 8446 section 4.2.11).
 *
 * @param identities at least 1
 */
record OfferedPsks(int identities) {

    /**
     * Decodes pre_shared_key; empty without the extension.
     *
     * <pre>
     * struct { opaque identity&lt;1..2^16-1&gt;; uint32 obfuscated_ticket_age; } PskIdentity;
     * opaque PskBinderEntry&lt;32..255&gt;;
     * struct { PskIdentity identities&lt;7..2^16-1&gt;; PskBinderEntry binders&lt;33..2^16-1&gt;; } OfferedPsks;
     * </pre>
     *
     * @throws TlsException when the extension is malformed, or has not one binder for each identity
     */
    static Optional<OfferedPsks> in(ClientHello hello) throws TlsException {
        Optional<ClientHello.Extension> extension = hello.extension(ExtensionType.PRE_SHARED_KEY);
        if (extension.isEmpty()) {
            return Optional.empty();
        }
        WireReader data =
                WireReader.of(extension.get().data(), "pre_shared_key of ClientHello", ErrorReason.BAD_EXTENSION);
        WireReader identities = data.vector16(7, "identities");
        WireReader binders = data.vector16(33, "binders");
        data.finish();
        int offered = 0;
        for (; identities.hasRemaining(); offered++) {
            identities.opaque16(1, "identity");
            identities.opaque(4, "obfuscated_ticket_age");
        }
        int bound = 0;
        for (; binders.hasRemaining(); bound++) {
            binders.opaque8(32, 255, "PskBinderEntry");
        }
        if (offered != bound) {
            throw Refusal.of(
                    ErrorReason.BAD_EXTENSION,
                    AlertDescription.ILLEGAL_PARAMETER,
                    "pre_shared_key has " + offered + " identities and " + bound + " binders");
        }
        return Optional.of(new OfferedPsks(offered));
    }
}
