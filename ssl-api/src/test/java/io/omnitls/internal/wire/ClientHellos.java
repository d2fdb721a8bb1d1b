package io.omnitls.internal.wire;

import io.omnitls.protocol.Bytes;
import io.omnitls.protocol.ClientHello;
import io.omnitls.protocol.ClientHello.Extension;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.SignatureScheme;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Well-formed hellos with everything that may vary: which extensions, in which order, with which unknown values. */
final class ClientHellos {
    private final Random random;
    private final List<Extension> extensions = new ArrayList<>();

    private ClientHellos(Random random) {
        this.random = random;
    }

    static Arbitrary<ClientHello> arbitrary() {
        return Arbitraries.randomValue(random -> new ClientHellos(random).next());
    }

    private ClientHello next() {
        int legacyVersion = random.nextInt(4) == 0 ? 0x0300 + random.nextInt(4) : 0x0303;
        Optional<String> serverName = random.nextBoolean() ? Optional.of(hostName()) : Optional.empty();
        serverName.ifPresent(name ->
                add(ExtensionType.SERVER_NAME, list16(new WireWriter().uint8(0).vector16(WireWriter.ascii(name)))));
        List<String> protocols = some(() -> {
            byte[] name = new byte[1 + random.nextInt(random.nextInt(10) == 0 ? 255 : 9)];
            random.nextBytes(name);
            return new String(name, java.nio.charset.StandardCharsets.ISO_8859_1);
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
        List<Integer> suites = IntStream.rangeClosed(0, random.nextInt(30))
                .mapToObj(i -> uint16())
                .collect(Collectors.toList());
        return new ClientHello(
                legacyVersion,
                opaque(32, 32),
                opaque(0, 32),
                suites,
                extensions,
                serverName,
                protocols,
                versions.isEmpty() ? List.of(legacyVersion) : versions,
                groups,
                schemes,
                shares);
    }

    private String hostName() {
        return random.ints(1 + random.nextInt(random.nextInt(10) == 0 ? 255 : 20), 1, 0x80)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    private void addUnknownExtensions() {
        for (int type = 2000; type < 2000 + random.nextInt(4); type++) {
            add(type, new WireWriter().raw(opaque(0, random.nextInt(20) == 0 ? 9000 : 40)));
        }
        if (random.nextBoolean()) {
            add(grease(), new WireWriter());
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

    private <T> List<T> some(java.util.function.Supplier<T> element) {
        return IntStream.range(0, random.nextBoolean() ? 0 : 1 + random.nextInt(6))
                .mapToObj(i -> element.get())
                .collect(Collectors.toList());
    }

    private <T> void addList(int type, List<T> values, java.util.function.BiConsumer<WireWriter, T> write) {
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
