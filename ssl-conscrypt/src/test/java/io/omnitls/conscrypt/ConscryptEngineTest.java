package io.omnitls.conscrypt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.error.VerifyCode;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.spi.EngineFactory;
import io.omnitls.spi.EngineSpec;
import io.omnitls.spi.TlsEngine;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.conscrypt.Conscrypt;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class ConscryptEngineTest {
    private static final FixedVerdict TRUST = new FixedVerdict(VerifyCode.OK);

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static Peer client(TlsVersion version, NamedGroup... groups) throws Exception {
        return new Peer(Context.client(version, TRUST, groups).engine(Context.to("server.example")));
    }

    private static Peer server(TlsVersion version) throws Exception {
        return new Peer(Context.server(version).engine(Context.accepting(version, Optional.empty())));
    }

    private static void assertTalk(Peer one, Peer other) throws Exception {
        one.send(text("ping"));
        other.send(text("pong"));
        Peer.connect(one, other);
        assertArrayEquals(text("ping"), other.received());
        assertArrayEquals(text("pong"), one.received());
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void twoEnginesConnectAndTalk(TlsVersion version) throws Exception {
        try (Peer client = client(version);
                Peer server = server(version)) {
            Peer.connect(client, server);

            assertTrue(client.open() && server.open());
            assertEquals(version.protocolName(), client.session().getProtocol());
            assertTalk(client, server);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void aServersFirstWriteMayBeAsLongAsItLikes(TlsVersion version) throws Exception {
        byte[] data = new byte[100_000];
        new Random(version.wireVersion()).nextBytes(data);
        try (Peer client = client(version);
                Peer server = server(version)) {
            Peer.connect(client, server);

            server.send(data);
            Peer.connect(client, server);

            assertArrayEquals(data, client.received());
        }
    }

    static Stream<Arguments> groupsOfVersions() {
        return Stream.of(TlsVersion.TLS_1_2, TlsVersion.TLS_1_3)
                .flatMap(version -> Context.PROVIDER.capabilities().groups().stream()
                        // The hybrids are defined for TLS 1.3 alone.
                        .filter(group ->
                                version == TlsVersion.TLS_1_3 || !group.name().contains("MLKEM"))
                        .map(group -> Arguments.of(version, group)));
    }

    @ParameterizedTest
    @MethodSource("groupsOfVersions")
    void theGroupThatIsChosenIsTheGroupThatIsUsed(TlsVersion version, NamedGroup group) throws Exception {
        EngineFactory context = Context.client(version, TRUST, group);
        try (Peer client = new Peer(context.engine(Context.to("server.example")));
                Peer server = new Peer(
                        Context.serverOf(version, group).engine(Context.accepting(version, Optional.empty())))) {
            Peer.connect(client, server);

            assertTrue(client.open() && server.open());
            String used = Conscrypt.getGroupName(client.engine().sslEngine());
            assertEquals(Optional.of(group), NamedGroup.of(used), used);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void theServerNameIsSentAsItIsAndTheNumberOfTheConnectionNever(TlsVersion version) throws Exception {
        EngineFactory context = Context.client(version, TRUST);
        // The underscore is what SNIHostName would refuse.
        String named = hello(context.engine(Context.to("my_server.example")));
        assertTrue(named.contains("my_server.example") && !named.contains("omnitls-"));
        String anonymous = hello(context.engine(Context.toNobody()));
        assertEquals(-1, anonymous.indexOf("omnitls-"));
    }

    private static String hello(TlsEngine engine) {
        try (Peer client = new Peer(engine)) {
            client.progress();
            return new String(client.take(), StandardCharsets.ISO_8859_1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void theProtocolOfAlpnIsTheOneThatWasDecided(TlsVersion version) throws Exception {
        for (Optional<String> decided : List.of(Optional.of("http/1.1"), Optional.<String>empty())) {
            EngineSpec.Client offer = Context.to("server.example", "h2", "http/1.1");
            try (Peer client = new Peer(Context.client(version, TRUST).engine(offer));
                    Peer server = new Peer(Context.server(version).engine(Context.accepting(version, decided)))) {
                Peer.connect(client, server);
                assertTrue(client.open() && server.open());
                assertEquals(decided, client.engine().applicationProtocol());
                assertEquals(decided, server.engine().applicationProtocol());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void nothingIsResumedSoEveryServerIsJudged(TlsVersion version) throws Exception {
        FixedVerdict trust = new FixedVerdict(VerifyCode.OK);
        EngineFactory clients = Context.client(version, trust);
        EngineFactory servers = Context.server(version);
        for (int connection = 1; connection <= 3; connection++) {
            try (Peer client = new Peer(clients.engine(Context.to("server.example")));
                    Peer server = new Peer(servers.engine(Context.accepting(version, Optional.empty())))) {
                Peer.connect(client, server);
                assertTalk(client, server);
                assertEquals(connection, trust.asked());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void afterTheOwnCloseNotifyDataStillComesInUntilThePeersCloseNotify(TlsVersion version) throws Exception {
        try (Peer client = client(version);
                Peer server = server(version)) {
            Peer.connect(client, server);
            client.closeOutbound();
            byte[] closeNotify = client.take();
            server.send(text("late "));
            server.send(text("data"));

            client.feed(server.take());
            client.progress();

            assertArrayEquals(text("late data"), client.received());
            assertTrue(!client.closeNotifyReceived());
            server.feed(closeNotify);
            server.feed(text("no TLS"));
            server.progress();
            assertTrue(server.closeNotifyReceived());
            assertEquals("no TLS", server.leftover());
            assertThrows(SSLException.class, () -> server.send(text("too late")));
            server.closeOutbound();
            Peer.connect(client, server);
            assertTrue(client.closeNotifyReceived());
        }
    }
}
