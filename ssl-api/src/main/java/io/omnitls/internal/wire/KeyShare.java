package io.omnitls.internal.wire;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.protocol.Bytes;
import io.omnitls.protocol.ClientHello;
import io.omnitls.protocol.NamedGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One end's public value in one group (RFC 8446 section 4.2.8).
 *
 * @param keyExchange the value as it was sent, at least one byte; empty in a HelloRetryRequest, which has the group alone
 */
public record KeyShare(NamedGroup group, Bytes keyExchange) {

    /** The shares that {@code hello} offers, in its order; none without the extension. */
    public static List<KeyShare> offeredIn(ClientHello hello) throws TlsException {
        Optional<ClientHello.Extension> extension = hello.extension(ExtensionType.KEY_SHARE);
        return extension.isPresent()
                ? list(WireReader.of(extension.get().data(), "key_share of ClientHello", ErrorReason.BAD_EXTENSION))
                : List.of();
    }

    /**
     * The list may be empty: the client then asks for a HelloRetryRequest.
     *
     * <pre>
     * KeyShareEntry client_shares&lt;0..2^16-1&gt;;
     * </pre>
     */
    static List<KeyShare> list(WireReader extension) throws TlsException {
        WireReader shares = extension.vector16(0, "client_shares");
        List<KeyShare> offered = new ArrayList<>();
        while (shares.hasRemaining()) {
            offered.add(read(shares));
        }
        return offered;
    }

    /** The groups of that list alone: a value may have more than a thousand bytes. */
    static List<NamedGroup> groups(WireReader extension) throws TlsException {
        WireReader shares = extension.vector16(0, "client_shares");
        List<NamedGroup> groups = new ArrayList<>();
        while (shares.hasRemaining()) {
            groups.add(NamedGroup.of(shares.uint16("group")));
            shares.vector16(1, "key_exchange");
        }
        return groups;
    }

    /**
     * One entry of a list, or the only one of a ServerHello.
     *
     * <pre>
     * struct {
     *     NamedGroup group;
     *     opaque key_exchange&lt;1..2^16-1&gt;;
     * } KeyShareEntry;
     * </pre>
     */
    static KeyShare read(WireReader reader) throws TlsException {
        NamedGroup group = NamedGroup.of(reader.uint16("group"));
        return new KeyShare(group, reader.opaque16(1, "key_exchange"));
    }
}
