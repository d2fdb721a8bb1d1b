package io.omnitls.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.ClientContext;
import io.omnitls.ConnectionInfo;
import io.omnitls.ConnectionOptions;
import io.omnitls.MemoryBio;
import io.omnitls.ServerContext;
import io.omnitls.ServerNameCallback;
import io.omnitls.Tls;
import io.omnitls.TlsBioConnection;
import io.omnitls.TlsSocket;
import io.omnitls.cert.GeneralName;
import io.omnitls.cert.Pem;
import io.omnitls.cert.TrustStore;
import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsCertificateVerificationException;
import io.omnitls.error.TlsEofException;
import io.omnitls.error.TlsException;
import io.omnitls.error.TlsWantReadException;
import io.omnitls.error.UnsupportedFeatureException;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.CipherSuite;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.TlsAlert;
import io.omnitls.protocol.TlsOption;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.protocol.VerifyMode;
import io.omnitls.spi.Feature;
import io.omnitls.testkit.net.BioPair;
import io.omnitls.testkit.net.BioPair.Segmentation;
import io.omnitls.testkit.net.Loopback;
import io.omnitls.testkit.pki.KeyKind;
import io.omnitls.testkit.pki.TestAuthority;
import io.omnitls.testkit.pki.TestIdentity;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** SPEC.md part 2: handshakes, and what both ends know after them. */
public interface HandshakeContract extends Contract {

    private BioPair pair(ClientContext client, ServerContext server) throws TlsException {
        return new BioPair(client, server, TestAuthority.SERVER_NAME, Segmentation.none());
    }

    private static void complete(BioPair pair) throws Exception {
        BioPair.Outcome outcome = pair.handshake();
        assertTrue(outcome.completed(), outcome::toString);
    }

    @Test
    default void rule2_1_everyVersionAndEveryKindOfKeyCompletesAndBothEndsAgree() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            for (KeyKind kind : fixture().keyKinds()) {
                ServerContext server = fixture()
                        .serverBuilder(fixture().server(kind))
                        .maximumVersion(version)
                        .build();
                try (BioPair pair = pair(fixture().clientBuilder().build(), server)) {
                    complete(pair);
                    ConnectionInfo client = pair.client().info();
                    assertEquals(version, client.version());
                    assertEquals(client.version(), pair.server().info().version());
                    assertEquals(client.cipher(), pair.server().info().cipher());
                    assertEquals(client.namedGroup(), pair.server().info().namedGroup());
                    assertTrue(client.namedGroup().isPresent(), "an ephemeral exchange has a group");
                    assertEquals(
                            Optional.of(TestAuthority.SERVER_NAME),
                            pair.server().serverName());
                    assertFalse(client.sessionReused());
                    assertEquals(
                            fixture().server(kind).certificate(),
                            pair.client().unverifiedChain().get(0));
                }
            }
        }
    }

    @Test
    default void rule2_2_theServersOrderOfProtocolsDecidesAlpn() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            ServerContext server = fixture()
                    .serverBuilder()
                    .maximumVersion(version)
                    .alpnProtocols("h2", "http/1.1")
                    .build();
            ClientContext client =
                    fixture().clientBuilder().alpnProtocols("http/1.1", "h2").build();
            try (BioPair pair = pair(client, server)) {
                complete(pair);
                assertEquals(Optional.of("h2"), pair.client().selectedAlpnProtocol());
                assertEquals(Optional.of("h2"), pair.server().selectedAlpnProtocol());
            }
        }
    }

    @Test
    default void rule2_3_withoutACommonProtocolTheConnectionGoesOnWithoutAlpn() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            ServerContext server = fixture()
                    .serverBuilder()
                    .maximumVersion(version)
                    .alpnProtocols("h2")
                    .build();
            try (BioPair pair =
                    pair(fixture().clientBuilder().alpnProtocols("smtp").build(), server)) {
                complete(pair);
                assertEquals(Optional.empty(), pair.client().selectedAlpnProtocol());
                assertEquals(Optional.empty(), pair.server().selectedAlpnProtocol());
            }
        }
    }

    @Test
    default void rule2_4_theBoundsOfBothEndsDecideTheVersion() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            ClientContext client = fixture()
                    .clientBuilder()
                    .minimumVersion(version)
                    .maximumVersion(version)
                    .build();
            try (BioPair pair = pair(client, fixture().serverBuilder().build())) {
                complete(pair);
                assertEquals(Optional.of(version), pair.server().version());
            }
        }
    }

    @Test
    default void rule2_5_aClientCertificateIsAskedForAndVerifiedAsTheModeSays() throws Exception {
        TestIdentity identity = fixture().authority().client(KeyKind.EC);
        for (TlsVersion version : fixture().versions()) {
            for (VerifyMode mode : VerifyMode.values()) {
                ServerContext.Builder server = fixture()
                        .serverBuilder()
                        .maximumVersion(version)
                        .verifyLocations(fixture().authority().trust())
                        .verifyMode(mode);
                ClientContext client = fixture()
                        .clientBuilder()
                        .certificateChain(identity.credentials())
                        .build();
                try (BioPair pair = pair(client, server.build())) {
                    complete(pair);
                    assertEquals(
                            mode != VerifyMode.NONE,
                            pair.server().peerCertificate().isPresent(),
                            mode.name());
                }
            }
        }
    }

    @Test
    default void rule2_6_optionalGoesOnWithoutAClientCertificate() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            ServerContext server = fixture()
                    .serverBuilder()
                    .maximumVersion(version)
                    .verifyLocations(fixture().authority().trust())
                    .verifyMode(VerifyMode.OPTIONAL)
                    .build();
            try (BioPair pair = pair(fixture().clientBuilder().build(), server)) {
                complete(pair);
                assertEquals(Optional.empty(), pair.server().peerCertificate());
            }
        }
    }

    @Test
    default void rule2_7_theCipherListDecidesTheSuiteOfTls12() throws Exception {
        ClientContext base =
                fixture().clientBuilder().maximumVersion(TlsVersion.TLS_1_2).build();
        List<CipherSuite> suites = base.ciphers().stream()
                .filter(suite -> suite.auth().equals("auth-ecdsa"))
                .toList();
        assertFalse(suites.isEmpty());
        for (CipherSuite suite : suites) {
            ClientContext client = base.toBuilder().ciphers(suite.name()).build();
            try (BioPair pair = pair(client, fixture().serverBuilder().build())) {
                complete(pair);
                assertEquals(Optional.of(suite), pair.server().cipher());
            }
        }
    }

    @Test
    default void rule2_8_theVerifiedCertificateIsDecoded() throws Exception {
        try (BioPair pair = pair(
                fixture().clientBuilder().build(), fixture().serverBuilder().build())) {
            complete(pair);
            assertTrue(pair.client()
                    .peerCertificate()
                    .orElseThrow()
                    .subjectAltNames()
                    .contains(new GeneralName("DNS", TestAuthority.SERVER_NAME)));
            assertEquals(2, pair.client().verifiedChain().size());
        }
    }

    @Test
    default void rule2_9_noSessionIsResumedBehindTheVerifiersBack() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            ClientContext client =
                    fixture().clientBuilder().maximumVersion(version).build();
            ServerContext server = fixture().serverBuilder().build();
            for (int i = 0; i < 3; i++) {
                try (BioPair pair = pair(client, server)) {
                    complete(pair);
                    pair.send(pair.server(), pair.client(), new byte[10]);
                    assertFalse(pair.client().info().sessionReused());
                    assertTrue(pair.client().verifyResult().isPresent(), "the certificate was judged");
                }
            }
        }
    }

    @Test
    default void rule2_10_theServersOrderOfSuitesDecidesUnlessItLeavesThatToTheClient() throws Exception {
        String aes256First = "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-AES128-GCM-SHA256";
        String aes128First = "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384";
        ClientContext client = fixture()
                .clientBuilder()
                .maximumVersion(TlsVersion.TLS_1_2)
                .ciphers(aes128First)
                .build();
        ServerContext.Builder server = fixture().serverBuilder().ciphers(aes256First);
        try (BioPair pair = pair(client, server.build())) {
            complete(pair);
            assertEquals(
                    "ECDHE-ECDSA-AES256-GCM-SHA384",
                    pair.client().info().cipher().name());
        }
        if (fixture().expected().has(Feature.CLIENT_CIPHER_PREFERENCE)) {
            try (BioPair pair =
                    pair(client, server.cipherServerPreference(false).build())) {
                complete(pair);
                assertEquals(
                        "ECDHE-ECDSA-AES128-GCM-SHA256",
                        pair.client().info().cipher().name());
            }
        }
    }

    @Test
    default void rule2_11_aServerNameIsSentOrRefusedOrKeptBackWhenAskedTo() throws Exception {
        ClientContext client = fixture().clientBuilder().checkHostname(false).build();
        ServerContext server = fixture().serverBuilder().build();
        for (String name : List.of("server.example", "localhost")) {
            try (BioPair pair = new BioPair(client, server, name, BioPair.Segmentation.none())) {
                complete(pair);
                assertEquals(Optional.of(name), pair.server().serverName());
            }
        }
        ConnectionOptions dotless = ConnectionOptions.serverName("intranet");
        if (fixture().expected().has(Feature.DOTLESS_SERVER_NAME)) {
            try (BioPair pair = new BioPair(client, server, "intranet", BioPair.Segmentation.none())) {
                complete(pair);
                assertEquals(Optional.of("intranet"), pair.server().serverName());
            }
        } else {
            assertThrows(
                    UnsupportedFeatureException.class, () -> client.wrapBio(new MemoryBio(), new MemoryBio(), dotless));
        }
        MemoryBio toServer = new MemoryBio();
        MemoryBio toClient = new MemoryBio();
        try (TlsBioConnection silent = client.wrapBio(toClient, toServer, dotless.withoutServerNameIndication());
                TlsBioConnection hearing = server.wrapBio(toServer, toClient)) {
            assertThrows(TlsWantReadException.class, silent::handshake);
            assertThrows(TlsWantReadException.class, hearing::handshake);
            assertEquals(Optional.empty(), hearing.serverName());
        }
    }

    @Test
    default void rule2_12_theCertificateOfAServerCanBeFetchedWithoutTrustingIt() throws Exception {
        ServerContext server = fixture().serverBuilder().build();
        String expected = fixture().server(KeyKind.EC).certificatePem();
        try (Loopback loopback = new Loopback(server, TlsSocket::handshake)) {
            String fetched = Tls.serverCertificate("127.0.0.1", loopback.port(), Loopback.TIMEOUT);
            assertArrayEquals(Pem.decodeCertificate(expected), Pem.decodeCertificate(fetched));
        }
        TrustStore stranger = TestAuthority.create("Stranger").trust();
        try (Loopback loopback = new Loopback(server, TlsSocket::handshake)) {
            assertThrows(
                    TlsCertificateVerificationException.class,
                    () -> Tls.serverCertificate("127.0.0.1", loopback.port(), Loopback.TIMEOUT, stranger));
        }
    }

    @Test
    default void rule2_61_aServerWithoutAnIdentityFailsEachHandshakeButThoseThatItGivesAway() throws Exception {
        ServerContext bare =
                ServerContext.builder().provider(fixture().provider()).build();
        ServerContext good = fixture().serverBuilder().build();
        ServerContext entry = bare.toBuilder()
                .serverNameCallback(hello -> new ServerNameCallback.Decision.Use(good))
                .build();
        for (TlsVersion version : fixture().versions()) {
            ClientContext client =
                    fixture().clientBuilder().maximumVersion(version).build();
            for (int i = 0; i < 2; i++) { // each handshake, not the first alone
                try (BioPair pair = new BioPair(client, bare, TestAuthority.SERVER_NAME, Segmentation.none())) {
                    BioPair.Outcome outcome = pair.handshake();
                    assertEquals(
                            ErrorReason.NO_SHARED_CIPHER,
                            outcome.server().orElseThrow().reason(),
                            version.toString());
                    assertEquals(
                            ErrorReason.SSLV3_ALERT_HANDSHAKE_FAILURE,
                            outcome.client().orElseThrow().reason(),
                            version.toString());
                }
            }
            try (BioPair pair = new BioPair(client, entry, TestAuthority.SERVER_NAME, Segmentation.none())) {
                BioPair.Outcome outcome = pair.handshake();
                assertTrue(outcome.completed(), outcome::toString);
            }
        }
    }

    @Test
    default void rule2_63_theServerNameCallbackKnowsWhereTheClientCameTo() throws Exception {
        List<ServerNameCallback.Asked> heard = new CopyOnWriteArrayList<>();
        ServerContext context = fixture()
                .serverBuilder()
                .serverNameCallback((hello, asked) -> {
                    heard.add(asked);
                    return new ServerNameCallback.Decision.Proceed();
                })
                .build();
        try (Loopback server = new Loopback(context, TlsSocket::handshake);
                TlsSocket client = server.connect(
                        fixture().clientBuilder().build(), ConnectionOptions.serverName(TestAuthority.SERVER_NAME))) {
            client.handshake();
            server.await();
            assertEquals(
                    List.of(new ServerNameCallback.Asked(
                            context,
                            Optional.of(client.getRemoteSocketAddress()),
                            Optional.of(client.getLocalSocketAddress()))),
                    heard);
        }
        heard.clear();
        try (BioPair pair = new BioPair(
                fixture().clientBuilder().build(), context, TestAuthority.SERVER_NAME, Segmentation.none())) {
            assertTrue(pair.handshake().completed());
            assertEquals(List.of(new ServerNameCallback.Asked(context, Optional.empty(), Optional.empty())), heard);
        }
    }

    @Test
    default void rule2_64_withoutVerificationTheChainThatVerifiesIsThere() throws Exception {
        ClientContext.Builder builder =
                fixture().clientBuilder().checkHostname(false).verifyMode(VerifyMode.NONE);
        for (TlsVersion version : fixture().versions()) {
            ClientContext client = builder.maximumVersion(version).build();
            try (BioPair pair = new BioPair(
                    client, fixture().serverBuilder().build(), TestAuthority.SERVER_NAME, Segmentation.none())) {
                assertTrue(pair.handshake().completed());
                assertEquals(
                        List.of(
                                fixture().server(KeyKind.EC).certificate(),
                                fixture().authority().certificate()),
                        pair.client().verifiedChain());
            }
            try (BioPair pair = new BioPair(
                    client,
                    fixture().serverBuilder(TestAuthority.selfSigned("self")).build(),
                    TestAuthority.SERVER_NAME,
                    Segmentation.none())) {
                assertTrue(pair.handshake().completed());
                assertEquals(List.of(), pair.client().verifiedChain());
            }
        }
    }

    @Test
    default void rule2_13_theServerNameCallbackDecidesWhoAnswers() throws Exception {
        TestIdentity other = fixture().authority().server(KeyKind.EC, template -> template.dnsName("other.example"));
        ServerContext virtualHost = fixture()
                .serverBuilder(other)
                .alpnProtocols("virtual")
                .options(TlsOption.IGNORE_UNEXPECTED_EOF)
                .build();
        ServerContext server = fixture()
                .serverBuilder()
                .alpnProtocols("main")
                .serverNameCallback(hello -> switch (hello.serverName().orElse("")) {
                    case "other.example" -> new ServerNameCallback.Decision.Use(virtualHost);
                    case "nobody.example" -> new ServerNameCallback.Decision.Refuse(AlertDescription.UNRECOGNIZED_NAME);
                    case "unassigned.example" -> new ServerNameCallback.Decision.Refuse(200);
                    case "broken.example" -> throw new IllegalStateException("on purpose");
                    default -> new ServerNameCallback.Decision.Proceed();
                })
                .build();
        for (TlsVersion version : fixture().versions()) {
            ClientContext client = fixture()
                    .clientBuilder()
                    .maximumVersion(version)
                    .alpnProtocols("virtual", "main")
                    .build();
            try (BioPair pair = pair(client, server)) {
                complete(pair);
                assertEquals(Optional.of("main"), pair.client().selectedAlpnProtocol());
                pair.toServer().writeEof();
                assertThrows(TlsEofException.class, () -> pair.server().read(1));
            }
            try (BioPair pair = new BioPair(client, server, "other.example", Segmentation.of(1, 100))) {
                complete(pair);
                assertEquals(Optional.of("virtual"), pair.client().selectedAlpnProtocol());
                assertEquals(
                        other.certificate(), pair.client().unverifiedChain().get(0));
                assertEquals(virtualHost, pair.server().context());
                pair.toServer().writeEof();
                assertEquals(0, pair.server().read(1).length, "the virtual host takes that for the end");
            }
            try (BioPair pair = new BioPair(client, server, "nobody.example", Segmentation.none())) {
                BioPair.Outcome outcome = pair.handshake();
                assertEquals(
                        ErrorReason.CLIENTHELLO_TLSEXT,
                        outcome.server().orElseThrow().reason());
                assertEquals(
                        ErrorReason.TLSV1_UNRECOGNIZED_NAME,
                        outcome.client().orElseThrow().reason());
            }
            try (BioPair pair = new BioPair(client, server, "unassigned.example", Segmentation.none())) {
                BioPair.Outcome outcome = pair.handshake();
                assertEquals(
                        Optional.of(TlsAlert.sent(200)),
                        outcome.server().orElseThrow().alert());
                assertEquals(
                        Optional.of(TlsAlert.received(200)),
                        outcome.client().orElseThrow().alert());
            }
            try (BioPair pair = new BioPair(client, server, "broken.example", Segmentation.none())) {
                BioPair.Outcome outcome = pair.handshake();
                TlsException failure = outcome.server().orElseThrow();
                assertEquals(ErrorReason.CALLBACK_FAILED, failure.reason());
                assertInstanceOf(IllegalStateException.class, failure.getCause());
                assertEquals(
                        ErrorReason.SSLV3_ALERT_HANDSHAKE_FAILURE,
                        outcome.client().orElseThrow().reason());
            }
        }
    }

    @Test
    default void rule2_14_theServerKnowsWhichSuitesBothEndsHave() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            ClientContext client =
                    fixture().clientBuilder().maximumVersion(version).build();
            ServerContext server = fixture().serverBuilder().build();
            try (BioPair pair = pair(client, server)) {
                assertEquals(List.of(), pair.server().sharedCiphers());
                complete(pair);
                List<CipherSuite> shared = pair.server().sharedCiphers();
                assertTrue(shared.contains(pair.server().info().cipher()), shared::toString);
                assertTrue(client.ciphers().containsAll(shared), "the client has offered them");
                assertTrue(server.ciphers().containsAll(shared), "the server has enabled them");
                assertEquals(List.of(), pair.client().sharedCiphers());
            }
        }
        ClientContext client = fixture()
                .clientBuilder()
                .maximumVersion(TlsVersion.TLS_1_2)
                .ciphers("ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-AES128-GCM-SHA256")
                .build();
        ServerContext server = fixture()
                .serverBuilder()
                .ciphers("ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384")
                .build();
        try (BioPair pair = pair(client, server)) {
            complete(pair);
            assertEquals(client.ciphers(), pair.server().sharedCiphers(), "in the client's order");
        }
    }

    @Test
    default void rule2_15_aCurveIsChosenByAnyOfItsNames() throws Exception {
        assertThrows(
                IllegalArgumentException.class, () -> fixture().clientBuilder().ecdhCurve("no-such-curve"));
        for (String name : List.of("secp384r1", "P-384")) {
            ClientContext.Builder builder = fixture().clientBuilder().ecdhCurve(name);
            if (!fixture().expected().has(Feature.GROUP_CHOICE)) {
                assertThrows(UnsupportedFeatureException.class, builder::build);
                continue;
            }
            ServerContext server =
                    fixture().serverBuilder(fixture().server(KeyKind.RSA)).build();
            try (BioPair pair = pair(builder.build(), server)) {
                complete(pair);
                assertEquals(
                        Optional.of(NamedGroup.SECP384R1), pair.client().info().namedGroup());
            }
        }
    }
}
