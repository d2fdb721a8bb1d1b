package io.omnitls.internal.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.Bytes;
import io.omnitls.protocol.ClientHello.Extension;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.TlsAlert;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerHelloParserTest {
    @Provide
    Arbitrary<ServerHello> hellos() {
        Arbitrary<Integer> uint16 = Arbitraries.integers().between(0, 0xffff);
        Arbitrary<Bytes> random = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(3, opaque(32, 32)),
                net.jqwik.api.Tuple.of(1, Arbitraries.create(ServerHelloParserTest::helloRetryRequest)));
        return Combinators.combine(
                        uint16,
                        random,
                        opaque(0, 32),
                        uint16,
                        uint16.optional(),
                        shares().optional(),
                        uint16.optional())
                .as((legacy, rnd, id, suite, selected, share, psk) -> new ServerHello(
                        legacy,
                        rnd,
                        id,
                        suite,
                        suite & 1,
                        new ServerHello.Answers(
                                types(selected.isPresent(), share.isPresent(), psk.isPresent()),
                                selected,
                                share.map(s -> rnd.equals(helloRetryRequest())
                                        ? new KeyShare(s.group(), Bytes.copyOf(new byte[0]))
                                        : s),
                                psk,
                                Optional.empty())));
    }

    private static Arbitrary<KeyShare> shares() {
        return Combinators.combine(Arbitraries.integers().between(0, 0xffff).map(NamedGroup::of), opaque(1, 100))
                .as(KeyShare::new);
    }

    private static List<Integer> types(boolean version, boolean share, boolean psk) {
        List<Integer> types = new ArrayList<>();
        if (version) {
            types.add(ExtensionType.SUPPORTED_VERSIONS);
        }
        if (share) {
            types.add(ExtensionType.KEY_SHARE);
        }
        if (psk) {
            types.add(ExtensionType.PRE_SHARED_KEY);
        }
        types.add(0x0a0a);
        return types;
    }

    private static Arbitrary<Bytes> opaque(int minimum, int maximum) {
        return Arbitraries.bytes()
                .array(byte[].class)
                .ofMinSize(minimum)
                .ofMaxSize(maximum)
                .map(Bytes::copyOf);
    }

    @Property
    void what_was_written_is_parsed(@ForAll("hellos") ServerHello hello, @ForAll Random order) throws TlsException {
        ServerHello parsed = ServerHelloParser.parse(write(hello, order));
        assertEquals(hello, parsed);
        assertEquals(hello.random().equals(helloRetryRequest()), parsed.helloRetryRequest());
    }

    @Property
    void a_corrupted_or_cut_hello_is_parsed_or_refused_with_an_alert(
            @ForAll("hellos") ServerHello hello,
            @ForAll Random random,
            @ForAll @IntRange(max = 1000) int position,
            @ForAll byte replacement) {
        byte[] body = write(hello, random).toByteArray();
        body[position % body.length] = replacement;
        try {
            ServerHelloParser.parse(
                    Bytes.copyOf(random.nextBoolean() ? body : Arrays.copyOf(body, position % body.length)));
        } catch (TlsException refused) {
            assertEquals(TlsAlert.Direction.SENT, refused.alert().orElseThrow().direction());
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "half a selected_version,              43, 03",
        "a list of versions,                   43, 02 0304",
        "a share without a key,                51, 001d",
        "a share with an empty key,            51, 001d 0000",
        "a share with a byte after it,         51, 001d 0001 00 00",
        "half a selected_identity,             41, 00",
    })
    void a_malformed_extension_is_a_bad_extension(String what, int type, String data) {
        Bytes extension = Bytes.copyOf(HexFormat.of().parseHex(data.replace(" ", "")));
        Bytes body = new WireWriter()
                .raw(Bytes.copyOf(HexFormat.of().parseHex("0303" + "00".repeat(32) + "00" + "1301" + "00")))
                .vector16(WireWriter.extensions(List.of(new Extension(type, extension))))
                .bytes();
        TlsException failure = assertThrows(TlsException.class, () -> ServerHelloParser.parse(body));
        assertEquals(ErrorReason.BAD_EXTENSION, failure.reason());
        assertEquals(Optional.of(TlsAlert.sent(AlertDescription.DECODE_ERROR)), failure.alert());
    }

    /** RFC 8446 section 4.1.3: the random is the SHA-256 of this word. */
    private static Bytes helloRetryRequest() {
        try {
            return Bytes.copyOf(MessageDigest.getInstance("SHA-256")
                    .digest("HelloRetryRequest".getBytes(StandardCharsets.US_ASCII)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    private static Bytes write(ServerHello hello, Random order) {
        List<Extension> extensions = new ArrayList<>();
        for (int type : hello.extensions()) {
            extensions.add(new Extension(
                    type,
                    switch (type) {
                        case ExtensionType.SUPPORTED_VERSIONS ->
                            new WireWriter().uint16(hello.selectedVersion()).bytes();
                        case ExtensionType.KEY_SHARE -> share(hello);
                        case ExtensionType.PRE_SHARED_KEY ->
                            new WireWriter()
                                    .uint16(hello.selectedIdentity().orElseThrow())
                                    .bytes();
                        default -> Bytes.copyOf(new byte[order.nextInt(3)]);
                    }));
        }
        return new WireWriter()
                .uint16(hello.legacyVersion())
                .raw(hello.random())
                .vector8(hello.sessionId())
                .uint16(hello.cipherSuite())
                .uint8(hello.compressionMethod())
                .vector16(WireWriter.extensions(extensions))
                .bytes();
    }

    private static Bytes share(ServerHello hello) {
        KeyShare share = hello.keyShare().orElseThrow();
        WireWriter written = new WireWriter().uint16(share.group().id());
        return hello.helloRetryRequest()
                ? written.bytes()
                : written.vector16(share.keyExchange()).bytes();
    }
}
