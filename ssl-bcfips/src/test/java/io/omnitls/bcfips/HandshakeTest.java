package io.omnitls.bcfips;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.bcfips.TestIdentity.Kind;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.protocol.VerifyMode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class HandshakeTest {

    static List<TlsVersion> versions() {
        return TestContext.CAPABILITIES.versions();
    }

    static Stream<Arguments> versionsAndKeys() {
        return versions().stream()
                .flatMap(version -> Arrays.stream(Kind.values())
                        .filter(kind -> kind != Kind.RSA_1024)
                        .filter(kind -> TestContext.CAPABILITIES.keyAlgorithms().contains(kind.algorithm()))
                        // RFC 8446 has no DSA.
                        .filter(kind -> kind != Kind.DSA || version == TlsVersion.TLS_1_2)
                        .map(kind -> Arguments.of(version, kind)));
    }

    @ParameterizedTest
    @MethodSource("versionsAndKeys")
    void bothEndsProveTheirIdentityWithEveryKindOfKey(TlsVersion version, Kind kind) throws Exception {
        TestIdentity identity = TestIdentity.of(kind);
        TestPeer client = TestContext.client(version).keys(identity).peer();
        TestPeer server = TestContext.server(identity, version)
                .verifyMode(VerifyMode.REQUIRED)
                .peer();

        TestPeer.connect(client, server);

        assertTalks(client, server);
        for (TestPeer peer : List.of(client, server)) {
            assertEquals(version.protocolName(), peer.session().getProtocol());
            assertEquals(identity.certificate(), peer.session().getPeerCertificates()[0]);
            assertEquals(identity.certificate(), peer.session().getLocalCertificates()[0]);
        }
    }

    static List<String> suites() {
        return TestContext.CAPABILITIES.cipherSuites();
    }

    @ParameterizedTest
    @MethodSource("suites")
    void everyDeclaredSuiteIsNegotiated(String suite) throws Exception {
        TlsVersion version = TestContext.isTls13(suite) ? TlsVersion.TLS_1_3 : TlsVersion.TLS_1_2;
        Kind kind = suite.contains("_ECDSA_") ? Kind.P256 : suite.contains("_DSS_") ? Kind.DSA : Kind.RSA;
        TestPeer client = TestContext.client(version).cipherSuites(suite).peer();
        TestPeer server = TestContext.server(TestIdentity.of(kind), version).peer();

        TestPeer.connect(client, server);

        assertTalks(client, server);
        assertEquals(suite, client.session().getCipherSuite());
    }

    static Stream<Arguments> versionsAndGroups() {
        return versions().stream()
                .flatMap(version ->
                        TestContext.CAPABILITIES.groups().stream().map(group -> Arguments.of(version, group)));
    }

    @ParameterizedTest
    @MethodSource("versionsAndGroups")
    void everyDeclaredGroupIsNegotiatedAndReported(TlsVersion version, NamedGroup group) throws Exception {
        String keyExchange = group.name().startsWith("ffdhe") ? "TLS_DHE_RSA_" : "TLS_ECDHE_RSA_";
        String[] suites = suites().stream()
                .filter(suite ->
                        version == TlsVersion.TLS_1_3 ? TestContext.isTls13(suite) : suite.startsWith(keyExchange))
                .toArray(String[]::new);
        TestPeer client =
                TestContext.client(version).cipherSuites(suites).groups(group).peer();
        TestPeer server = TestContext.server(TestIdentity.of(Kind.RSA), version).peer();

        TestPeer.connect(client, server);

        assertTalks(client, server);
        assertEquals(Optional.of(group), client.engine().namedGroup());
        assertEquals(Optional.of(group), server.engine().namedGroup());
    }

    static Stream<Arguments> versionsAndOrders() {
        List<NamedGroup> upwards = List.of(NamedGroup.SECP256R1, NamedGroup.SECP384R1, NamedGroup.SECP521R1);
        List<NamedGroup> downwards = List.of(NamedGroup.SECP521R1, NamedGroup.SECP384R1, NamedGroup.SECP256R1);
        return versions().stream()
                .flatMap(version -> Stream.of(
                        Arguments.of(version, upwards, downwards), Arguments.of(version, downwards, upwards)));
    }

    @ParameterizedTest
    @MethodSource("versionsAndOrders")
    void theOrderOfGroupsIsTheClientsUnlessAServerOfTls13HasOneOfItsOwn(
            TlsVersion version, List<NamedGroup> clients, List<NamedGroup> servers) throws Exception {
        TestContext client = TestContext.client(version).groups(clients.toArray(NamedGroup[]::new));
        TestContext server =
                TestContext.server(TestIdentity.of(Kind.RSA), version).groups(servers.toArray(NamedGroup[]::new));

        TestPeer preferred = client.peer();
        TestPeer.connect(preferred, server.clientPreference().peer());
        assertEquals(Optional.of(clients.get(0)), preferred.engine().namedGroup());

        TestPeer overruled = client.peer();
        TestPeer.connect(overruled, server.peer());
        NamedGroup expected = version == TlsVersion.TLS_1_3 ? servers.get(0) : clients.get(0);
        assertEquals(Optional.of(expected), overruled.engine().namedGroup());
    }

    @ParameterizedTest
    @EnumSource(
            value = TlsVersion.class,
            names = {"TLS_1_2", "TLS_1_3"})
    void theOrderOfSuitesIsThatOfTheEndWhosePreferenceCounts(TlsVersion version) throws Exception {
        String[] mine = version == TlsVersion.TLS_1_3
                ? new String[] {"TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384"}
                : new String[] {"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"};
        TestContext server =
                TestContext.server(TestIdentity.of(Kind.RSA), version).cipherSuites(mine[1], mine[0]);

        TestPeer preferred = TestContext.client(version).cipherSuites(mine).peer();
        TestPeer.connect(preferred, server.clientPreference().peer());
        assertEquals(mine[0], preferred.session().getCipherSuite());

        TestPeer overruled = TestContext.client(version).cipherSuites(mine).peer();
        TestPeer.connect(overruled, server.peer());
        assertEquals(mine[1], overruled.session().getCipherSuite());
    }

    @ParameterizedTest
    @MethodSource("versions")
    void theServerSelectsAnApplicationProtocol(TlsVersion version) throws Exception {
        TestPeer client = TestContext.client(version)
                .applicationProtocols("h2", "http/1.1")
                .peer();
        TestPeer server = TestContext.server(TestIdentity.of(Kind.P256), version)
                .applicationProtocols("http/1.1")
                .peer();

        TestPeer.connect(client, server);

        assertTalks(client, server);
        assertEquals(Optional.of("http/1.1"), client.engine().applicationProtocol());
        assertEquals(Optional.of("http/1.1"), server.engine().applicationProtocol());
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aServerThatSelectsNoApplicationProtocolGoesOnWithoutOne(TlsVersion version) throws Exception {
        TestPeer client = TestContext.client(version).applicationProtocols("h2").peer();
        TestPeer server =
                TestContext.server(TestIdentity.of(Kind.P256), version).peer();

        TestPeer.connect(client, server);

        assertTalks(client, server);
        assertEquals(Optional.empty(), client.engine().applicationProtocol());
        assertEquals(Optional.empty(), server.engine().applicationProtocol());
    }

    @ParameterizedTest
    @MethodSource("versions")
    void anOptionalClientCertificateMayBeMissing(TlsVersion version) throws Exception {
        TestPeer client = TestContext.client(version).peer();
        TestPeer server = TestContext.server(TestIdentity.of(Kind.RSA), version)
                .verifyMode(VerifyMode.OPTIONAL)
                .peer();

        TestPeer.connect(client, server);

        assertTalks(client, server);
    }

    static void assertTalks(TestPeer client, TestPeer server) throws SSLException {
        client.failure().ifPresent(failure -> {
            throw new AssertionError("client", failure);
        });
        server.failure().ifPresent(failure -> {
            throw new AssertionError("server", failure);
        });
        client.send("ping");
        TestPeer.connect(client, server);
        assertEquals("ping", server.received());
        String much = "pong".repeat(10_000);
        server.send(much);
        TestPeer.connect(client, server);
        assertEquals(much, client.received());
        assertTrue(client.leftover().length == 0 && server.leftover().length == 0);
    }
}
