package io.omnitls.internal.wire;

import io.omnitls.protocol.Bytes;
import io.omnitls.protocol.ClientHello;
import io.omnitls.protocol.ClientHello.Extension;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.SignatureScheme;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Well-formed hellos with everything that may vary: which extensions, in which order, with which unknown values. */
final class ClientHellos {
    private static final Set<Integer> DECODED = Set.of(
            ExtensionType.SERVER_NAME,
            ExtensionType.SUPPORTED_GROUPS,
            ExtensionType.EC_POINT_FORMATS,
            ExtensionType.SIGNATURE_ALGORITHMS,
            ExtensionType.ALPN,
            ExtensionType.PRE_SHARED_KEY,
            ExtensionType.SUPPORTED_VERSIONS,
            ExtensionType.KEY_SHARE);

    private final Random random;
    private final List<Extension> extensions = new ArrayList<>();

    private ClientHellos(Random random) {
        this.random = random;
    }

    static Arbitrary<ClientHello> arbitrary() {
        return Arbitraries.randomValue(ClientHellos::next);
    }

    static ClientHello next(Random random) {
        return new ClientHellos(random).next();
    }

    /** {@code hello} with these extensions; what is decoded from them stays as it is. */
    static ClientHello with(ClientHello hello, List<Extension> extensions) {
        return hello.toBuilder().extensions(extensions).build();
    }

    private ClientHello next() {
        int legacyVersion = random.nextInt(4) == 0 ? 0x0300 + random.nextInt(4) : 0x0303;
        Optional<String> serverName = random.nextBoolean() ? Optional.of(hostName()) : Optional.empty();
        serverName.ifPresent(name ->
                add(ExtensionType.SERVER_NAME, list16(new WireWriter().uint8(0).vector16(WireWriter.ascii(name)))));
        List<String> protocols = some(() -> {
            byte[] name = new byte[1 + random.nextInt(random.nextInt(10) == 0 ? 255 : 9)];
            random.nextBytes(name);
            return new String(name, StandardCharsets.ISO_8859_1);
        });
        addList(ExtensionType.ALPN, protocols, (list, name) -> list.vector8(WireWriter.ascii(name)));
        List<Integer> versions = some(this::uint16);
        if (!versions.isEmpty()) {
            WireWriter list = new WireWriter();
            versions.forEach(list::uint16);
            add(ExtensionType.SUPPORTED_VERSIONS, new WireWriter().vector8(list.bytes()));
        }
        List<NamedGroup> groups = some(() -> NamedGroup.of(uint16()));
        addList(ExtensionType.SUPPORTED_GROUPS, groups, (list, group) -> list.uint16(group.id()));
        List<Integer> formats = some(() -> random.nextInt(random.nextBoolean() ? 3 : 256));
        if (!formats.isEmpty()) {
            WireWriter list = new WireWriter();
            formats.forEach(list::uint8);
            add(ExtensionType.EC_POINT_FORMATS, new WireWriter().vector8(list.bytes()));
        }
        List<SignatureScheme> schemes = some(() -> SignatureScheme.of(uint16()));
        addList(ExtensionType.SIGNATURE_ALGORITHMS, schemes, (list, scheme) -> list.uint16(scheme.id()));
        List<NamedGroup> shares = some(() -> NamedGroup.of(uint16()));
        addList(
                ExtensionType.KEY_SHARE,
                shares,
                (list, share) -> list.uint16(share.id()).vector16(opaque(1, 100)));
        addUnknownExtensions();
        Collections.shuffle(extensions, random);
        if (random.nextInt(4) == 0) {
            add(ExtensionType.PRE_SHARED_KEY, new WireWriter().raw(opaque(0, 60)));
        }
        List<Integer> suites = several(1 + random.nextInt(30), this::uint16);
        ClientHello.Builder hello = ClientHello.builder()
                .legacyVersion(legacyVersion)
                .random(opaque(32, 32))
                .sessionId(opaque(0, 32))
                .cipherSuites(suites)
                .compressionMethods(
                        random.nextInt(4) == 0
                                ? several(1 + random.nextInt(255), () -> random.nextInt(256))
                                : List.of(0))
                .extensions(extensions)
                .applicationProtocols(protocols)
                .namedGroups(groups)
                .ecPointFormats(formats)
                .signatureSchemes(schemes)
                .keyShares(shares);
        serverName.ifPresent(hello::serverName);
        if (!versions.isEmpty()) {
            hello.supportedVersions(versions);
        }
        Bytes body = WireWriter.clientHello(hello.build());
        return hello.raw(Bytes.copyOf(WireWriter.handshake(HandshakeMessage.CLIENT_HELLO, body)))
                .build();
    }

    private String hostName() {
        return random.ints(1 + random.nextInt(random.nextInt(10) == 0 ? 255 : 20), 1, 0x80)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    /** None or a few, rarely hundreds or one so long that the hello has nearly 64 KiB; GREASE in half of the hellos. */
    private void addUnknownExtensions() {
        int count = random.nextInt(random.nextInt(30) == 0 ? 700 : 4);
        for (int i = 0; i < count; i++) {
            addUnlessSent(random.nextInt(1 << 16), opaque(0, random.nextInt(30) == 0 ? 400 : 40));
        }
        if (random.nextBoolean()) {
            addUnlessSent(grease(), opaque(0, 0));
            addUnlessSent(grease(), opaque(1, 1));
        }
        if (random.nextInt(20) == 0) {
            // What else there may be has less than 9,000 bytes, except beside hundreds of extensions.
            addUnlessSent(21, opaque(count < 10 ? 50_000 : 0, count < 10 ? 56_000 : 9_000));
        }
    }

    private void addUnlessSent(int type, Bytes data) {
        if (!DECODED.contains(type) && extensions.stream().noneMatch(extension -> extension.type() == type)) {
            extensions.add(new Extension(type, data));
        }
    }

    /** A registered value, a GREASE value (RFC 8701) or any other. */
    private int uint16() {
        return switch (random.nextInt(4)) {
            case 0 -> grease();
            case 1 -> random.nextInt(1 << 16);
            default -> 0x0017 + random.nextInt(8);
        };
    }

    private int grease() {
        return 0x0a0a + 0x1010 * random.nextInt(16);
    }

    private Bytes opaque(int minimum, int maximum) {
        byte[] bytes = new byte[minimum + random.nextInt(maximum - minimum + 1)];
        random.nextBytes(bytes);
        return Bytes.copyOf(bytes);
    }

    private <T> List<T> some(Supplier<T> element) {
        return several(random.nextBoolean() ? 0 : 1 + random.nextInt(6), element);
    }

    private static <T> List<T> several(int count, Supplier<T> element) {
        return IntStream.range(0, count).mapToObj(i -> element.get()).collect(Collectors.toList());
    }

    private <T> void addList(int type, List<T> values, BiConsumer<WireWriter, T> write) {
        if (!values.isEmpty()) {
            WireWriter list = new WireWriter();
            values.forEach(value -> write.accept(list, value));
            add(type, list16(list));
        }
    }

    private static WireWriter list16(WireWriter list) {
        return new WireWriter().vector16(list.bytes());
    }

    private void add(int type, WireWriter data) {
        extensions.add(new Extension(type, data.bytes()));
    }
}
