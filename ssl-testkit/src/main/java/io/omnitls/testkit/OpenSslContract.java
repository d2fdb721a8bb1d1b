package io.omnitls.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.ClientContext;
import io.omnitls.ConnectionOptions;
import io.omnitls.ServerContext;
import io.omnitls.TlsSession;
import io.omnitls.TlsSocket;
import io.omnitls.cert.OcspStapling;
import io.omnitls.error.TlsCertificateVerificationException;
import io.omnitls.error.TlsException;
import io.omnitls.error.UnsupportedFeatureException;
import io.omnitls.error.VerifyCode;
import io.omnitls.protocol.Bytes;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.protocol.VerifyMode;
import io.omnitls.spi.Feature;
import io.omnitls.testkit.net.Loopback;
import io.omnitls.testkit.net.OpenSslPeer;
import io.omnitls.testkit.pki.KeyKind;
import io.omnitls.testkit.pki.TestAuthority;
import io.omnitls.testkit.pki.TestIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SPEC.md part 7: the other end is the {@code openssl} command. Skipped, and said so, where it is missing. */
public interface OpenSslContract extends Contract {
    /** RSA and EC: what every provider verifies. */
    List<KeyKind> KINDS = List.of(KeyKind.RSA, KeyKind.EC);

    private static String flag(TlsVersion version) {
        return version == TlsVersion.TLS_1_2 ? "-tls1_2" : "-tls1_3";
    }

    private TlsSocket connect(ClientContext context, int port) throws IOException {
        return Loopback.connect(port, context, ConnectionOptions.serverName(TestAuthority.SERVER_NAME));
    }

    @Test
    default void rule7_1_aClientTalksWithOpenSslsServer(@TempDir Path directory) throws Exception {
        byte[] line = "hello, server\n".getBytes(StandardCharsets.US_ASCII);
        for (TlsVersion version : fixture().versions()) {
            for (KeyKind kind : KINDS) {
                String pem = fixture()
                        .server(kind)
                        .write(directory, "s" + kind + version)
                        .toString();
                // -rev sends each line back in reverse.
                try (OpenSslPeer.Server server = OpenSslPeer.server("-cert", pem, flag(version), "-rev", "-alpn", "x");
                        TlsSocket socket = connect(
                                fixture().clientBuilder().alpnProtocols("x").build(), server.port())) {
                    socket.getOutputStream().write(line);
                    assertArrayEquals(
                            "revres ,olleh\n".getBytes(StandardCharsets.US_ASCII),
                            socket.getInputStream().readNBytes(line.length));
                    assertEquals(version, socket.info().version());
                    assertEquals("x", socket.info().applicationProtocol().orElse(""));
                }
            }
        }
    }

    @Test
    default void rule7_2_openSslsClientTalksWithAServer(@TempDir Path directory) throws Exception {
        Path authority = Files.write(
                directory.resolve("ca.pem"),
                fixture().authority().certificatePem().getBytes(StandardCharsets.US_ASCII));
        for (TlsVersion version : fixture().versions()) {
            for (KeyKind kind : KINDS) {
                ServerContext context = fixture()
                        .serverBuilder(fixture().server(kind))
                        .alpnProtocols("x")
                        .build();
                try (Loopback server = new Loopback(context, socket -> {
                            byte[] request = socket.getInputStream().readNBytes(3);
                            assertEquals("hi\n", new String(request, StandardCharsets.US_ASCII));
                            assertEquals(version, socket.info().version());
                            assertEquals(
                                    TestAuthority.SERVER_NAME,
                                    socket.serverName().orElse(""));
                            socket.getOutputStream().write("welcome\n".getBytes(StandardCharsets.US_ASCII));
                        });
                        OpenSslPeer client = OpenSslPeer.client(
                                server.port(),
                                flag(version),
                                "-CAfile",
                                authority.toString(),
                                "-verify_return_error",
                                "-verify_hostname",
                                TestAuthority.SERVER_NAME,
                                "-servername",
                                TestAuthority.SERVER_NAME,
                                "-alpn",
                                "x")) {
                    client.type("hi\n");
                    server.await();
                    String output = client.awaitOutput();
                    assertTrue(output.contains("welcome"), output);
                    assertTrue(output.contains("ALPN protocol: x"), output);
                    assertTrue(output.contains("Verify return code: 0 (ok)"), output);
                }
            }
        }
    }

    @Test
    default void rule7_3_openSslsServerReportsTheAlertOfTheVerifyCode(@TempDir Path directory) throws Exception {
        String pem = TestAuthority.create("Stranger")
                .server(KeyKind.EC)
                .write(directory, "stranger")
                .toString();
        for (TlsVersion version : fixture().versions()) {
            try (OpenSslPeer.Server server = OpenSslPeer.server("-cert", pem, flag(version), "-naccept", "1")) {
                try (TlsSocket socket = connect(fixture().clientBuilder().build(), server.port())) {
                    TlsCertificateVerificationException refusal =
                            assertThrows(TlsCertificateVerificationException.class, socket::handshake);
                    assertEquals(VerifyCode.UNABLE_TO_GET_ISSUER_CERT_LOCALLY, refusal.verifyCode());
                }
                String output = server.peer().awaitOutput();
                assertTrue(output.contains("alert unknown ca"), output);
            }
        }
    }

    @Test
    default void rule7_11_openSslsClientMeetsTheDiffieHellmanParametersOfAFile(@TempDir Path directory)
            throws Exception {
        if (!fixture().expected().has(Feature.DH_PARAMETERS)) {
            return; // rule 1.4 speaks of these
        }
        Path file = directory.resolve("dh.pem");
        OpenSslPeer.run("dhparam", "-dsaparam", "-out", file.toString(), "2112");
        ServerContext context = fixture()
                .serverBuilder(fixture().server(KeyKind.RSA))
                .dhParameters(file)
                .build();
        try (Loopback server = new Loopback(context, TlsSocket::handshake);
                OpenSslPeer client = OpenSslPeer.client(server.port(), "-tls1_2", "-cipher", SettingsContract.DHE)) {
            client.endInput();
            server.await();
            String output = client.awaitOutput();
            assertTrue(output.contains("Temp Key: DH, 2112 bits"), output);
        }
    }

    @Test
    default void rule7_4_openSslsClientShowsItsCertificate(@TempDir Path directory) throws Exception {
        TestIdentity identity = fixture().authority().client(KeyKind.EC);
        String pem = identity.write(directory, "client").toString();
        for (TlsVersion version : fixture().versions()) {
            ServerContext context = fixture()
                    .serverBuilder()
                    .verifyLocations(fixture().authority().trust())
                    .verifyMode(VerifyMode.REQUIRED)
                    .build();
            try (Loopback server = new Loopback(context, socket -> {
                        socket.handshake();
                        assertEquals(
                                List.of(identity.certificate()),
                                socket.verifiedChain().subList(0, 1));
                    });
                    OpenSslPeer client = OpenSslPeer.client(server.port(), flag(version), "-cert", pem)) {
                server.await();
                client.awaitOutput();
            }
        }
    }

    @Test
    default void rule7_5_openSslsServerAsksForACertificate(@TempDir Path directory) throws Exception {
        String pem = fixture().server(KeyKind.RSA).write(directory, "server").toString();
        Path authority = Files.write(
                directory.resolve("ca.pem"),
                fixture().authority().certificatePem().getBytes(StandardCharsets.US_ASCII));
        for (TlsVersion version : fixture().versions()) {
            for (boolean withCertificate : new boolean[] {true, false}) {
                ClientContext.Builder builder = fixture().clientBuilder();
                if (withCertificate) {
                    builder.certificateChain(
                            fixture().authority().client(KeyKind.EC).credentials());
                }
                try (OpenSslPeer.Server server = OpenSslPeer.server(
                                "-cert", pem, flag(version), "-Verify", "2", "-CAfile", authority.toString(), "-rev");
                        TlsSocket socket = connect(builder.build(), server.port())) {
                    byte[] line = "ab\n".getBytes(StandardCharsets.US_ASCII);
                    if (withCertificate) {
                        socket.getOutputStream().write(line);
                        assertTrue(Arrays.equals(
                                "ba\n".getBytes(StandardCharsets.US_ASCII),
                                socket.getInputStream().readNBytes(3)));
                    } else {
                        TlsException refused = assertThrows(
                                TlsException.class,
                                () -> socket.getInputStream().read());
                        assertTrue(refused.alert().isPresent(), refused.getMessage());
                    }
                }
            }
        }
    }

    @Test
    default void rule7_6_aStapledOcspResponseIsGoneByWhenAskedFor(@TempDir Path directory) throws Exception {
        TestIdentity identity = fixture().server(KeyKind.EC);
        TestIdentity other = fixture().server(KeyKind.RSA);
        String pem = identity.write(directory, "server").toString();
        Path good = ocspResponse(directory, identity, "good", "V\t491231235959Z\t");
        Path revoked = ocspResponse(directory, identity, "revoked", "R\t491231235959Z\t200101000000Z");
        Path anothers = ocspResponse(directory, other, "another", "V\t491231235959Z\t");
        for (TlsVersion version : fixture().versions()) {
            ClientContext.Builder builder =
                    fixture().clientBuilder().minimumVersion(version).maximumVersion(version);
            Feature needed = version == TlsVersion.TLS_1_3 ? Feature.OCSP_STAPLING_TLS13 : Feature.OCSP_STAPLING_TLS12;
            if (!fixture().expected().has(needed)) {
                assertThrows(
                        UnsupportedFeatureException.class,
                        () -> builder.ocspStapling(OcspStapling.CHECK).build());
                continue;
            }
            ClientContext ignoring = builder.build();
            ClientContext checking = builder.ocspStapling(OcspStapling.CHECK).build();
            ClientContext requiring = builder.ocspStapling(OcspStapling.REQUIRE).build();
            try (OpenSslPeer.Server server =
                    OpenSslPeer.server("-cert", pem, "-status_file", good.toString(), "-rev")) {
                for (ClientContext client : List.of(ignoring, checking, requiring)) {
                    try (TlsSocket socket = connect(client, server.port())) {
                        socket.handshake();
                        assertEquals(Optional.of(Bytes.copyOf(Files.readAllBytes(good))), socket.stapledOcspResponse());
                    }
                }
            }
            requireVerdicts(pem, Optional.of(revoked), checking, VerifyCode.CERT_REVOKED);
            requireVerdicts(pem, Optional.of(revoked), requiring, VerifyCode.CERT_REVOKED);
            requireVerdicts(pem, Optional.of(revoked), ignoring, VerifyCode.OK);
            requireVerdicts(pem, Optional.of(anothers), requiring, VerifyCode.OCSP_VERIFY_FAILED);
            requireVerdicts(pem, Optional.of(anothers), checking, VerifyCode.OK);
            requireVerdicts(pem, Optional.empty(), requiring, VerifyCode.OCSP_VERIFY_NEEDED);
            requireVerdicts(pem, Optional.empty(), checking, VerifyCode.OK);
            // The javax view without engine or socket sees no staple: it must not pass what the context would refuse.
            X509Certificate[] chain = {identity.certificate()};
            ignoring.trustManager(TestAuthority.SERVER_NAME).checkServerTrusted(chain, "UNKNOWN");
            assertThrows(
                    CertificateException.class,
                    () -> requiring.trustManager(TestAuthority.SERVER_NAME).checkServerTrusted(chain, "UNKNOWN"));
        }
    }

    @Test
    default void rule7_12_aStapledOcspResponseHasToBeCurrent(@TempDir Path directory) throws Exception {
        TestIdentity identity = fixture().server(KeyKind.EC);
        String pem = identity.write(directory, "server").toString();
        Optional<Path> response = Optional.of(ocspResponse(directory, identity, "good", "V\t491231235959Z\t"));
        Clock later = Clock.offset(Clock.systemUTC(), Duration.ofHours(1));
        for (ClientContext.Builder builder : staplingClients()) {
            builder.clock(later).ocspMaxAge(Duration.ofHours(2));
            requireVerdicts(pem, response, builder.build(), VerifyCode.OK);
            ClientContext strict = builder.ocspMaxAge(Duration.ofMinutes(30)).build();
            assertEquals(Duration.ofMinutes(30), strict.ocspMaxAge());
            requireVerdicts(pem, response, strict, VerifyCode.OCSP_VERIFY_FAILED);
            requireVerdicts(pem, response, strict.toBuilder().build(), VerifyCode.OCSP_VERIFY_FAILED);
            requireVerdicts(
                    pem, response, builder.ocspStapling(OcspStapling.CHECK).build(), VerifyCode.OK);
            builder.ocspStapling(OcspStapling.IGNORE);
            assertThrows(IllegalArgumentException.class, builder::build);
            assertThrows(IllegalArgumentException.class, () -> builder.ocspMaxAge(Duration.ZERO));
        }
    }

    @Test
    default void rule7_13_aStapledOcspResponseIsAsStrongAsAChain(@TempDir Path directory) throws Exception {
        TestIdentity identity = fixture().server(KeyKind.EC);
        String pem = identity.write(directory, "server").toString();
        String status = "V\t491231235959Z\t";
        Path strong = ocspResponse(directory, identity, "strong", status, "-rmd", "sha256");
        Path weak = ocspResponse(directory, identity, "weak", status, "-rmd", "sha1");
        for (ClientContext.Builder builder : staplingClients()) {
            requireVerdicts(pem, Optional.of(strong), builder.build(), VerifyCode.OK);
            requireVerdicts(pem, Optional.of(weak), builder.build(), VerifyCode.OCSP_VERIFY_FAILED);
        }
    }

    /** Of each version in which the backend shows what is stapled: clients that require it. */
    private List<ClientContext.Builder> staplingClients() {
        List<ClientContext.Builder> clients = new ArrayList<>();
        for (TlsVersion version : fixture().versions()) {
            Feature needed = version == TlsVersion.TLS_1_3 ? Feature.OCSP_STAPLING_TLS13 : Feature.OCSP_STAPLING_TLS12;
            if (fixture().expected().has(needed)) {
                clients.add(fixture()
                        .clientBuilder()
                        .minimumVersion(version)
                        .maximumVersion(version)
                        .ocspStapling(OcspStapling.REQUIRE));
            }
        }
        return clients;
    }

    @Test
    default void rule7_7_aSessionWithOpenSslsServerIsResumed(@TempDir Path directory) throws Exception {
        String pem = fixture().server(KeyKind.EC).write(directory, "server").toString();
        byte[] line = "ab\n".getBytes(StandardCharsets.US_ASCII);
        for (TlsVersion version : fixture().versions()) {
            ClientContext client = fixture().clientBuilder().build();
            try (OpenSslPeer.Server server = OpenSslPeer.server("-cert", pem, flag(version), "-rev")) {
                Optional<TlsSession> session;
                try (TlsSocket first = connect(client, server.port())) {
                    first.getOutputStream().write(line);
                    assertEquals('b', first.getInputStream().read());
                    session = first.session();
                }
                if (session.isEmpty()) {
                    continue; // rule 9.1 knows whether it has to be there
                }
                // Without tickets TLS 1.2 resumes by the session id.
                assertTrue(session.get().hasTicket() || version == TlsVersion.TLS_1_2);
                ConnectionOptions resuming =
                        ConnectionOptions.serverName(TestAuthority.SERVER_NAME).resuming(session.get());
                try (TlsSocket second = Loopback.connect(server.port(), client, resuming)) {
                    second.getOutputStream().write(line);
                    assertEquals('b', second.getInputStream().read());
                    assertTrue(second.info().sessionReused(), version.toString());
                }
            }
        }
    }

    private void requireVerdicts(String pem, Optional<Path> staple, ClientContext client, VerifyCode expected)
            throws Exception {
        List<String> arguments = new ArrayList<>(List.of("-cert", pem, "-rev"));
        staple.ifPresent(file -> arguments.addAll(List.of("-status_file", file.toString())));
        try (OpenSslPeer.Server server = OpenSslPeer.server(arguments.toArray(new String[0]));
                TlsSocket socket = connect(client, server.port())) {
            try {
                socket.handshake();
                assertEquals(expected, VerifyCode.OK);
            } catch (TlsCertificateVerificationException refusal) {
                assertEquals(expected, refusal.verifyCode());
            }
        }
    }

    /** The authority's answer about {@code identity}, made by {@code openssl ocsp} from a line of its index. */
    private Path ocspResponse(Path directory, TestIdentity identity, String name, String status, String... options)
            throws Exception {
        String serial = identity.certificate().getSerialNumber().toString(16).toUpperCase(Locale.ROOT);
        Path index = Files.writeString(
                directory.resolve(name + ".index"),
                status + "\t" + (serial.length() % 2 == 0 ? serial : "0" + serial) + "\tunknown\t/CN=server\n");
        String authority = fixture().authority().write(directory, "authority").toString();
        Path certificate = identity.write(directory, name);
        Path request = directory.resolve(name + ".request");
        Path response = directory.resolve(name + ".response");
        OpenSslPeer.run(
                "ocsp",
                "-issuer",
                authority,
                "-cert",
                certificate.toString(),
                "-no_nonce",
                "-reqout",
                request.toString());
        List<String> command = new ArrayList<>(List.of("-index", index.toString(), "-CA", authority));
        command.addAll(List.of("-rsigner", authority, "-ndays", "1", "-reqin", request.toString()));
        command.addAll(List.of("-respout", response.toString()));
        command.addAll(List.of(options));
        OpenSslPeer.run("ocsp", command.toArray(new String[0]));
        return response;
    }
}
