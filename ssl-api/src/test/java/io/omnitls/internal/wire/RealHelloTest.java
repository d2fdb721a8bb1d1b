package io.omnitls.internal.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.forge.oracle.MissingJudge;
import io.omnitls.protocol.ClientHello;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.SignatureScheme;
import io.omnitls.protocol.TlsVersion;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The first flights of real peers, which nobody here wrote. */
@Timeout(60)
class RealHelloTest {
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void a_hello_of_the_jdk_is_parsed(String version) throws Exception {
        SSLEngine engine = SSLContext.getDefault().createSSLEngine("example.org", 443);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(new String[] {version});
        parameters.setServerNames(List.of(new SNIHostName("example.org")));
        parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
        engine.setSSLParameters(parameters);
        ByteBuffer flight = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), flight);

        ClientHello hello = new ClientHelloCollector()
                .add(flight.array(), 0, flight.position())
                .orElseThrow();

        assertEquals(Optional.of("example.org"), hello.serverName());
        assertEquals(List.of("h2", "http/1.1"), hello.applicationProtocols());
        assertEquals(List.of(TlsVersion.of(version).wireVersion()), hello.supportedVersions());
        assertTrue(hello.namedGroups().contains(NamedGroup.X25519));
        assertEquals(version.equals("TLSv1.3"), !hello.keyShares().isEmpty());
    }

    @Test
    void a_hello_of_openssl_is_parsed() throws Exception {
        ClientHello hello = helloOf(
                "-servername", "www.example.net",
                "-alpn", "postgresql,h2",
                "-groups", "X448:P-384",
                "-sigalgs", "ed25519:RSA-PSS+SHA384",
                "-ciphersuites", "TLS_CHACHA20_POLY1305_SHA256",
                "-cipher", "ECDHE-RSA-AES128-GCM-SHA256");

        assertEquals(Optional.of("www.example.net"), hello.serverName());
        assertEquals(List.of("postgresql", "h2"), hello.applicationProtocols());
        assertEquals(List.of(NamedGroup.X448, NamedGroup.SECP384R1), hello.namedGroups());
        assertEquals(List.of(NamedGroup.X448), hello.keyShares());
        assertEquals(
                List.of("ed25519", "rsa_pss_rsae_sha384"),
                hello.signatureSchemes().stream().map(SignatureScheme::name).collect(Collectors.toList()));
        assertEquals(List.of(0x1303, 0xc02f, 0x00ff), hello.cipherSuites());
        assertTrue(hello.offers(TlsVersion.TLS_1_3) && hello.offers(TlsVersion.TLS_1_2));
        assertEquals(32, hello.sessionId().size());
    }

    private static ClientHello helloOf(String... options) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout(30_000);
            List<String> command = new java.util.ArrayList<>(
                    List.of("openssl", "s_client", "-connect", "127.0.0.1:" + server.getLocalPort()));
            command.addAll(List.of(options));
            Process client = start(command);
            try (Socket socket = server.accept()) {
                socket.setSoTimeout(30_000);
                return collect(socket.getInputStream());
            } finally {
                client.destroy();
                assertTrue(client.waitFor(30, TimeUnit.SECONDS), "openssl s_client ended");
            }
        }
    }

    private static Process start(List<String> command) {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException missing) {
            throw MissingJudge.of(command.get(0), missing);
        }
    }

    private static ClientHello collect(InputStream in) throws Exception {
        ClientHelloCollector collector = new ClientHelloCollector();
        byte[] buffer = new byte[1000];
        while (true) {
            int size = in.read(buffer);
            assertTrue(size >= 0, "the client hung up before its hello was complete");
            Optional<ClientHello> hello = collector.add(buffer, 0, size);
            if (hello.isPresent()) {
                return hello.get();
            }
        }
    }
}
