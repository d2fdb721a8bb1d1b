package io.omnitls.internal.wire;

import io.omnitls.error.TlsException;
import io.omnitls.protocol.Bytes;
import io.omnitls.protocol.ClientHello.Extension;
import io.omnitls.protocol.NamedGroup;
import java.util.List;
import java.util.Optional;

/** Decodes a ServerHello. */
public final class ServerHelloParser {
    /** RFC 8446 4.1.3: a HelloRetryRequest is a ServerHello with this random, the SHA-256 of "HelloRetryRequest". */
    private static final String HELLO_RETRY_REQUEST =
            "cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c";

    private ServerHelloParser() {}

    /**
     * Decodes the body of a ServerHello.
     *
     * <pre>
     * struct {
     *     ProtocolVersion legacy_version;
     *     Random random;
     *     opaque legacy_session_id_echo<0..32>;
     *     CipherSuite cipher_suite;
     *     uint8 legacy_compression_method;
     *     Extension extensions<6..2^16-1>;
     * } ServerHello;
     * </pre>
     *
     * @throws TlsException when it is malformed
     */
    public static ServerHello parse(byte[] body) throws TlsException {
        WireReader reader = WireReader.of(body, "the ServerHello");
        int legacyVersion = reader.uint16();
        Bytes random = reader.bytes(32);
        Bytes sessionId = reader.vector8();
        int cipherSuite = reader.uint16();
        reader.uint8();
        List<Extension> extensions = Extensions.read(reader);
        Optional<WireReader> version = Extensions.find(extensions, Extensions.SUPPORTED_VERSIONS, "supported_versions");
        Optional<WireReader> keyShare = Extensions.find(extensions, Extensions.KEY_SHARE, "key_share");
        return new ServerHello(
                version.isPresent() ? version.get().uint16() : legacyVersion,
                random.toString().equals(HELLO_RETRY_REQUEST),
                sessionId,
                cipherSuite,
                // Both forms, a share and a HelloRetryRequest's selected_group, begin with the group.
                keyShare.isPresent() ? Optional.of(NamedGroup.of(keyShare.get().uint16())) : Optional.empty(),
                Extensions.find(extensions, Extensions.PRE_SHARED_KEY, "pre_shared_key")
                        .isPresent());
    }
}
