package io.omnitls.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.ClientContext;
import io.omnitls.ConnectionInfo;
import io.omnitls.ConnectionOptions;
import io.omnitls.ServerContext;
import io.omnitls.ServerNameCallback.Decision;
import io.omnitls.TlsConnection;
import io.omnitls.TlsSession;
import io.omnitls.TlsSocket;
import io.omnitls.error.TlsException;
import io.omnitls.protocol.AlertDescription;
import io.omnitls.protocol.ChannelBinding;
import io.omnitls.protocol.CipherSuite;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.protocol.VerifyMode;
import io.omnitls.spi.Feature;
import io.omnitls.testkit.net.Loopback;
import io.omnitls.testkit.net.PythonFacts;
import io.omnitls.testkit.net.PythonPeer;
import io.omnitls.testkit.pki.KeyKind;
import io.omnitls.testkit.pki.TestAuthority;
import io.omnitls.testkit.pki.TestIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SPEC.md part 11: the other end is Python's {@code ssl} module. Skipped, and said so, where it is missing. */
public interface PythonContract extends Contract {

    /** The alerts of {@link FaultTable} for a client without a certificate, as OpenSSL names them. */
    Set<String> CERTIFICATE_MISSING =
            Set.of("SSLV3_ALERT_HANDSHAKE_FAILURE", "TLSV13_ALERT_CERTIFICATE_REQUIRED", "SSLV3_ALERT_BAD_CERTIFICATE");

    private static ConnectionOptions options() {
        return ConnectionOptions.serverName(TestAuthority.SERVER_NAME);
    }

    private String authorityFile(Path directory) throws IOException {
        return Files.writeString(
                        directory.resolve("ca.pem"), fixture().authority().certificatePem())
                .toString();
    }

    private static String bound(TlsVersion version) {
        return version == TlsVersion.TLS_1_2 ? "1.2" : "1.3";
    }

    private boolean resumes(TlsVersion version) {
        return fixture().expected().has(Feature.sessionResumption(version));
    }

    /** The one place where these rules read tls-unique. */
    private static String tlsUnique(TlsConnection connection) throws TlsException {
        return connection
                .channelBinding(ChannelBinding.TLS_UNIQUE)
                .orElseThrow()
                .toString();
    }

    /** Sends back what comes until the client has closed, then closes. */
    private static void echo(TlsSocket socket) throws IOException {
        byte[] buffer = new byte[1024];
        for (int n = socket.getInputStream().read(buffer);
                n >= 0;
                n = socket.getInputStream().read(buffer)) {
            socket.getOutputStream().write(buffer, 0, n);
        }
    }

    /** Sends a line, expects it back, and says what it is that Python has to say too. */
    private static void exchange(TlsSocket socket) throws IOException {
        byte[] line = "hello, Python\n".getBytes(StandardCharsets.US_ASCII);
        socket.getOutputStream().write(line);
        assertArrayEquals(line, socket.getInputStream().readNBytes(line.length));
    }

    private static void requireSame(ConnectionInfo ours, PythonFacts python) {
        assertEquals(Optional.empty(), python.error());
        assertEquals(Optional.of(ours.version().protocolName()), python.version());
        assertEquals(Optional.of(ours.cipher().name()), python.cipher());
        assertEquals(ours.applicationProtocol(), python.applicationProtocol());
        assertEquals(ours.sessionReused(), python.sessionReused(), "session_reused");
        assertTrue(python.echoed());
    }

    @Test
    default void rule11_1_aClientTalksWithPythonsServer(@TempDir Path directory) throws Exception {
        for (TlsVersion version : fixture().versions()) {
            for (KeyKind kind : List.of(KeyKind.RSA, KeyKind.EC)) {
                String pem =
                        fixture().server(kind).write(directory, "server" + kind).toString();
                ClientContext client =
                        fixture().clientBuilder().alpnProtocols("a", "b").build();
                try (PythonPeer.Server server =
                                PythonPeer.server("--cert", pem, "--maximum-version", bound(version), "--alpn", "b,c");
                        TlsSocket socket = Loopback.connect(server.port(), client, options())) {
                    exchange(socket);
                    ConnectionInfo ours = socket.info();
                    assertEquals(version, ours.version());
                    assertEquals(Optional.of("b"), ours.applicationProtocol());
                    socket.unwrap();
                    PythonFacts python = server.peer().awaitFacts().get(0);
                    requireSame(ours, python);
                    assertTrue(python.sharedCiphers().contains(ours.cipher().name()));
                }
            }
        }
    }

    @Test
    default void rule11_2_pythonsClientTalksWithAServer(@TempDir Path directory) throws Exception {
        String authority = authorityFile(directory);
        for (TlsVersion version : fixture().versions()) {
            for (KeyKind kind : List.of(KeyKind.RSA, KeyKind.EC)) {
                ServerContext context = fixture()
                        .serverBuilder(fixture().server(kind))
                        .alpnProtocols("a", "b")
                        .build();
                List<ConnectionInfo> ours = Collections.synchronizedList(new ArrayList<>());
                List<CipherSuite> shared = Collections.synchronizedList(new ArrayList<>());
                try (Loopback server = new Loopback(context, socket -> {
                            echo(socket);
                            ours.add(socket.info());
                            shared.addAll(socket.sharedCiphers());
                            assertEquals(Optional.of(TestAuthority.SERVER_NAME), socket.serverName());
                        });
                        PythonPeer client = PythonPeer.client(
                                server.port(),
                                "--ca",
                                authority,
                                "--verify",
                                "required",
                                "--server-name",
                                TestAuthority.SERVER_NAME,
                                "--maximum-version",
                                bound(version),
                                "--alpn",
                                "b,c")) {
                    PythonFacts python = client.awaitFacts().get(0);
                    server.await();
                    requireSame(ours.get(0), python);
                    assertEquals(version, ours.get(0).version());
                    assertEquals(Optional.of("b"), python.applicationProtocol());
                    assertTrue(python.peerCertificate(), "Python has verified the server");
                    assertEquals(List.of("commonName=server"), python.peerSubject());
                    assertTrue(shared.contains(ours.get(0).cipher()));
                }
            }
        }
    }

    @Test
    default void rule11_3_bothEndsAgreeWhetherASessionWasResumed(@TempDir Path directory) throws Exception {
        String pem = fixture().server(KeyKind.EC).write(directory, "server").toString();
        for (TlsVersion version : fixture().versions()) {
            ClientContext client = fixture().clientBuilder().build();
            try (PythonPeer.Server server =
                    PythonPeer.server("--cert", pem, "--maximum-version", bound(version), "--connections", "2")) {
                List<ConnectionInfo> ours = twoConnections(client, server.port());
                List<PythonFacts> python = server.peer().awaitFacts();
                requireSame(ours.get(0), python.get(0));
                requireSame(ours.get(1), python.get(1));
                assertFalse(ours.get(0).sessionReused());
                assertEquals(resumes(version), ours.get(1).sessionReused(), version + ", the client is ours");
            }
            List<ConnectionInfo> served = Collections.synchronizedList(new ArrayList<>());
            try (Loopback server = new Loopback(fixture().serverBuilder().build(), 2, socket -> {
                        echo(socket);
                        served.add(socket.info());
                    });
                    PythonPeer resuming = PythonPeer.client(
                            server.port(), "--maximum-version", bound(version), "--connections", "2", "--resume")) {
                List<PythonFacts> python = resuming.awaitFacts();
                server.await();
                requireSame(served.get(0), python.get(0));
                requireSame(served.get(1), python.get(1));
                if (resumes(version)) { // what is declared is the client's part; a server may do more
                    assertTrue(served.get(1).sessionReused(), version + ", the server is ours");
                }
            }
        }
    }

    /** One connection, and another that resumes it if it can be resumed. */
    private List<ConnectionInfo> twoConnections(ClientContext client, int port) throws IOException {
        List<ConnectionInfo> infos = new ArrayList<>();
        Optional<TlsSession> session = Optional.empty();
        for (int i = 0; i < 2; i++) {
            ConnectionOptions options = session.map(options()::resuming).orElse(options());
            try (TlsSocket socket = Loopback.connect(port, client, options)) {
                exchange(socket);
                infos.add(socket.info());
                session = socket.session();
                socket.unwrap();
            }
        }
        return infos;
    }

    @Test
    default void rule11_4_tlsUniqueIsPythons(@TempDir Path directory) throws Exception {
        if (!fixture().expected().has(Feature.TLS_UNIQUE)) {
            return; // rule 10.2 has seen it refused
        }
        String pem = fixture().server(KeyKind.EC).write(directory, "server").toString();
        List<String> ours = Collections.synchronizedList(new ArrayList<>());
        try (PythonPeer.Server server =
                PythonPeer.server("--cert", pem, "--maximum-version", "1.2", "--connections", "2")) {
            ClientContext client = fixture().clientBuilder().exporters(true).build();
            Optional<TlsSession> session = Optional.empty();
            for (int i = 0; i < 2; i++) {
                ConnectionOptions options = session.map(options()::resuming).orElse(options());
                try (TlsSocket socket = Loopback.connect(server.port(), client, options)) {
                    exchange(socket);
                    ours.add(tlsUnique(socket));
                    session = socket.session();
                    socket.unwrap();
                }
            }
            requireUniques(ours, server.peer().awaitFacts());
        }
        ours.clear();
        try (Loopback server =
                        new Loopback(fixture().serverBuilder().exporters(true).build(), 2, socket -> {
                            socket.handshake();
                            ours.add(tlsUnique(socket));
                            echo(socket);
                        });
                PythonPeer client = PythonPeer.client(
                        server.port(), "--maximum-version", "1.2", "--connections", "2", "--resume")) {
            List<PythonFacts> python = client.awaitFacts();
            server.await();
            requireUniques(ours, python);
        }
    }

    private void requireUniques(List<String> ours, List<PythonFacts> python) {
        assertEquals(
                python.stream().map(facts -> facts.tlsUnique().orElseThrow()).toList(), ours);
        assertEquals(resumes(TlsVersion.TLS_1_2), python.get(1).sessionReused());
    }

    @Test
    default void rule11_5_pythonReportsTheRefusalOfTheServerNameCallback() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            assertEquals(
                    "TLSV1_UNRECOGNIZED_NAME",
                    refusal(version, new Decision.Refuse(AlertDescription.UNRECOGNIZED_NAME)));
            assertEquals(
                    "TLSV1_ALERT_ACCESS_DENIED", refusal(version, new Decision.Refuse(AlertDescription.ACCESS_DENIED)));
            assertEquals("SSLV3_ALERT_HANDSHAKE_FAILURE", refusal(version, null));
        }
    }

    /** What Python says when the callback decides so, or throws. */
    private String refusal(TlsVersion version, @Nullable Decision decision) throws Exception {
        ServerContext context = fixture()
                .serverBuilder()
                .serverNameCallback(hello -> {
                    if (decision == null) {
                        throw new IllegalStateException("on purpose");
                    }
                    return decision;
                })
                .build();
        try (Loopback server = new Loopback(context, socket -> assertThrows(TlsException.class, socket::handshake));
                PythonPeer client = PythonPeer.client(
                        server.port(), "--server-name", "nobody.example", "--maximum-version", bound(version))) {
            PythonFacts facts = client.awaitFacts().get(0);
            server.await();
            return facts.error().orElse("no error");
        }
    }

    @Test
    default void rule11_6_clientsProveWhoTheyAreToPythonAndPythonToServers(@TempDir Path directory) throws Exception {
        String authority = authorityFile(directory);
        TestIdentity identity = fixture().authority().client(KeyKind.EC);
        String clientPem = identity.write(directory, "client").toString();
        String serverPem =
                fixture().server(KeyKind.EC).write(directory, "server").toString();
        for (TlsVersion version : fixture().versions()) {
            for (VerifyMode mode : List.of(VerifyMode.OPTIONAL, VerifyMode.REQUIRED)) {
                ServerContext context = fixture()
                        .serverBuilder()
                        .maximumVersion(version)
                        .verifyLocations(fixture().authority().trust())
                        .verifyMode(mode)
                        .build();
                try (Loopback server = new Loopback(context, socket -> {
                            echo(socket);
                            assertEquals(
                                    identity.certificate(),
                                    socket.verifiedChain().get(0));
                        });
                        PythonPeer client = PythonPeer.client(server.port(), "--cert", clientPem)) {
                    assertTrue(client.awaitFacts().get(0).echoed(), mode.name());
                    server.await();
                }
                Optional<String> failure = withoutCertificate(context, mode);
                if (mode == VerifyMode.OPTIONAL) {
                    assertEquals(Optional.empty(), failure);
                } else {
                    assertTrue(CERTIFICATE_MISSING.contains(failure.orElse("")), failure::toString);
                }
            }
            ClientContext client = fixture()
                    .clientBuilder()
                    .certificateChain(identity.credentials())
                    .build();
            try (PythonPeer.Server server = PythonPeer.server(
                            "--cert",
                            serverPem,
                            "--ca",
                            authority,
                            "--verify",
                            "required",
                            "--maximum-version",
                            bound(version));
                    TlsSocket socket = Loopback.connect(server.port(), client, options())) {
                exchange(socket);
                socket.unwrap();
                PythonFacts python = server.peer().awaitFacts().get(0);
                assertTrue(python.peerCertificate(), "Python has verified the client");
                assertEquals(List.of("commonName=client"), python.peerSubject());
            }
        }
    }

    /** What Python says when it has no certificate. */
    private Optional<String> withoutCertificate(ServerContext context, VerifyMode mode) throws Exception {
        try (Loopback server = new Loopback(context, socket -> {
                    if (mode == VerifyMode.REQUIRED) {
                        assertThrows(TlsException.class, () -> echo(socket));
                    } else {
                        echo(socket);
                        assertEquals(List.of(), socket.verifiedChain());
                    }
                });
                PythonPeer client = PythonPeer.client(server.port())) {
            Optional<String> error = client.awaitFacts().get(0).error();
            server.await();
            return error;
        }
    }
}
