package io.omnitls.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.ClientContext;
import io.omnitls.ContextBuilder;
import io.omnitls.ServerContext;
import io.omnitls.protocol.ChannelBinding;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.protocol.VerifyMode;
import io.omnitls.spi.Feature;
import io.omnitls.testkit.net.BioPair;
import io.omnitls.testkit.net.BioPair.Segmentation;
import io.omnitls.testkit.net.PlainTls;
import io.omnitls.testkit.pki.KeyKind;
import io.omnitls.testkit.pki.TestAuthority;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** SPEC.md part 10: connections that the application makes inside of another one's handshake, on the same thread. */
public interface NestingContract extends Contract {

    /** One connection, all of whose secrets are known to both ends. */
    private void connect(TlsVersion version, Optional<Nest> nested) throws Exception {
        boolean exports = fixture().expected().has(Feature.KEYING_MATERIAL_EXPORT);
        boolean logs =
                fixture().expected().has(version == TlsVersion.TLS_1_3 ? Feature.KEY_LOG_TLS13 : Feature.KEY_LOG_TLS12);
        Queue<String> clientLines = new ConcurrentLinkedQueue<>();
        Queue<String> serverLines = new ConcurrentLinkedQueue<>();
        ClientContext.Builder client = fixture()
                .clientBuilder()
                .certificateChain(fixture().authority().client(KeyKind.EC).credentials());
        ServerContext.Builder server = fixture()
                .serverBuilder()
                .verifyLocations(fixture().authority().trust())
                .verifyMode(VerifyMode.REQUIRED);
        for (ContextBuilder<?> builder : List.of(client, server)) {
            builder.minimumVersion(version).maximumVersion(version).exporters(exports);
            nested.ifPresent(nest -> builder.clock(nest.clock()));
            if (logs) {
                Queue<String> lines = builder == client ? clientLines : serverLines;
                builder.keyLog(line -> {
                    lines.add(line);
                    nested.ifPresent(Nest::nest);
                });
            }
        }
        try (BioPair pair =
                new BioPair(client.build(), server.build(), TestAuthority.SERVER_NAME, Segmentation.none())) {
            BioPair.Outcome outcome = pair.handshake();
            assertTrue(outcome.completed(), outcome::toString);
            byte[] data = {1, 2, 3};
            assertArrayEquals(data, pair.send(pair.client(), pair.server(), data));
            assertArrayEquals(data, pair.send(pair.server(), pair.client(), data));
            assertEquals(2, pair.client().verifiedChain().size());
            assertEquals(2, pair.server().verifiedChain().size());
            if (exports) {
                assertArrayEquals(
                        pair.client().exportKeyingMaterial("EXPERIMENTAL-x", 33),
                        pair.server().exportKeyingMaterial("EXPERIMENTAL-x", 33));
                if (fixture().expected().has(Feature.TLS_UNIQUE)) {
                    assertEquals(
                            pair.client().channelBinding(ChannelBinding.TLS_UNIQUE),
                            pair.server().channelBinding(ChannelBinding.TLS_UNIQUE));
                }
            }
            if (logs) {
                requireLines(version, clientLines, serverLines);
            }
        }
    }

    private static void requireLines(TlsVersion version, Queue<String> client, Queue<String> server) {
        Set<String> lines = new TreeSet<>(client);
        assertEquals(lines, new TreeSet<>(server), version + ": both ends have the same secrets");
        assertEquals(version == TlsVersion.TLS_1_3 ? 5 : 1, lines.size(), () -> "too much or too little: " + lines);
        assertEquals(
                1,
                lines.stream()
                        .map(line -> line.split(" ", 3)[1])
                        .collect(Collectors.toSet())
                        .size());
    }

    @Test
    default void rule10_21_aConnectionInsideOfAnothersHandshakeIsNotTakenForIt() throws Exception {
        PlainTls plain = new PlainTls(fixture().authority().server(KeyKind.EC));
        for (TlsVersion outer : fixture().versions()) {
            for (TlsVersion inner : fixture().versions()) {
                List<Nest> others = Arrays.asList(
                        new Nest(() -> plain.connect(inner)), new Nest(() -> connect(inner, Optional.empty())));
                for (Nest nested : others) {
                    connect(outer, Optional.of(nested));
                    assertTrue(nested.connections() > 1, "the clock of both ends was asked");
                }
            }
        }
    }

    /** Somebody who makes a connection of his own. */
    interface Nested {
        void connect() throws Exception;
    }

    /** Makes a connection whenever the clock is asked: in the middle of the verification of a peer. */
    final class Nest {
        private final Nested nested;
        private final AtomicInteger connections = new AtomicInteger();

        Nest(Nested nested) {
            this.nested = nested;
        }

        Clock clock() {
            return CallingClock.of(this::nest);
        }

        int connections() {
            return connections.get();
        }

        void nest() {
            try {
                nested.connect();
                connections.incrementAndGet();
            } catch (Exception e) {
                throw new AssertionError("the nested connection failed", e);
            }
        }
    }
}
