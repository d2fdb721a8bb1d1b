package io.omnitls.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.ClientContext;
import io.omnitls.ConnectionOptions;
import io.omnitls.ServerContext;
import io.omnitls.TlsServerSocket;
import io.omnitls.TlsSocket;
import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.protocol.VerifyMode;
import io.omnitls.testkit.net.BackgroundTask;
import io.omnitls.testkit.net.Loopback;
import io.omnitls.testkit.pki.KeyKind;
import io.omnitls.testkit.pki.TestAuthority;
import io.omnitls.testkit.pki.TestIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.ThrowingConsumer;

/** SPEC.md part 1, for settings as {@code javax.net.ssl} says them: in force, or refused. */
public interface ParametersContract extends Contract {

    /** Names that the server's certificate speaks for, beside {@link TestAuthority#SERVER_NAME}. */
    private TestIdentity twoNames() {
        return fixture().authority().server(KeyKind.EC, template -> template.dnsName("other.example"));
    }

    private static SSLParameters changed(SSLParameters parameters, Consumer<SSLParameters> change) {
        change.accept(parameters);
        return parameters;
    }

    private static void change(TlsSocket socket, Consumer<SSLParameters> change) {
        socket.setSSLParameters(changed(socket.getSSLParameters(), change));
    }

    /** What the two ends see of each other after {@code client} has changed its socket and {@code server} has its own. */
    private static void exchange(
            ClientContext clients,
            ServerContext servers,
            ThrowingConsumer<TlsSocket> client,
            ThrowingConsumer<TlsSocket> server)
            throws Exception {
        try (Loopback loopback = new Loopback(servers, socket -> accept(server, socket));
                TlsSocket socket = loopback.connect(clients, ConnectionOptions.serverName(TestAuthority.SERVER_NAME))) {
            accept(client, socket);
            loopback.await();
        }
    }

    private static void accept(ThrowingConsumer<TlsSocket> test, TlsSocket socket) throws Exception {
        try {
            test.accept(socket);
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    @Test
    default void rule1_26_aServerNameThatAClientSetsIsSentAndChecked() throws Exception {
        ServerContext server = fixture().serverBuilder(twoNames()).build();
        for (TlsVersion version : fixture().versions()) {
            ClientContext client =
                    fixture().clientBuilder().maximumVersion(version).build();
            exchange(
                    client,
                    server,
                    socket -> {
                        assertEquals(
                                names(TestAuthority.SERVER_NAME),
                                socket.getSSLParameters().getServerNames());
                        change(socket, parameters -> parameters.setServerNames(names("other.example")));
                        assertEquals(Optional.of("other.example"), socket.serverName());
                        socket.handshake();
                        assertEquals(
                                names("other.example"),
                                socket.getSSLParameters().getServerNames());
                        assertTooLate(socket, parameters -> parameters.setServerNames(names("third.example")));
                    },
                    socket -> {
                        socket.handshake();
                        assertEquals(Optional.of("other.example"), socket.serverName(), "what the server was told");
                        assertEquals(List.of(), socket.getSSLParameters().getServerNames());
                    });
            exchange(
                    client,
                    server,
                    socket -> {
                        change(socket, parameters -> parameters.setServerNames(List.of()));
                        assertEquals(List.of(), socket.getSSLParameters().getServerNames());
                        socket.handshake();
                    },
                    socket -> {
                        socket.handshake();
                        assertEquals(Optional.empty(), socket.serverName());
                    });
            exchange(
                    client,
                    server,
                    socket -> {
                        change(socket, parameters -> parameters.setServerNames(names("third.example")));
                        assertEquals(
                                ErrorReason.CERTIFICATE_VERIFY_FAILED,
                                assertThrows(TlsException.class, socket::handshake)
                                        .reason());
                    },
                    socket -> assertThrows(TlsException.class, () -> {
                        socket.handshake();
                        socket.getInputStream().read();
                    }));
        }
    }

    private static List<SNIServerName> names(String name) {
        return List.of(new SNIHostName(name));
    }

    private static void assertTooLate(TlsSocket socket, Consumer<SSLParameters> change) {
        SSLParameters inForce = socket.getSSLParameters();
        socket.setSSLParameters(inForce);
        assertThrows(IllegalStateException.class, () -> change(socket, change));
    }

    @Test
    default void rule1_27_applicationProtocolsThatAnEndSetsAreNegotiated() throws Exception {
        ServerContext server =
                fixture().serverBuilder().alpnProtocols("http/1.1").build();
        for (TlsVersion version : fixture().versions()) {
            ClientContext client = fixture()
                    .clientBuilder()
                    .alpnProtocols("http/1.1")
                    .maximumVersion(version)
                    .build();
            for (List<String> wanted : List.of(List.of("h2", "http/1.1"), List.of("http/1.1"), List.<String>of())) {
                Optional<String> expected = wanted.stream().findFirst();
                ThrowingConsumer<TlsSocket> end = socket -> {
                    assertArrayEquals(
                            new String[] {"http/1.1"}, socket.getSSLParameters().getApplicationProtocols());
                    String[] protocols = wanted.toArray(new String[0]);
                    change(socket, parameters -> parameters.setApplicationProtocols(protocols));
                    socket.handshake();
                    assertEquals(expected, socket.selectedAlpnProtocol(), wanted + " in " + version);
                    assertArrayEquals(protocols, socket.getSSLParameters().getApplicationProtocols());
                    assertTooLate(socket, parameters -> parameters.setApplicationProtocols(new String[] {"x"}));
                };
                exchange(client, server, end, end);
            }
        }
    }

    @Test
    default void rule1_28_endpointIdentificationCanBeAskedForAndNotBeTakenBack() throws Exception {
        ServerContext server =
                fixture().serverBuilder(fixture().server(KeyKind.EC)).build();
        for (TlsVersion version : fixture().versions()) {
            ClientContext lenient = fixture()
                    .clientBuilder()
                    .checkHostname(false)
                    .maximumVersion(version)
                    .build();
            try (Loopback loopback = new Loopback(
                            server,
                            socket -> assertThrows(TlsException.class, () -> {
                                socket.handshake();
                                socket.getInputStream().read();
                            }));
                    TlsSocket socket = loopback.connect(lenient, ConnectionOptions.serverName("third.example"))) {
                assertNull(socket.getSSLParameters().getEndpointIdentificationAlgorithm());
                change(socket, parameters -> parameters.setEndpointIdentificationAlgorithm("HTTPS"));
                assertEquals("HTTPS", socket.getSSLParameters().getEndpointIdentificationAlgorithm());
                assertEquals(
                        ErrorReason.CERTIFICATE_VERIFY_FAILED,
                        assertThrows(TlsException.class, socket::handshake).reason());
                loopback.await();
            }
        }
        try (Loopback loopback = new Loopback(server, socket -> {});
                TlsSocket socket = loopback.connect(
                        fixture().clientBuilder().build(), ConnectionOptions.serverName(TestAuthority.SERVER_NAME))) {
            assertEquals("HTTPS", socket.getSSLParameters().getEndpointIdentificationAlgorithm());
            assertThrows(
                    UnsupportedOperationException.class,
                    () -> change(socket, parameters -> parameters.setEndpointIdentificationAlgorithm("")));
            loopback.await();
        }
        TlsException refusal = assertThrows(TlsException.class, () -> handshakeWithoutName(server));
        assertEquals(ErrorReason.CERTIFICATE_VERIFY_FAILED, refusal.reason());
    }

    /** A name may come later, with the address that a socket is connected to; if none does, the check fails. */
    private void handshakeWithoutName(ServerContext server) throws Exception {
        try (Loopback loopback = new Loopback(
                        server, socket -> assertThrows(TlsException.class, socket::handshake, "nothing came"));
                TlsSocket nameless = loopback.connect(
                        fixture().clientBuilder().checkHostname(false).build(), ConnectionOptions.none())) {
            change(nameless, parameters -> parameters.setEndpointIdentificationAlgorithm("HTTPS"));
            nameless.handshake();
        }
    }

    @Test
    default void rule1_29_aServerAnswersToTheNamesThatItsMatchersMatch() throws Exception {
        ServerContext context = fixture().serverBuilder(twoNames()).build();
        for (TlsVersion version : fixture().versions()) {
            ClientContext client =
                    fixture().clientBuilder().maximumVersion(version).build();
            try (TlsServerSocket listener =
                    context.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
                listener.setSoTimeout(Loopback.TIMEOUT_MILLIS);
                SSLParameters parameters = listener.getSSLParameters();
                parameters.setSNIMatchers(List.of(SNIHostName.createSNIMatcher("other\\.example")));
                listener.setSSLParameters(parameters);
                assertEquals(1, listener.getSSLParameters().getSNIMatchers().size());
                for (String name : List.of("other.example", TestAuthority.SERVER_NAME)) {
                    try (TlsSocket socket = Loopback.connect(
                                    listener.getLocalPort(), client, ConnectionOptions.serverName(name));
                            TlsSocket accepted = listener.accept()) {
                        accepted.setSoTimeout(Loopback.TIMEOUT_MILLIS);
                        BackgroundTask<Boolean> handshake = BackgroundTask.of(() -> {
                            try {
                                socket.handshake();
                            } catch (IOException expected) {
                                // The server's end tells.
                            }
                            return true;
                        });
                        if (name.equals("other.example")) {
                            accepted.handshake();
                        } else {
                            TlsException refusal = assertThrows(TlsException.class, accepted::handshake);
                            assertEquals(ErrorReason.CLIENTHELLO_TLSEXT, refusal.reason());
                        }
                        handshake.get();
                    }
                }
            }
        }
    }

    /** What is the context's alone, each as a change of what is in force. */
    private static Map<String, Consumer<SSLParameters>> refused() {
        Map<String, Consumer<SSLParameters>> changes = new LinkedHashMap<>();
        changes.put("another packet size", p -> p.setMaximumPacketSize(4_096));
        changes.put("constraints", p -> p.setAlgorithmConstraints(new AnyAlgorithm()));
        changes.put("a client that has to show a certificate", p -> p.setNeedClientAuth(true));
        changes.put("a client that may show one", p -> p.setWantClientAuth(true));
        changes.put("an unknown identification", p -> p.setEndpointIdentificationAlgorithm("NOBODY'S"));
        changes.put("a name of another type", p -> p.setServerNames(List.of(new SNIServerName(7, new byte[] {1}) {})));
        return changes;
    }

    private static void assertRefusals(TlsSocket socket) {
        refused()
                .forEach((what, change) ->
                        assertThrows(UnsupportedOperationException.class, () -> change(socket, change), what));
        socket.setSSLParameters(socket.getSSLParameters()); // what is in force may be said
        assertThrows(UnsupportedOperationException.class, () -> socket.setUseClientMode(!socket.getUseClientMode()));
        assertThrows(UnsupportedOperationException.class, () -> socket.setNeedClientAuth(true));
        assertThrows(UnsupportedOperationException.class, () -> socket.setWantClientAuth(true));
        assertThrows(UnsupportedOperationException.class, () -> socket.setEnableSessionCreation(false));
    }

    @Test
    default void rule1_30_whatIsTheContextsCanBeRepeatedAndNotChanged() throws Exception {
        ServerContext server = fixture().serverBuilder().build();
        exchange(
                fixture().clientBuilder().build(),
                server,
                socket -> {
                    assertRefusals(socket);
                    assertThrows(
                            UnsupportedOperationException.class,
                            () -> change(
                                    socket,
                                    parameters ->
                                            parameters.setSNIMatchers(List.of(SNIHostName.createSNIMatcher("x")))));
                    socket.handshake();
                    assertRefusals(socket);
                },
                socket -> {
                    assertRefusals(socket);
                    for (Consumer<SSLParameters> change : List.<Consumer<SSLParameters>>of(
                            parameters -> parameters.setServerNames(names("other.example")),
                            parameters -> parameters.setEndpointIdentificationAlgorithm("HTTPS"))) {
                        assertThrows(UnsupportedOperationException.class, () -> change(socket, change));
                    }
                    socket.handshake();
                    assertRefusals(socket);
                });
        for (VerifyMode mode : List.of(VerifyMode.OPTIONAL, VerifyMode.REQUIRED)) {
            try (TlsServerSocket asking = server.toBuilder()
                    .verifyLocations(fixture().authority().trust())
                    .verifyMode(mode)
                    .build()
                    .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
                assertTrue(mode == VerifyMode.REQUIRED ? asking.getNeedClientAuth() : asking.getWantClientAuth());
                SSLParameters inForce = asking.getSSLParameters();
                assertEquals(mode == VerifyMode.REQUIRED, inForce.getNeedClientAuth());
                asking.setSSLParameters(inForce);
                // Each of these two overrides the other, and so does a setting of neither.
                assertThrows(UnsupportedOperationException.class, () -> asking.setNeedClientAuth(false));
                assertThrows(UnsupportedOperationException.class, () -> asking.setWantClientAuth(false));
                assertThrows(UnsupportedOperationException.class, () -> asking.setSSLParameters(new SSLParameters()));
            }
        }
    }
}
