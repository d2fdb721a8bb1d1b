package io.omnitls.internal.wire;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.protocol.Bytes;
import io.omnitls.protocol.NamedGroup;

/** Decodes a ServerHello. */
public final class ServerHelloParser {
    private static final String MESSAGE = "ServerHello";

    private ServerHelloParser() {}

    /** The ServerHello with this body, that is without the four bytes of its handshake header; else as the next. */
    public static ServerHello parse(Bytes body) throws TlsException {
        return parse(HandshakeMessage.of(HandshakeMessage.SERVER_HELLO, body));
    }

    /**
     * The ServerHello that is in this message.
     *
     * <pre>
     * struct {
     *     ProtocolVersion legacy_version = 0x0303;
     *     Random random;
     *     opaque legacy_session_id_echo&lt;0..32&gt;;
     *     CipherSuite cipher_suite;
     *     uint8 legacy_compression_method = 0;
     *     Extension extensions&lt;6..2^16-1&gt;;
     * } ServerHello;
     * </pre>
     *
     * @throws TlsException when its body is malformed, with the alert that tells the server so
     */
    public static ServerHello parse(HandshakeMessage message) throws TlsException {
        WireReader reader = message.reader(MESSAGE, ErrorReason.LENGTH_MISMATCH);
        int legacyVersion = reader.uint16("legacy_version");
        Bytes random = reader.opaque(32, "random");
        Bytes sessionId = reader.opaque8(0, 32, "legacy_session_id_echo");
        int cipherSuite = reader.uint16("cipher_suite");
        int compressionMethod = reader.uint8("legacy_compression_method");
        ExtensionBlock extensions = ExtensionBlock.read(reader, MESSAGE);
        return new ServerHello(
                legacyVersion,
                random,
                sessionId,
                cipherSuite,
                compressionMethod,
                new ServerHello.Answers(
                        extensions.types(),
                        extensions.decode(ExtensionType.SUPPORTED_VERSIONS, ServerHelloParser::selectedVersion),
                        extensions.decode(
                                ExtensionType.KEY_SHARE,
                                ServerHello.isHelloRetryRequest(random)
                                        ? ServerHelloParser::selectedGroup
                                        : KeyShare::read),
                        extensions.decode(ExtensionType.PRE_SHARED_KEY, ServerHelloParser::selectedIdentity),
                        extensions.decode(ExtensionType.COOKIE, ServerHelloParser::cookie)));
    }

    /**
     * RFC 8446 section 4.2.1.
     *
     * <pre>
     * ProtocolVersion selected_version;
     * </pre>
     */
    private static int selectedVersion(WireReader extension) throws TlsException {
        return extension.uint16("selected_version");
    }

    /**
     * RFC 8446 section 4.2.8, in a HelloRetryRequest.
     *
     * <pre>
     * NamedGroup selected_group;
     * </pre>
     */
    private static KeyShare selectedGroup(WireReader extension) throws TlsException {
        return new KeyShare(NamedGroup.of(extension.uint16("selected_group")), Bytes.copyOf(new byte[0]));
    }

    /**
     * RFC 8446 section 4.2.2, in both hellos that have one.
     *
     * <pre>
     * opaque cookie&lt;1..2^16-1&gt;;
     * </pre>
     */
    static Bytes cookie(WireReader extension) throws TlsException {
        return extension.opaque16(1, "cookie");
    }

    /**
     * RFC 8446 section 4.2.11.
     *
     * <pre>
     * uint16 selected_identity;
     * </pre>
     */
    private static int selectedIdentity(WireReader extension) throws TlsException {
        return extension.uint16("selected_identity");
    }
}
