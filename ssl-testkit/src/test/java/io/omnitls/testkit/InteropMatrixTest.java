package io.omnitls.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.omnitls.ClientContext;
import io.omnitls.ServerContext;
import io.omnitls.ServerNameCallback;
import io.omnitls.TlsProviders;
import io.omnitls.error.TlsWantReadException;
import io.omnitls.protocol.ChannelBinding;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.protocol.VerifyMode;
import io.omnitls.spi.TlsProvider;
import io.omnitls.testkit.net.BioPair;
import io.omnitls.testkit.net.BioPair.Segmentation;
import io.omnitls.testkit.pki.KeyKind;
import io.omnitls.testkit.pki.TestAuthority;
import io.omnitls.testkit.pki.TestIdentity;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every provider talks with every other: versions, kinds of key that both have, with and without a client certificate; a
 * server name callback of one hands the connection to the other.
 */
class InteropMatrixTest {
    private final TestAuthority authority = TestAuthority.create("Matrix Root");
    private final Map<KeyKind, TestIdentity> servers = new EnumMap<>(KeyKind.class);
    private final TestIdentity clientIdentity = authority.client(KeyKind.EC);

    @TestFactory
    List<DynamicTest> everyPairCompletesAgreesEchoesAndCloses() {
        List<DynamicTest> tests = new ArrayList<>();
        // The providers of this test kit's own tests have no priority.
        List<TlsProvider> providers = TlsProviders.available().stream()
                .filter(provider -> provider.priority() > 0)
                .toList();
        for (TlsProvider client : providers) {
            for (TlsProvider server : providers) {
                for (TlsVersion version : List.of(TlsVersion.TLS_1_2, TlsVersion.TLS_1_3)) {
                    for (KeyKind kind : KeyKind.values()) {
                        if (both(client, server, kind)) {
                            tests.add(dynamicTest(
                                    client.name() + " to " + server.name() + ", " + version + ", " + kind,
                                    () -> talk(client, server, version, kind)));
                        }
                    }
                }
            }
        }
        assertEquals(3, providers.size());
        return tests;
    }

    private static boolean both(TlsProvider client, TlsProvider server, KeyKind kind) {
        return client.capabilities().keyAlgorithms().contains(kind.keyAlgorithm())
                && server.capabilities().keyAlgorithms().contains(kind.keyAlgorithm());
    }

    private void talk(TlsProvider clientProvider, TlsProvider serverProvider, TlsVersion version, KeyKind kind)
            throws Exception {
        byte[] data = new byte[1 << 20];
        new Random(kind.hashCode()).nextBytes(data);
        for (VerifyMode mode : List.of(VerifyMode.NONE, VerifyMode.REQUIRED)) {
            ClientContext.Builder client = ClientContext.builder()
                    .provider(clientProvider.name())
                    .verifyLocations(authority.trust())
                    .exporters(true)
                    .alpnProtocols("x");
            if (mode == VerifyMode.REQUIRED) {
                client.certificateChain(clientIdentity.credentials());
            }
            ServerContext server = ServerContext.builder()
                    .provider(serverProvider.name())
                    .certificateChain(
                            servers.computeIfAbsent(kind, authority::server).credentials())
                    .maximumVersion(version)
                    .verifyLocations(authority.trust())
                    .verifyMode(mode)
                    .exporters(true)
                    .alpnProtocols("x")
                    .build();
            // The context that is asked has the client's backend, the one that answers has its own.
            ServerContext asked = ServerContext.builder()
                    .provider(clientProvider.name())
                    .certificateChain(servers.get(kind).credentials())
                    .serverNameCallback(hello -> new ServerNameCallback.Decision.Use(server))
                    .build();
            try (BioPair pair = new BioPair(client.build(), asked, TestAuthority.SERVER_NAME, Segmentation.none())) {
                BioPair.Outcome outcome = pair.handshake();
                assertTrue(outcome.completed(), outcome::toString);
                assertEquals(version, pair.server().info().version());
                assertEquals(serverProvider.name(), pair.server().info().provider());
                for (ChannelBinding type : ChannelBinding.values()) {
                    assertEquals(
                            pair.client().channelBinding(type), pair.server().channelBinding(type), type.name());
                }
                assertEquals(pair.client().info().cipher(), pair.server().info().cipher());
                assertEquals(
                        pair.client().info().namedGroup(), pair.server().info().namedGroup());
                assertEquals(pair.client().selectedAlpnProtocol(), pair.server().selectedAlpnProtocol());
                assertEquals(
                        mode == VerifyMode.REQUIRED,
                        pair.server().peerCertificate().isPresent());
                assertArrayEquals(data, pair.send(pair.client(), pair.server(), data));
                assertArrayEquals(data, pair.send(pair.server(), pair.client(), data));
                assertThrows(TlsWantReadException.class, pair.client()::unwrap);
                pair.carryAll();
                assertEquals(0, pair.server().read(1).length);
                pair.server().unwrap();
                pair.carryAll();
                pair.client().unwrap();
            }
        }
    }
}
