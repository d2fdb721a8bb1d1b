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
import java.util.Optional;

/** Decodes a ClientHello. Strict about its form; anything that is well formed, known or not, is kept. */
public final class ClientHelloParser {
    private static final int HOST_NAME = 0;

    private ClientHelloParser() {}

    /**
     * Decodes the body of a ClientHello.
     *
     * <pre>
     * struct {
     *     ProtocolVersion legacy_version;
     *     Random random;
     *     opaque legacy_session_id<0..32>;
     *     CipherSuite cipher_suites<2..2^16-2>;
     *     opaque legacy_compression_methods<1..2^8-1>;
     *     Extension extensions<8..2^16-1>;
     * } ClientHello;
     * </pre>
     *
     * @throws TlsException decode_error or illegal_parameter when it is malformed
     */
    public static ClientHello parse(byte[] body) throws TlsException {
        WireReader reader = WireReader.of(body, "the ClientHello");
        int legacyVersion = reader.uint16();
        Bytes random = reader.bytes(32);
        Bytes sessionId = reader.vector8();
        if (sessionId.size() > 32) {
            throw reader.malformed("has a session id of " + sessionId.size() + " bytes, at most 32 are allowed");
        }
        List<Integer> cipherSuites = reader.part16("the list of cipher suites").uint16List();
        if (reader.vector8().size() == 0) {
            throw reader.malformed("has no compression methods");
        }
        List<Extension> extensions = Extensions.read(reader);
        return new ClientHello(
                legacyVersion,
                random,
                sessionId,
                cipherSuites,
                extensions,
                serverName(extensions),
                applicationProtocols(extensions),
                supportedVersions(extensions, legacyVersion),
                namedGroups(extensions),
                signatureSchemes(extensions),
                keyShares(extensions));
    }

    /**
     * RFC 6066 section 3. Only host_name was ever defined, and RFC 6066 forbids two names of one type.
     *
     * <pre>
     * struct {
     *     NameType name_type;
     *     opaque HostName<1..2^16-1>;
     * } ServerName;
     * ServerName server_name_list<1..2^16-1>;
     * </pre>
     */
    private static Optional<String> serverName(List<Extension> extensions) throws TlsException {
        Optional<WireReader> found = Extensions.find(extensions, Extensions.SERVER_NAME, "server_name");
        if (found.isEmpty()) {
            return Optional.empty();
        }
        WireReader list = found.get().part16("the list of server names");
        int type = list.uint8();
        Bytes name = list.bytes(list.uint16());
        list.requireEnd();
        found.get().requireEnd();
        if (type != HOST_NAME || name.size() == 0 || name.size() > 255) {
            throw list.malformed("has a name of type " + type + " with " + name.size() + " bytes");
        }
        for (int i = 0; i < name.size(); i++) {
            if (name.at(i) <= ' ' || name.at(i) > '~') {
                throw WireReader.failure(
                        ErrorReason.BAD_EXTENSION,
                        AlertDescription.ILLEGAL_PARAMETER,
                        "the server name has the byte " + name.at(i) + ", an A-label is printable ASCII");
            }
        }
        return Optional.of(new String(name.toByteArray(), StandardCharsets.US_ASCII));
    }

    /**
     * RFC 7301 section 3.1.
     *
     * <pre>
     * opaque ProtocolName<1..2^8-1>;
     * ProtocolName protocol_name_list<2..2^16-1>
     * </pre>
     */
    private static List<String> applicationProtocols(List<Extension> extensions) throws TlsException {
        Optional<WireReader> found = Extensions.find(
                extensions,
                Extensions.APPLICATION_LAYER_PROTOCOL_NEGOTIATION,
                "application_layer_protocol_negotiation");
        List<String> protocols = new ArrayList<>();
        if (found.isPresent()) {
            WireReader list = found.get().part16("the list of application protocols");
            do {
                Bytes name = list.vector8();
                if (name.size() == 0) {
                    throw list.malformed("has an empty name");
                }
                protocols.add(new String(name.toByteArray(), StandardCharsets.ISO_8859_1));
            } while (!list.atEnd());
            found.get().requireEnd();
        }
        return protocols;
    }

    /** RFC 8446 section 4.2.1: {@code ProtocolVersion versions<2..254>}. */
    private static List<Integer> supportedVersions(List<Extension> extensions, int legacyVersion) throws TlsException {
        Optional<WireReader> found = Extensions.find(extensions, Extensions.SUPPORTED_VERSIONS, "supported_versions");
        if (found.isEmpty()) {
            return List.of(legacyVersion);
        }
        List<Integer> versions =
                found.get().part8("the list of supported versions").uint16List();
        found.get().requireEnd();
        return versions;
    }

    /** RFC 8446 section 4.2.7: {@code NamedGroup named_group_list<2..2^16-1>}. */
    private static List<NamedGroup> namedGroups(List<Extension> extensions) throws TlsException {
        return uint16List(extensions, Extensions.SUPPORTED_GROUPS, "supported_groups").stream()
                .map(NamedGroup::of)
                .toList();
    }

    /** RFC 8446 section 4.2.3: {@code SignatureScheme supported_signature_algorithms<2..2^16-2>}. */
    private static List<SignatureScheme> signatureSchemes(List<Extension> extensions) throws TlsException {
        return uint16List(extensions, Extensions.SIGNATURE_ALGORITHMS, "signature_algorithms").stream()
                .map(SignatureScheme::of)
                .toList();
    }

    private static List<Integer> uint16List(List<Extension> extensions, int type, String name) throws TlsException {
        Optional<WireReader> found = Extensions.find(extensions, type, name);
        if (found.isEmpty()) {
            return List.of();
        }
        List<Integer> numbers = found.get().part16("the list in " + name).uint16List();
        found.get().requireEnd();
        return numbers;
    }

    /**
     * RFC 8446 section 4.2.8. The list may be empty: the client then asks for a HelloRetryRequest.
     *
     * <pre>
     * struct {
     *     NamedGroup group;
     *     opaque key_exchange<1..2^16-1>;
     * } KeyShareEntry;
     * KeyShareEntry client_shares<0..2^16-1>;
     * </pre>
     */
    private static List<NamedGroup> keyShares(List<Extension> extensions) throws TlsException {
        Optional<WireReader> found = Extensions.find(extensions, Extensions.KEY_SHARE, "key_share");
        List<NamedGroup> groups = new ArrayList<>();
        if (found.isPresent()) {
            WireReader list = found.get().part16("the list of key shares");
            while (!list.atEnd()) {
                groups.add(NamedGroup.of(list.uint16()));
                list.bytes(list.uint16());
            }
            found.get().requireEnd();
        }
        return groups;
    }
}
