package io.omnitls.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.ClientContext;
import io.omnitls.ConnectionOptions;
import io.omnitls.ServerContext;
import io.omnitls.ServerNameCallback;
import io.omnitls.TlsSocket;
import io.omnitls.cert.Credentials;
import io.omnitls.cert.TrustStore;
import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.protocol.VerifyMode;
import io.omnitls.testkit.net.BioPair;
import io.omnitls.testkit.net.BioPair.Segmentation;
import io.omnitls.testkit.net.Loopback;
import io.omnitls.testkit.net.OpenSslPeer;
import io.omnitls.testkit.pki.KeyKind;
import io.omnitls.testkit.pki.TestAuthority;
import io.omnitls.testkit.pki.TestIdentity;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SPEC.md part 2, for ends that have several identities: which of them answers. */
public interface IdentityContract extends Contract {

    private ServerContext serverWith(List<KeyKind> kinds) throws Exception {
        ServerContext.Builder builder = fixture().serverBuilder(fixture().server(kinds.get(0)));
        for (KeyKind kind : kinds.subList(1, kinds.size())) {
            builder.certificateChain(fixture().server(kind).credentials());
        }
        return builder.build();
    }

    /** The provider's kinds of key, forwards and backwards. */
    private List<List<KeyKind>> orders() {
        List<KeyKind> backwards = new ArrayList<>(fixture().keyKinds());
        Collections.reverse(backwards);
        return List.of(fixture().keyKinds(), backwards);
    }

    private X509Certificate shown(ClientContext client, ServerContext server) throws Exception {
        try (BioPair pair = new BioPair(client, server, TestAuthority.SERVER_NAME, Segmentation.none())) {
            BioPair.Outcome outcome = pair.handshake();
            assertTrue(outcome.completed(), outcome::toString);
            return pair.client().unverifiedChain().get(0);
        }
    }

    @Test
    default void rule2_16_theFirstIdentityThatTheClientCanVerifyAnswers() throws Exception {
        for (List<KeyKind> kinds : orders()) {
            ServerContext server = serverWith(kinds);
            for (TlsVersion version : fixture().versions()) {
                ClientContext any =
                        fixture().clientBuilder().maximumVersion(version).build();
                assertEquals(
                        fixture().server(kinds.get(0)).certificate(), shown(any, server), kinds + " in " + version);
            }
            ClientContext.Builder client = fixture().clientBuilder().maximumVersion(TlsVersion.TLS_1_2);
            ClientContext rsa = client.ciphers("ECDHE-RSA-AES256-GCM-SHA384").build();
            assertEquals(fixture().server(KeyKind.RSA).certificate(), shown(rsa, server), kinds::toString);
            ClientContext ecdsa =
                    client.ciphers("ECDHE-ECDSA-AES256-GCM-SHA384").build();
            KeyKind first = kinds.stream()
                    .filter(kind -> kind != KeyKind.RSA)
                    .findFirst()
                    .orElseThrow();
            assertEquals(fixture().server(first).certificate(), shown(ecdsa, server), kinds::toString);
        }
    }

    @Test
    default void rule2_17_openSslsClientIsAnsweredWithWhatItCanVerify() throws Exception {
        for (List<KeyKind> kinds : orders()) {
            ServerContext server = serverWith(kinds);
            for (KeyKind kind : kinds) {
                String sigalgs = sigalgs(kind);
                requireAnswer(kind, server, "-tls1_3", "-sigalgs", sigalgs);
                requireAnswer(kind, server, "-tls1_2", "-sigalgs", sigalgs);
            }
            // The client's order is that of its abilities; which certificate it sees is for the server to decide.
            KeyKind last = kinds.get(kinds.size() - 1);
            String lastFirst = sigalgs(last) + ":" + sigalgs(kinds.get(0));
            requireAnswer(kinds.get(0), server, "-tls1_3", "-sigalgs", lastFirst);
        }
    }

    private static String sigalgs(KeyKind kind) {
        return switch (kind) {
            case RSA -> "rsa_pss_rsae_sha256";
            case EC -> "ECDSA+SHA256";
            case ED25519 -> "ed25519";
        };
    }

    private void requireAnswer(KeyKind expected, ServerContext context, String... arguments) throws Exception {
        TestIdentity identity = fixture().server(expected);
        try (Loopback server = new Loopback(context, TlsSocket::handshake);
                OpenSslPeer client = OpenSslPeer.client(server.port(), arguments)) {
            server.await();
            String output = client.awaitOutput();
            assertTrue(oneLine(output).contains(oneLine(identity.certificatePem())), () -> expected + " in " + output);
        }
    }

    /** PEM by different writers has lines of different lengths, and names have blanks or none. */
    private static String oneLine(String pem) {
        return pem.replaceAll("\\s", "");
    }

    @Test
    default void rule2_18_theSuitesOfTls12DoNotKeepAnIdentityFromClientsOfTls13() throws Exception {
        ServerContext server = fixture()
                .serverBuilder(fixture().server(KeyKind.EC))
                .certificateChain(fixture().server(KeyKind.RSA).credentials())
                .ciphers("ECDHE-RSA-AES256-GCM-SHA384")
                .build();
        assertEquals(
                fixture().server(KeyKind.EC).certificate(),
                shown(fixture().clientBuilder().build(), server));
    }

    @Test
    default void rule2_19_aServerNamesTheAuthoritiesThatItTrusts(@TempDir Path directory) throws Exception {
        TestAuthority second = TestAuthority.create("Second Root");
        String pem = second.client(KeyKind.EC).write(directory, "client").toString();
        ServerContext context = fixture()
                .serverBuilder()
                .verifyLocations(TrustStore.builder()
                        .pem(fixture().authority().certificatePem() + second.certificatePem())
                        .build())
                .verifyMode(VerifyMode.REQUIRED)
                .build();
        for (String version : List.of("-tls1_2", "-tls1_3")) {
            try (Loopback server = new Loopback(context, TlsSocket::handshake);
                    OpenSslPeer client = OpenSslPeer.client(server.port(), version, "-cert", pem)) {
                server.await();
                String output = client.awaitOutput();
                int names = output.indexOf("Acceptable client certificate CA names");
                assertTrue(names >= 0, output);
                String list = output.substring(names, output.indexOf("Requested Signature", names));
                // OpenSSL 3.2 has left out the blanks.
                assertTrue(oneLine(list).contains("CN=TestRoot"), output);
                assertTrue(oneLine(list).contains("CN=SecondRoot"), output);
            }
        }
    }

    @Test
    default void rule1_25_aServerNamesAllItsAuthoritiesAsLongAsARequestHasRoom() throws Exception {
        List<X509Certificate> many = new ArrayList<>();
        long size = 0;
        while (size < 64_000) {
            TestAuthority authority =
                    TestAuthority.create(String.format("%04d", many.size()).repeat(250));
            many.add(authority.certificate());
            size += 2 + authority.certificate().getSubjectX500Principal().getEncoded().length;
        }
        ServerContext.Builder builder = fixture()
                .serverBuilder()
                .verifyMode(VerifyMode.OPTIONAL)
                .verifyLocations(TrustStore.builder().certificates(many).build());
        ServerContext context = builder.build();
        for (TlsVersion version : fixture().versions()) {
            String protocol = version == TlsVersion.TLS_1_2 ? "-tls1_2" : "-tls1_3";
            try (Loopback server = new Loopback(context, TlsSocket::handshake);
                    OpenSslPeer client = OpenSslPeer.client(server.port(), protocol)) {
                server.await();
                assertTrue(client.awaitOutput().contains("CN = 0000"), protocol);
            }
        }
        many.add(TestAuthority.create("x".repeat(1_500)).certificate());
        builder.verifyLocations(TrustStore.builder().certificates(many).build());
        assertThrows(IllegalArgumentException.class, builder::build);
        builder.verifyMode(VerifyMode.NONE).build(); // nobody is asked
    }

    @Test
    default void rule1_23_whatABuilderAddsCanBeTakenOut() throws Exception {
        TestIdentity first = fixture().authority().server(KeyKind.EC);
        TestIdentity second = fixture().authority().server(KeyKind.EC);
        ServerContext old = fixture().serverBuilder(first).build();
        ClientContext client = fixture().clientBuilder().build();
        assertEquals(
                first.certificate(),
                shown(
                        client,
                        old.toBuilder().certificateChain(second.credentials()).build()),
                "it adds");
        assertEquals(
                second.certificate(),
                shown(
                        client,
                        old.toBuilder()
                                .clearCertificateChains()
                                .certificateChain(second.credentials())
                                .build()));
        ServerContext refusing = old.toBuilder()
                .serverNameCallback(hello -> new ServerNameCallback.Decision.Refuse(AlertDescription.INTERNAL_ERROR))
                .build();
        ServerContext plain = refusing.toBuilder().clearServerNameCallback().build();
        assertFalse(plain.hasServerNameCallback());
        assertEquals(first.certificate(), shown(client, plain));
    }

    /** Two from one authority and two from another, of both kinds. */
    private List<TestIdentity> clientIdentities(TestAuthority first, TestAuthority second) {
        return List.of(
                first.client(KeyKind.RSA),
                first.client(KeyKind.EC),
                second.client(KeyKind.RSA),
                second.client(KeyKind.EC));
    }

    private ClientContext clientWith(TlsVersion version, List<TestIdentity> identities) throws Exception {
        ClientContext.Builder builder = fixture().clientBuilder().maximumVersion(version);
        identities.forEach(identity -> builder.certificateChain(identity.credentials()));
        return builder.build();
    }

    private ClientContext onlyNamed(ClientContext client) throws Exception {
        return client.toBuilder().onlyNamedIssuers(true).build();
    }

    @Test
    default void rule2_20_aClientShowsTheIdentityWhoseIssuerTheServerNames() throws Exception {
        TestAuthority first = TestAuthority.create("First Root");
        TestAuthority second = TestAuthority.create("Second Root");
        TestAuthority stranger = TestAuthority.create("Third Root");
        List<TestIdentity> identities = clientIdentities(first, second);
        for (TlsVersion version : fixture().versions()) {
            ClientContext client = clientWith(version, identities);
            for (TestAuthority trusted : List.of(first, second, stranger)) {
                ServerContext server = optional(trusted);
                try (BioPair pair =
                        new BioPair(onlyNamed(client), server, TestAuthority.SERVER_NAME, Segmentation.none())) {
                    BioPair.Outcome outcome = pair.handshake();
                    assertTrue(outcome.completed(), outcome::toString);
                    List<X509Certificate> shown = pair.server().unverifiedChain();
                    assertEquals(trusted == stranger, shown.isEmpty(), version + " " + shown);
                    if (!shown.isEmpty()) {
                        int own = trusted == first ? 0 : 2;
                        assertTrue(
                                identities.subList(own, own + 2).stream()
                                        .anyMatch(identity ->
                                                identity.certificate().equals(shown.get(0))),
                                version + " " + shown);
                    }
                }
                if (trusted != stranger) {
                    requireShown(
                            client, server, trusted == first ? identities.subList(0, 2) : identities.subList(2, 4));
                }
            }
        }
    }

    private ServerContext optional(TestAuthority trusted) throws Exception {
        return fixture()
                .serverBuilder()
                .verifyLocations(trusted.trust())
                .verifyMode(VerifyMode.OPTIONAL)
                .build();
    }

    private static void requireShown(ClientContext client, ServerContext server, List<TestIdentity> possible)
            throws Exception {
        try (BioPair pair = new BioPair(client, server, TestAuthority.SERVER_NAME, Segmentation.none())) {
            BioPair.Outcome outcome = pair.handshake();
            assertTrue(outcome.completed(), outcome::toString);
            X509Certificate shown = pair.server().unverifiedChain().get(0);
            assertTrue(
                    possible.stream()
                            .anyMatch(identity -> identity.certificate().equals(shown)),
                    shown::toString);
        }
    }

    @Test
    default void rule2_62_aCertificateOfAnAuthorityThatIsNotNamedIsShownAndRefused() throws Exception {
        TestAuthority first = TestAuthority.create("First Root");
        List<TestIdentity> identities = List.of(first.client(KeyKind.RSA), first.client(KeyKind.EC));
        ServerContext server = optional(TestAuthority.create("Third Root"));
        for (TlsVersion version : fixture().versions()) {
            for (List<TestIdentity> own : List.of(identities, identities.subList(0, 1), identities.subList(1, 2))) {
                ClientContext client = clientWith(version, own);
                try (BioPair pair = new BioPair(client, server, TestAuthority.SERVER_NAME, Segmentation.none())) {
                    TlsException refusal = pair.handshake().server().orElseThrow();
                    assertEquals(ErrorReason.CERTIFICATE_VERIFY_FAILED, refusal.reason(), version.toString());
                    X509Certificate shown = pair.server().unverifiedChain().get(0);
                    assertTrue(
                            own.stream()
                                    .anyMatch(identity -> identity.certificate().equals(shown)),
                            shown::toString);
                }
                try (BioPair pair =
                        new BioPair(onlyNamed(client), server, TestAuthority.SERVER_NAME, Segmentation.none())) {
                    BioPair.Outcome outcome = pair.handshake();
                    assertTrue(outcome.completed(), outcome::toString);
                    assertEquals(List.of(), pair.server().unverifiedChain());
                }
            }
        }
    }

    @Test
    default void rule2_60_aCertificateWithoutItsIssuersIsSentWithThoseThatTheContextTrusts(@TempDir Path directory)
            throws Exception {
        TestAuthority root = TestAuthority.create("Chain Root");
        TestAuthority middle = root.intermediate("Chain Middle");
        TestIdentity server = middle.server(KeyKind.EC);
        TestIdentity client = middle.client(KeyKind.EC);
        TrustStore both = TrustStore.builder()
                .certificates(List.of(root.certificate(), middle.certificate()))
                .build();
        for (TlsVersion version : fixture().versions()) {
            for (boolean completed : List.of(true, false)) {
                ServerContext servers = ServerContext.builder()
                        .provider(fixture().provider())
                        .certificateChain(leafOf(server))
                        .autoChain(completed)
                        .verifyLocations(both)
                        .verifyMode(VerifyMode.OPTIONAL)
                        .build();
                assertEquals(completed, servers.autoChain());
                ClientContext clients = ClientContext.builder()
                        .provider(fixture().provider())
                        .maximumVersion(version)
                        .certificateChain(leafOf(client))
                        .autoChain(completed)
                        .verifyLocations(both)
                        .build();
                int expected = completed ? 3 : 1; // as OpenSSL, with the root
                try (BioPair pair = new BioPair(clients, servers, TestAuthority.SERVER_NAME, Segmentation.none())) {
                    BioPair.Outcome outcome = pair.handshake();
                    assertTrue(outcome.completed(), outcome::toString);
                    assertEquals(expected, pair.client().unverifiedChain().size(), version + " of the server");
                    assertEquals(expected, pair.server().unverifiedChain().size(), version + " of the client");
                }
                requireSeenByOpenSsl(version, completed, servers, clients, root, server, directory);
            }
        }
        // A chain that has an issuer is sent as it is.
        ServerContext given = ServerContext.builder()
                .provider(fixture().provider())
                .certificateChain(Credentials.pem(server.certificatePem() + middle.certificatePem(), server.keyPem()))
                .verifyLocations(both)
                .build();
        ClientContext any = ClientContext.builder()
                .provider(fixture().provider())
                .verifyLocations(root.trust())
                .build();
        try (BioPair pair = new BioPair(any, given, TestAuthority.SERVER_NAME, Segmentation.none())) {
            BioPair.Outcome outcome = pair.handshake();
            assertTrue(outcome.completed(), outcome::toString);
            assertEquals(2, pair.client().unverifiedChain().size());
        }
    }

    private static Credentials leafOf(TestIdentity identity) {
        return Credentials.pem(identity.certificatePem(), identity.keyPem());
    }

    /** Who trusts the root alone verifies a chain that was completed, in both directions, and no other. */
    private void requireSeenByOpenSsl(
            TlsVersion version,
            boolean completed,
            ServerContext servers,
            ClientContext clients,
            TestAuthority root,
            TestIdentity server,
            Path directory)
            throws Exception {
        String trusted = root.write(directory, "root").toString();
        String protocol = version == TlsVersion.TLS_1_2 ? "-tls1_2" : "-tls1_3";
        try (Loopback loopback = new Loopback(servers, TlsSocket::handshake);
                OpenSslPeer peer = OpenSslPeer.client(loopback.port(), protocol, "-CAfile", trusted)) {
            loopback.await();
            String output = peer.awaitOutput();
            assertEquals(completed, output.contains("Verify return code: 0 (ok)"), output);
        }
        // OpenSSL's own server does the same with the same file.
        String own = server.write(directory, "server").toString();
        String seen = seenByOpenSsl(clients, "-cert", own, "-cert_chain", own, "-CAfile", trusted, "-verify", "4");
        assertEquals(completed, seen.contains("verify return:1") && !seen.contains("verify error"), seen);
    }

    @Test
    default void rule2_21_aClientShowsOpenSslsServerWhatItAsksFor(@TempDir Path directory) throws Exception {
        TestAuthority first = TestAuthority.create("First Root");
        TestAuthority second = TestAuthority.create("Second Root");
        List<TestIdentity> identities = clientIdentities(first, second);
        String ours = fixture().server(KeyKind.EC).write(directory, "server").toString();
        String trusted = second.write(directory, "second").toString();
        String stranger =
                TestAuthority.create("Third Root").write(directory, "third").toString();
        for (TlsVersion version : fixture().versions()) {
            ClientContext client = clientWith(version, identities);
            for (int i = 2; i < 4; i++) {
                String kind = i == 2 ? "RSA-PSS+SHA256" : "ECDSA+SHA256";
                String seen = seenByOpenSsl(
                        client, "-cert", ours, "-CAfile", trusted, "-Verify", "2", "-client_sigalgs", kind);
                assertTrue(oneLine(seen).contains(oneLine(identities.get(i).certificatePem())), version + " " + seen);
            }
            String none = seenByOpenSsl(onlyNamed(client), "-cert", ours, "-CAfile", stranger, "-verify", "2");
            assertFalse(oneLine(none).contains("CN=client"), none);
            String one = seenByOpenSsl(client, "-cert", ours, "-CAfile", stranger, "-verify", "2");
            assertTrue(oneLine(one).contains("CN=client"), one);
        }
    }

    /** What s_server prints of its one connection. */
    private static String seenByOpenSsl(ClientContext context, String... arguments) throws Exception {
        List<String> words = new ArrayList<>(List.of(arguments));
        words.addAll(List.of("-naccept", "1"));
        try (OpenSslPeer.Server server = OpenSslPeer.server(words.toArray(new String[0]))) {
            try (TlsSocket socket =
                    Loopback.connect(server.port(), context, ConnectionOptions.serverName(TestAuthority.SERVER_NAME))) {
                socket.handshake();
                server.peer().awaitLine("CIPHER is "); // the last of what it says of a handshake
            }
            return server.peer().awaitOutput();
        }
    }
}
