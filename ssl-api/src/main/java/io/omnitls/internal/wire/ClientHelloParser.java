package io.omnitls.internal.wire;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.Bytes;
import io.omnitls.protocol.ClientHello;
import io.omnitls.protocol.ClientHello.Extension;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.SignatureScheme;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Decodes a ClientHello. */
public final class ClientHelloParser {
    private static final String MESSAGE = "ClientHello";
    private static final int HOST_NAME = 0;
    private static final int MAX_HOST_NAME = 255;

    private ClientHelloParser() {}

    /** The ClientHello with this body, that is without the four bytes of its handshake header; else as the next. */
    public static ClientHello parse(Bytes body) throws TlsException {
        return parse(HandshakeMessage.of(HandshakeMessage.CLIENT_HELLO, body));
    }

    /**
     * The ClientHello that is in this message.
     *
     * <pre>
     * struct {
     *     ProtocolVersion legacy_version = 0x0303;
     *     Random random;
     *     opaque legacy_session_id&lt;0..32&gt;;
     *     CipherSuite cipher_suites&lt;2..2^16-2&gt;;
     *     opaque legacy_compression_methods&lt;1..2^8-1&gt;;
     *     Extension extensions&lt;8..2^16-1&gt;;
     * } ClientHello;
     * </pre>
     *
     * @throws TlsException when its body is malformed, with the alert that tells the client so
     */
    public static ClientHello parse(HandshakeMessage message) throws TlsException {
        WireReader reader = message.reader(MESSAGE, ErrorReason.LENGTH_MISMATCH);
        ClientHello.Builder hello = ClientHello.builder()
                .raw(message.encoded())
                .legacyVersion(reader.uint16("legacy_version"))
                .random(reader.opaque(32, "random"))
                .sessionId(reader.opaque8(0, 32, "legacy_session_id"))
                .cipherSuites(reader.vector16(2, "cipher_suites").uint16s("cipher_suites"))
                .compressionMethods(
                        reader.vector8(1, 255, "legacy_compression_methods").uint8s());
        ExtensionBlock extensions = ExtensionBlock.read(reader, MESSAGE);
        List<Extension> inOrder = extensions.toList();
        checkPreSharedKeyIsLast(extensions, inOrder);
        hello.extensions(inOrder);
        extensions
                .decode(ExtensionType.SERVER_NAME, ClientHelloParser::serverName)
                .ifPresent(hello::serverName);
        extensions
                .decode(ExtensionType.ALPN, ClientHelloParser::applicationProtocols)
                .ifPresent(hello::applicationProtocols);
        extensions
                .decode(ExtensionType.SUPPORTED_VERSIONS, ClientHelloParser::supportedVersions)
                .ifPresent(hello::supportedVersions);
        extensions
                .decode(ExtensionType.SUPPORTED_GROUPS, ClientHelloParser::namedGroups)
                .ifPresent(hello::namedGroups);
        hello.ecPointFormats(ecPointFormats(extensions));
        extensions
                .decode(ExtensionType.SIGNATURE_ALGORITHMS, ClientHelloParser::signatureSchemes)
                .ifPresent(hello::signatureSchemes);
        extensions.decode(ExtensionType.KEY_SHARE, KeyShare::groups).ifPresent(hello::keyShares);
        return hello.build();
    }

    /** RFC 8446 4.2.11: pre_shared_key must be the last extension, because its binders cover all before it. */
    private static void checkPreSharedKeyIsLast(ExtensionBlock extensions, List<Extension> inOrder)
            throws TlsException {
        if (extensions.contains(ExtensionType.PRE_SHARED_KEY)
                && inOrder.get(inOrder.size() - 1).type() != ExtensionType.PRE_SHARED_KEY) {
            throw Refusal.of(
                    ErrorReason.BAD_EXTENSION,
                    AlertDescription.ILLEGAL_PARAMETER,
                    "ClientHello has extensions after pre_shared_key, expected it last");
        }
    }

    /**
     * RFC 6066 section 3, where {@code host_name} is the only type of name and may occur once.
     *
     * <pre>
     * struct {
     *     NameType name_type;
     *     opaque HostName&lt;1..2^16-1&gt;;
     * } ServerName;
     *
     * ServerName server_name_list&lt;1..2^16-1&gt;;
     * </pre>
     */
    private static String serverName(WireReader extension) throws TlsException {
        WireReader list = extension.vector16(1, "server_name_list");
        int nameType = list.uint8("name_type");
        if (nameType != HOST_NAME) {
            throw list.malformed("name_type is " + nameType + ", expected 0 (host_name)");
        }
        String name = latin1(list.opaque16(1, "HostName"));
        list.finish();
        checkHostName(name);
        return name;
    }

    private static void checkHostName(String name) throws TlsException {
        boolean ascii = true;
        for (int i = 0; i < name.length(); i++) {
            ascii &= name.charAt(i) > 0 && name.charAt(i) < 0x80;
        }
        if (!ascii || name.length() > MAX_HOST_NAME) {
            throw Refusal.of(
                    ErrorReason.BAD_EXTENSION,
                    AlertDescription.UNRECOGNIZED_NAME,
                    "ClientHello has a host_name of " + name.length() + " bytes"
                            + (ascii ? "" : " that are not all ASCII") + ", expected at most " + MAX_HOST_NAME
                            + " ASCII characters");
        }
    }

    /**
     * RFC 7301 section 3.1.
     *
     * <pre>
     * opaque ProtocolName&lt;1..2^8-1&gt;;
     *
     * ProtocolName protocol_name_list&lt;2..2^16-1&gt;;
     * </pre>
     */
    private static List<String> applicationProtocols(WireReader extension) throws TlsException {
        WireReader list = extension.vector16(2, "protocol_name_list");
        List<String> names = new ArrayList<>();
        while (list.hasRemaining()) {
            names.add(latin1(list.opaque8(1, 255, "ProtocolName")));
        }
        return names;
    }

    /**
     * RFC 8446 section 4.2.1.
     *
     * <pre>
     * ProtocolVersion versions&lt;2..254&gt;;
     * </pre>
     */
    private static List<Integer> supportedVersions(WireReader extension) throws TlsException {
        return extension.vector8(2, 254, "versions").uint16s("versions");
    }

    /**
     * RFC 8446 section 4.2.7.
     *
     * <pre>
     * NamedGroup named_group_list&lt;2..2^16-1&gt;;
     * </pre>
     */
    private static List<NamedGroup> namedGroups(WireReader extension) throws TlsException {
        return extension.vector16(2, "named_group_list").uint16s("named_group_list", NamedGroup::of);
    }

    /**
     * They mean nothing in TLS 1.3, so what cannot be read there hurts nobody: {@link ClientHelloRules} asks again where the
     * answer is an older version.
     */
    private static List<Integer> ecPointFormats(ExtensionBlock extensions) throws TlsException {
        try {
            return extensions
                    .decode(ExtensionType.EC_POINT_FORMATS, ClientHelloParser::ecPointFormats)
                    .orElse(List.of());
        } catch (TlsException malformed) {
            if (extensions.contains(ExtensionType.SUPPORTED_VERSIONS)) {
                return List.of();
            }
            throw malformed;
        }
    }

    /**
     * RFC 8422 section 5.1.2.
     *
     * <pre>
     * ECPointFormat ec_point_format_list&lt;1..2^8-1&gt;;
     * </pre>
     */
    static List<Integer> ecPointFormats(WireReader extension) throws TlsException {
        return extension.vector8(1, 255, "ec_point_format_list").uint8s();
    }

    /**
     * RFC 8446 section 4.2.3.
     *
     * <pre>
     * SignatureScheme supported_signature_algorithms&lt;2..2^16-2&gt;;
     * </pre>
     */
    private static List<SignatureScheme> signatureSchemes(WireReader extension) throws TlsException {
        String field = "supported_signature_algorithms";
        return extension.vector16(2, field).uint16s(field, SignatureScheme::of);
    }

    private static String latin1(Bytes bytes) {
        return new String(bytes.toByteArray(), StandardCharsets.ISO_8859_1);
    }
}
