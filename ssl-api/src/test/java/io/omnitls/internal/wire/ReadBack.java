package io.omnitls.internal.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.protocol.Bytes;
import io.omnitls.protocol.ClientHello;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.SignatureScheme;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Compares a ClientHello with the bytes it was parsed from by writing it again, whatever happened to them before. */
final class ReadBack {
    private ReadBack() {}

    /** Fails unless every field of {@code hello} is what {@code body} says. */
    static void check(Bytes body, ClientHello hello) {
        assertEquals(Bytes.copyOf(WireWriter.handshake(HandshakeMessage.CLIENT_HELLO, body)), hello.raw());
        String written = WireWriter.clientHello(hello).toString();
        String sent = body.toString();
        // A hello without a block of extensions and one with an empty block are the same value.
        assertTrue(sent.equals(written) || (hello.extensions().isEmpty() && (sent + "0000").equals(written)));
        check(hello, ExtensionType.SERVER_NAME, hello.serverName().map(ReadBack::serverName));
        check(hello, ExtensionType.ALPN, list(hello.applicationProtocols()).map(ReadBack::protocols));
        check(
                hello,
                ExtensionType.SUPPORTED_GROUPS,
                list(hello.namedGroups())
                        .map(groups ->
                                list16(groups.stream().map(NamedGroup::id).collect(Collectors.toList()))));
        check(
                hello,
                ExtensionType.SIGNATURE_ALGORITHMS,
                list(hello.signatureSchemes())
                        .map(schemes ->
                                list16(schemes.stream().map(SignatureScheme::id).collect(Collectors.toList()))));
        boolean offersTls13 = hello.extension(ExtensionType.SUPPORTED_VERSIONS).isPresent();
        if (!offersTls13 || !hello.ecPointFormats().isEmpty()) { // they mean nothing in TLS 1.3, malformed or not
            check(
                    hello,
                    ExtensionType.EC_POINT_FORMATS,
                    list(hello.ecPointFormats()).map(ReadBack::formats));
        }
        if (hello.extension(ExtensionType.SUPPORTED_VERSIONS).isPresent()) {
            check(hello, ExtensionType.SUPPORTED_VERSIONS, Optional.of(versions(hello.supportedVersions())));
        } else {
            assertEquals(List.of(hello.legacyVersion()), hello.supportedVersions());
        }
        checkKeyShares(hello);
    }

    private static void check(ClientHello hello, int type, Optional<Bytes> written) {
        assertEquals(hello.extension(type).map(ClientHello.Extension::data), written);
    }

    /** The keys are not part of the value, so the groups are found by stepping over them. */
    private static void checkKeyShares(ClientHello hello) {
        Bytes data = hello.extension(ExtensionType.KEY_SHARE)
                .map(ClientHello.Extension::data)
                .orElse(Bytes.copyOf(new byte[2]));
        int position = 2;
        for (NamedGroup group : hello.keyShares()) {
            assertEquals(data.at(position) << 8 | data.at(position + 1), group.id());
            position += 4 + (data.at(position + 2) << 8 | data.at(position + 3));
        }
        assertEquals(data.size(), position);
    }

    private static <T> Optional<List<T>> list(List<T> values) {
        return values.isEmpty() ? Optional.empty() : Optional.of(values);
    }

    private static Bytes serverName(String name) {
        Bytes entry = new WireWriter().uint8(0).vector16(WireWriter.ascii(name)).bytes();
        return new WireWriter().vector16(entry).bytes();
    }

    private static Bytes protocols(List<String> names) {
        WireWriter list = new WireWriter();
        names.forEach(name -> list.vector8(WireWriter.ascii(name)));
        return new WireWriter().vector16(list.bytes()).bytes();
    }

    private static Bytes versions(List<Integer> versions) {
        WireWriter list = new WireWriter();
        versions.forEach(list::uint16);
        return new WireWriter().vector8(list.bytes()).bytes();
    }

    private static Bytes formats(List<Integer> formats) {
        WireWriter list = new WireWriter();
        formats.forEach(list::uint8);
        return new WireWriter().vector8(list.bytes()).bytes();
    }

    private static Bytes list16(List<Integer> values) {
        WireWriter list = new WireWriter();
        values.forEach(list::uint16);
        return new WireWriter().vector16(list.bytes()).bytes();
    }
}
