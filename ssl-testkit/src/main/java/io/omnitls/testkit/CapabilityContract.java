package io.omnitls.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.CertificateVerifier;
import io.omnitls.CipherList;
import io.omnitls.ClientContext;
import io.omnitls.ConnectionInfo;
import io.omnitls.ConnectionOptions;
import io.omnitls.ContextBuilder;
import io.omnitls.ReloadOptions;
import io.omnitls.ReloadStatus;
import io.omnitls.ReloadableClientContext;
import io.omnitls.ReloadableServerContext;
import io.omnitls.ServerContext;
import io.omnitls.SessionStats;
import io.omnitls.TlsBioConnection;
import io.omnitls.TlsChannel;
import io.omnitls.TlsConnection;
import io.omnitls.TlsProviders;
import io.omnitls.TlsServerSocket;
import io.omnitls.TlsSocket;
import io.omnitls.cert.CertificateInfo;
import io.omnitls.cert.PeerName;
import io.omnitls.cert.TrustAnchors;
import io.omnitls.cert.TrustStore;
import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.error.UnsupportedFeatureException;
import io.omnitls.protocol.Bytes;
import io.omnitls.protocol.CipherSuite;
import io.omnitls.protocol.ClientHello;
import io.omnitls.protocol.DhParameters;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.SignatureScheme;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.protocol.VerifyMode;
import io.omnitls.spi.Availability;
import io.omnitls.spi.Capabilities;
import io.omnitls.spi.CryptoServices;
import io.omnitls.spi.Feature;
import io.omnitls.spi.TlsProvider;
import io.omnitls.testkit.net.BioPair;
import io.omnitls.testkit.net.BioPair.Segmentation;
import io.omnitls.testkit.net.ChannelPair;
import io.omnitls.testkit.net.FreshProcess;
import io.omnitls.testkit.net.Loopback;
import io.omnitls.testkit.pki.KeyKind;
import io.omnitls.testkit.pki.TestAuthority;
import io.omnitls.testkit.pki.TestIdentity;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** SPEC.md part 1: what a provider declares works, and what it does not declare is refused. */
public interface CapabilityContract extends Contract {

    @Test
    default void rule1_1_theProviderIsFoundByItsNameAndAvailable() {
        TlsProvider provider = TlsProviders.named(fixture().provider());
        assertEquals(fixture().provider(), provider.name());
        assertInstanceOf(Availability.Available.class, provider.availability());
        assertTrue(!provider.info().library().isEmpty()
                && !provider.info().version().isEmpty());
    }

    @Test
    default void rule1_2_theProviderDeclaresWhatItIsExpectedTo() {
        Capabilities declared = TlsProviders.named(fixture().provider()).capabilities();
        Capabilities expected = fixture().expected();
        assertEquals(expected.versions(), declared.versions(), "versions");
        assertEquals(expected.features(), declared.features(), "features");
        assertEquals(expected.groups(), declared.groups(), "groups");
        assertEquals(expected.keyAlgorithms(), declared.keyAlgorithms(), "key algorithms");
        assertEquals(expected.keyCurves(), declared.keyCurves(), "curves of keys");
        assertEquals(expected.sessionTickets(), declared.sessionTickets(), "numbers of session tickets");
        assertEquals(expected.signatureSchemes(), declared.signatureSchemes(), "signature schemes");
        assertEquals(expected.limits(), declared.limits(), "limits");
        assertTrue(
                declared.cipherSuites().containsAll(expected.cipherSuites()),
                () -> "missing cipher suites, declared are " + declared.cipherSuites());
    }

    @Test
    default void rule1_3_everyDeclaredGroupIsNegotiatedWhenItIsChosen() throws Exception {
        if (!fixture().expected().has(Feature.GROUP_CHOICE)) {
            return;
        }
        for (NamedGroup group : fixture().expected().groups()) {
            ClientContext client = fixture().clientBuilder().groups(group).build();
            try (BioPair pair = new BioPair(
                    client,
                    // An EC certificate's curve would have to be among the groups too (RFC 8422 section 5.1.1).
                    fixture()
                            .serverBuilder(fixture().server(KeyKind.RSA))
                            .groups(group)
                            .build(),
                    TestAuthority.SERVER_NAME,
                    Segmentation.none())) {
                BioPair.Outcome outcome = pair.handshake();
                assertTrue(outcome.completed(), () -> group + ": " + outcome);
                assertEquals(Optional.of(group), pair.client().info().namedGroup());
                assertEquals(Optional.of(group), pair.server().info().namedGroup());
            }
        }
    }

    @Test
    default void rule1_4_whatIsNotDeclaredIsRefusedWhenTheContextIsBuilt() {
        Capabilities expected = fixture().expected();
        for (TlsVersion version : List.of(TlsVersion.TLS_1_0, TlsVersion.TLS_1_1)) {
            if (!expected.versions().contains(version)) {
                assertRefused(fixture().clientBuilder().maximumVersion(version), version.protocolName());
            }
        }
        NamedGroup rare = NamedGroup.of("secp192r1").orElseThrow();
        if (!expected.groups().contains(rare) && expected.has(Feature.GROUP_CHOICE)) {
            assertRefused(fixture().clientBuilder().groups(rare), rare.name());
        }
        if (!expected.has(Feature.GROUP_CHOICE)) {
            assertRefused(fixture().clientBuilder().groups(NamedGroup.SECP256R1), Feature.GROUP_CHOICE.phrase());
        } else if (!expected.has(Feature.GROUP_ORDER)) {
            NamedGroup first = expected.groups().get(0);
            NamedGroup second = expected.groups().get(1);
            assertRefused(fixture().clientBuilder().groups(second, first), Feature.GROUP_ORDER.phrase());
        }
        if (expected.signatureSchemes().isEmpty()) {
            assertRefused(
                    fixture().clientBuilder().signatureSchemes(SignatureScheme.ECDSA_SECP256R1_SHA256),
                    "signature schemes");
        } else {
            assertRefused(fixture().clientBuilder().signatureSchemes("RSA-PSS+SHA256:RSA+SHA1"), "rsa_pkcs1_sha1");
        }
        if (!expected.signatureSchemes().isEmpty() && !expected.has(Feature.SIGNATURE_SCHEME_ORDER)) {
            SignatureScheme first = expected.signatureSchemes().get(0);
            SignatureScheme second = expected.signatureSchemes().get(1);
            assertRefused(
                    fixture().clientBuilder().signatureSchemes(second, first), Feature.SIGNATURE_SCHEME_ORDER.phrase());
        }
        if (!expected.has(Feature.CLIENT_CIPHER_PREFERENCE)) {
            assertRefused(
                    fixture().serverBuilder().cipherServerPreference(false), Feature.CLIENT_CIPHER_PREFERENCE.phrase());
        }
        if (!expected.has(Feature.TLS13_CIPHER_CHOICE)) {
            // TLS_AES_128_GCM_SHA256 is below this level.
            assertRefused(fixture().clientBuilder().securityLevel(4), Feature.TLS13_CIPHER_CHOICE.phrase());
            assertRefused(
                    fixture().clientBuilder().ciphersuites("TLS_AES_128_GCM_SHA256"),
                    Feature.TLS13_CIPHER_CHOICE.phrase());
            assertRefused(
                    fixture().serverBuilder().ciphersuites(String.join(":", theOtherWayRound(expected.cipherSuites()))),
                    Feature.TLS13_CIPHER_CHOICE.phrase());
        }
        for (KeyKind kind : KeyKind.values()) {
            if (!expected.keyAlgorithms().contains(kind.keyAlgorithm())) {
                TestIdentity identity = fixture().authority().server(kind);
                assertThrows(
                        UnsupportedFeatureException.class,
                        () -> fixture().serverBuilder(identity).build(),
                        kind.name());
            }
        }
        if (expected.has(Feature.GROUP_CHOICE) && !expected.groups().contains(NamedGroup.X25519)) {
            assertRefused(fixture().clientBuilder().groups(NamedGroup.X25519), NamedGroup.X25519.name());
        }
        if (!expected.cipherSuites().contains("TLS_CHACHA20_POLY1305_SHA256")) {
            ClientContext.Builder builder = fixture().clientBuilder().ciphers("CHACHA20");
            assertEquals(
                    ErrorReason.NO_CIPHER_MATCH,
                    assertThrows(TlsException.class, builder::build).reason());
            assertRefused(
                    fixture().clientBuilder().ciphersuites("TLS_CHACHA20_POLY1305_SHA256"), "TLS_CHACHA20_POLY1305");
        }
        if (!expected.has(Feature.DH_PARAMETERS)) {
            assertRefused(
                    fixture().serverBuilder().dhParameters(SettingsContract.dhParameters(2048)),
                    Feature.DH_PARAMETERS.phrase());
        }
        if (!expected.has(Feature.BINARY_ALPN)) {
            assertRefused(fixture().clientBuilder().alpnProtocols("\u00ff\u0000"), Feature.BINARY_ALPN.phrase());
        }
    }

    /** The suites of TLS 1.3, which alone have no key exchange in their names, in an order that is not the backend's. */
    private static List<String> theOtherWayRound(List<String> suites) {
        List<String> reversed = new ArrayList<>(
                suites.stream().filter(suite -> !suite.contains("_WITH_")).toList());
        Collections.reverse(reversed);
        return reversed;
    }

    private void assertRefused(ContextBuilder<?> builder, String feature) {
        UnsupportedFeatureException refusal = assertThrows(UnsupportedFeatureException.class, builder::build);
        assertEquals(fixture().provider(), refusal.provider());
        assertTrue(refusal.feature().contains(feature), refusal.getMessage());
    }

    @Test
    default void rule1_7_approvedModeIsPromisedByThoseAloneWhoKeepIt() throws Exception {
        if (!fixture().expected().has(Feature.FIPS)) {
            assertRefused(fixture().clientBuilder().requireFips(), Feature.FIPS.phrase());
            assertRefused(fixture().serverBuilder().requireFips(), Feature.FIPS.phrase());
            assertTheConditionIsTold();
        }
        for (TlsVersion version : fixture().versions()) {
            ClientContext.Builder client = fixture().clientBuilder().maximumVersion(version);
            ServerContext.Builder server = fixture().serverBuilder();
            if (fixture().expected().has(Feature.FIPS)) {
                client.requireFips();
                server.requireFips();
            }
            try (BioPair pair =
                    new BioPair(client.build(), server.build(), TestAuthority.SERVER_NAME, Segmentation.none())) {
                BioPair.Outcome outcome = pair.handshake();
                assertTrue(outcome.completed(), outcome::toString);
                boolean approved = fixture().expected().has(Feature.FIPS);
                assertEquals(approved, pair.client().context().fipsApproved(), "the client's context");
                assertEquals(approved, pair.server().context().fipsApproved(), "the server's context");
                assertEquals(approved, pair.client().fipsApproved(), "the client's connection");
                assertEquals(approved, pair.server().fipsApproved(), "the server's connection");
            }
        }
    }

    /** Who is refused the mode has to hear how a process gets it, whichever provider it was that refused. */
    private void assertTheConditionIsTold() {
        UnsupportedFeatureException refusal = assertThrows(
                UnsupportedFeatureException.class,
                () -> fixture().clientBuilder().requireFips().build());
        String said = String.valueOf(refusal.getMessage());
        for (TlsProvider found : TlsProviders.available()) {
            found.condition(Feature.FIPS)
                    .ifPresent(
                            condition -> assertTrue(said.contains("'" + found.name() + "' does " + condition), said));
        }
    }

    /** In a process of its own: in this one another test may have asked for a key log before. */
    @Test
    default void rule1_5_theProcessWideListOfProvidersIsLeftAlone() throws Exception {
        String printed =
                FreshProcess.run(ProviderListProbe.class, fixture().provider()).strip();
        assertTrue(printed.endsWith(ProviderListProbe.UNCHANGED), printed);
    }

    @Test
    default void rule1_6_contradictionsAreRefusedWhenTheContextIsBuilt() {
        assertThrows(
                IllegalArgumentException.class,
                () -> fixture()
                        .clientBuilder()
                        .minimumVersion(TlsVersion.TLS_1_3)
                        .maximumVersion(TlsVersion.TLS_1_2)
                        .build());
        assertThrows(
                IllegalArgumentException.class,
                () -> fixture()
                        .clientBuilder()
                        .minimumVersion(TlsVersion.SSL_3_0)
                        .build());
        assertThrows(
                IllegalArgumentException.class,
                () -> fixture().clientBuilder().alpnProtocols("").build());
        assertThrows(
                IllegalArgumentException.class,
                () -> fixture().clientBuilder().verifyMode(VerifyMode.NONE).build());
        assertThrows(
                IllegalArgumentException.class,
                () -> fixture()
                        .clientBuilder()
                        .ciphers("ECDHE+AES128:@SECLEVEL=5")
                        .maximumVersion(TlsVersion.TLS_1_2)
                        .build());
        assertThrows(
                IllegalArgumentException.class,
                () -> fixture()
                        .clientBuilder()
                        .groups(NamedGroup.SECP256R1, NamedGroup.SECP256R1)
                        .build());
        for (String names : List.of("", ":", "TLS_NOBODY_SHA256", "AES128-SHA", "tls_aes_128_gcm_sha256")) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> fixture().clientBuilder().ciphersuites(names).build(),
                    names);
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> fixture()
                        .clientBuilder()
                        .maximumVersion(TlsVersion.TLS_1_2)
                        .ciphersuites("TLS_AES_128_GCM_SHA256")
                        .build());
        assertThrows(
                IllegalArgumentException.class, () -> fixture().clientBuilder().signatureSchemes("ECDSA+MD4"));
        if (!fixture().expected().signatureSchemes().isEmpty()) {
            assertSchemesContradict(fixture().clientBuilder(), "RSA+SHA256"); // not for TLS 1.3
            assertSchemesContradict(fixture().clientBuilder(), "RSA-PSS+SHA256:RSA-PSS+SHA256");
            assertSchemesContradict(fixture().serverBuilder(), "RSA-PSS+SHA256"); // its key is EC
            assertSchemesContradict(fixture().serverBuilder(), "ECDSA+SHA384"); // its curve is secp256r1
            assertSchemesContradict(
                    fixture().serverBuilder(fixture().server(KeyKind.RSA)), "ECDSA+SHA256:RSA+SHA256"); // not in 1.3
        }
    }

    @Test
    default void rule1_20_nullIsRefusedAtOnceByTheNameOfTheParameter() throws Exception {
        TestIdentity identity = fixture().server(KeyKind.EC);
        ClientContext client = fixture().clientBuilder().build();
        ServerContext server = fixture().serverBuilder().build();
        try (BioPair pair = new BioPair(client, server, TestAuthority.SERVER_NAME, Segmentation.none());
                Loopback loopback = new Loopback(server, accepted -> {});
                TlsServerSocket listener = server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                TlsSocket socket = loopback.connect(client, ConnectionOptions.serverName(TestAuthority.SERVER_NAME));
                ReloadableClientContext clients =
                        ReloadableClientContext.of(fixture().clientBuilder());
                ReloadableServerContext servers =
                        ReloadableServerContext.of(fixture().serverBuilder());
                ChannelPair channels =
                        new ChannelPair(client, server, TestAuthority.SERVER_NAME, Segmentation.none(), 1)) {
            assertTrue(pair.handshake().completed());
            Map<Class<?>, Object> samples = new LinkedHashMap<>();
            samples.put(int.class, 1);
            samples.put(long.class, 1L);
            samples.put(boolean.class, true);
            samples.put(String.class, TestAuthority.SERVER_NAME);
            samples.put(List.class, List.of());
            samples.put(Set.class, Set.of());
            samples.put(Collection.class, List.of());
            samples.put(Optional.class, Optional.empty());
            samples.put(OptionalInt.class, OptionalInt.empty());
            samples.put(Duration.class, Duration.ofSeconds(60));
            samples.put(Instant.class, Instant.EPOCH);
            samples.put(Clock.class, Clock.systemUTC());
            samples.put(Path.class, Path.of("nowhere"));
            samples.put(ByteBuffer.class, ByteBuffer.allocate(0));
            samples.put(BigInteger.class, BigInteger.TEN);
            samples.put(Throwable.class, new IllegalStateException("a sample"));
            samples.put(InetSocketAddress.class, InetSocketAddress.createUnresolved("nowhere.invalid", 1));
            samples.put(Socket.class, new Socket());
            samples.put(KeyStore.class, KeyStore.getInstance(KeyStore.getDefaultType()));
            samples.put(X509Certificate.class, identity.certificate());
            samples.put(Bytes.class, Bytes.copyOf(new byte[1]));
            samples.put(PeerName.class, PeerName.of(TestAuthority.SERVER_NAME));
            samples.put(ClientContext.class, client);
            samples.put(ServerContext.class, server);
            samples.put(ClientContext.Builder.class, fixture().clientBuilder());
            samples.put(ServerContext.Builder.class, fixture().serverBuilder());
            samples.put(TrustStore.class, fixture().authority().trust());
            samples.put(TrustStore.Builder.class, TrustStore.builder());
            samples.put(TrustAnchors.class, TrustAnchors.of(List.of()));
            samples.put(CertificateVerifier.Builder.class, CertificateVerifier.builder());
            samples.put(
                    CertificateVerifier.class,
                    CertificateVerifier.builder()
                            .provider(fixture().provider())
                            .verifyLocations(fixture().authority().trust())
                            .build());
            samples.put(CertificateInfo.class, CertificateInfo.of(identity.certificate()));
            samples.put(CryptoServices.class, client.provider().crypto());
            samples.put(Capabilities.class, client.provider().capabilities());
            samples.put(CipherSuite.class, client.ciphers().get(0));
            samples.put(CipherSuite.Builder.class, client.ciphers().get(0).toBuilder());
            samples.put(ClientHello.class, ClientHello.builder().build());
            samples.put(ClientHello.Builder.class, ClientHello.builder());
            samples.put(ConnectionInfo.class, pair.client().info());
            samples.put(ConnectionInfo.Builder.class, pair.client().info().toBuilder());
            samples.put(SessionStats.class, client.sessionStats());
            samples.put(SessionStats.Builder.class, SessionStats.builder());
            samples.put(TlsConnection.class, pair.client());
            samples.put(TlsSocket.class, socket);
            samples.put(TlsChannel.class, channels.client());
            samples.put(TlsServerSocket.class, listener);
            samples.put(ReloadableClientContext.class, clients);
            samples.put(ReloadableServerContext.class, servers);
            samples.put(ConnectionOptions.class, ConnectionOptions.none());
            samples.put(ReloadOptions.class, ReloadOptions.defaults());
            samples.put(ReloadStatus.class, clients.status());
            samples.put(ReloadStatus.Builder.class, clients.status().toBuilder());
            samples.put(TlsBioConnection.class, pair.client());
            NullWalk walk = new NullWalk(samples);
            for (Class<?> member :
                    List.of(ClientContext.class, TrustStore.class, ErrorReason.class, TlsVersion.class)) {
                walk.walk(member);
            }
            assertTrue(walk.calls() > 200, () -> walk.calls() + " calls are not all that there are");
            assertEquals("", String.join("\n", walk.offences()));
        }
    }

    @Test
    default void rule1_21_aLowestVersionBelowTheProvidersOldestIsThat() throws Exception {
        TlsVersion oldest = fixture().expected().versions().get(0);
        for (TlsVersion asked : List.of(TlsVersion.TLS_1_0, TlsVersion.TLS_1_1, TlsVersion.TLS_1_2)) {
            TlsVersion inForce = asked.atLeast(oldest) ? asked : oldest;
            ClientContext client =
                    fixture().clientBuilder().minimumVersion(asked).build();
            ServerContext server =
                    fixture().serverBuilder().minimumVersion(asked).build();
            assertEquals(inForce, client.minimumVersion(), "the client's");
            assertEquals(inForce, server.minimumVersion(), "the server's");
            assertEquals(inForce, server.toBuilder().build().minimumVersion());
            try (BioPair pair = new BioPair(client, server, TestAuthority.SERVER_NAME, Segmentation.none())) {
                BioPair.Outcome outcome = pair.handshake();
                assertTrue(outcome.completed(), outcome::toString);
            }
        }
        if (!fixture().expected().versions().contains(TlsVersion.TLS_1_0)) {
            // Nothing is left below the oldest.
            assertRefused(
                    fixture().clientBuilder().minimumVersion(TlsVersion.TLS_1_0).maximumVersion(TlsVersion.TLS_1_0),
                    TlsVersion.TLS_1_0.protocolName());
        }
    }

    @Test
    default void rule1_22_aCipherListIsReadTheSameWithAndWithoutAContext() throws Exception {
        for (String list : List.of("NOTHING", "", "TLS_AES_128_GCM_SHA256", "ALL:!ALL")) {
            assertList(ErrorReason.NO_CIPHER_MATCH, list);
        }
        for (String list : List.of("@NOTHING", "ECDHE:@SECLEVEL=6", "ECDHE:%")) {
            assertList(ErrorReason.INVALID_COMMAND, list);
        }
        for (String list :
                List.of("ECDHE+AESGCM", "HIGH:!aNULL:@STRENGTH", "ECDHE-RSA-AES256-GCM-SHA384:@SECLEVEL=1")) {
            CipherList read = CipherList.parse(list);
            ClientContext context = fixture()
                    .clientBuilder()
                    .ciphers(list)
                    .maximumVersion(TlsVersion.TLS_1_2)
                    .build();
            List<CipherSuite> expected = new ArrayList<>(read.suites());
            expected.retainAll(context.ciphers());
            assertEquals(expected, context.ciphers(), list);
            assertEquals(read.securityLevel().orElse(2), context.securityLevel(), list);
        }
    }

    private void assertList(ErrorReason reason, String list) {
        for (ContextBuilder<?> builder :
                List.of(fixture().clientBuilder(), fixture().serverBuilder())) {
            TlsException refusal = assertThrows(TlsException.class, builder.ciphers(list)::build, list);
            assertEquals(reason, refusal.reason(), list);
        }
        TlsException refusal = assertThrows(TlsException.class, () -> CipherList.parse(list), list);
        assertEquals(reason, refusal.reason(), list);
    }

    @Test
    default void rule1_8_postHandshakeAuthenticationIsRefused() throws Exception {
        assertRefused(fixture().clientBuilder().postHandshakeAuth(true), "post-handshake authentication");
        assertRefused(fixture().serverBuilder().postHandshakeAuth(true), "post-handshake authentication");
        ClientContext client =
                fixture().clientBuilder().postHandshakeAuth(false).build();
        assertFalse(client.postHandshakeAuth());
        try (BioPair pair = new BioPair(
                client, fixture().serverBuilder().build(), TestAuthority.SERVER_NAME, Segmentation.none())) {
            BioPair.Outcome outcome = pair.handshake();
            assertTrue(outcome.completed(), outcome::toString);
            assertThrows(UnsupportedFeatureException.class, pair.server()::verifyClientPostHandshake);
            assertEquals(1, pair.send(pair.client(), pair.server(), new byte[1]).length, "the connection goes on");
        }
    }

    @Test
    default void rule1_9_diffieHellmanParametersWithoutAUseAreRefused() {
        DhParameters small = SettingsContract.dhParameters(1536);
        TlsException refusal = assertThrows(
                TlsException.class,
                () -> fixture().serverBuilder().dhParameters(small).build());
        assertEquals(ErrorReason.DH_KEY_TOO_SMALL, refusal.reason());
        DhParameters good = SettingsContract.dhParameters(2048);
        assertThrows(
                IllegalArgumentException.class,
                () -> fixture()
                        .serverBuilder()
                        .minimumVersion(TlsVersion.TLS_1_3)
                        .dhParameters(good)
                        .build());
        if (fixture().expected().has(Feature.DH_PARAMETERS)) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> fixture()
                            .serverBuilder()
                            .ciphers("ECDHE")
                            .dhParameters(good)
                            .build());
        }
    }

    private static void assertSchemesContradict(ContextBuilder<?> builder, String schemes) {
        IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class,
                () -> builder.signatureSchemes(schemes).build());
        assertTrue(String.valueOf(refusal.getMessage()).contains("signature scheme"), refusal::toString);
    }
}
