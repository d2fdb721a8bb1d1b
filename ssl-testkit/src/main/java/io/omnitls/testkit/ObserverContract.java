package io.omnitls.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.ClientContext;
import io.omnitls.ConnectionOptions;
import io.omnitls.HandshakeObserver;
import io.omnitls.ServerContext;
import io.omnitls.TlsSocket;
import io.omnitls.protocol.ObservedMessage;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.testkit.net.BioPair;
import io.omnitls.testkit.net.BioPair.Segmentation;
import io.omnitls.testkit.net.ChannelPair;
import io.omnitls.testkit.net.Loopback;
import io.omnitls.testkit.net.PythonPeer;
import io.omnitls.testkit.pki.KeyKind;
import io.omnitls.testkit.pki.TestAuthority;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SPEC.md part 11: what crosses in the clear, as Python shows it and as we do. */
public interface ObserverContract extends Contract {
    private static ConnectionOptions options() {
        return ConnectionOptions.serverName(TestAuthority.SERVER_NAME);
    }

    @Test
    default void rule11_20_theObserverSeesWhatPythonsCallbackSees(@TempDir Path directory) throws Exception {
        String pem = fixture().server(KeyKind.EC).write(directory, "server").toString();
        for (TlsVersion version : fixture().versions()) {
            String bound = version == TlsVersion.TLS_1_2 ? "1.2" : "1.3";
            Queue<ObservedMessage> seen = new ConcurrentLinkedQueue<>();
            Path atServer = directory.resolve("server-" + bound);
            ClientContext client =
                    fixture().clientBuilder().handshakeObserver(seen::add).build();
            try (PythonPeer.Server server = PythonPeer.server(
                            "--cert", pem, "--maximum-version", bound, "--messages", atServer.toString());
                    TlsSocket socket = Loopback.connect(server.port(), client, options())) {
                socket.getOutputStream().write(new byte[] {1, 2, 3});
                assertEquals(3, socket.getInputStream().readNBytes(3).length);
                socket.unwrap();
                server.peer().awaitFacts();
            }
            PythonTrace.requireSame(seen, atServer, version);
            seen.clear();
            Path atClient = directory.resolve("client-" + bound);
            ServerContext context = fixture()
                    .serverBuilder()
                    .maximumVersion(version)
                    .handshakeObserver(seen::add)
                    .build();
            try (Loopback server = new Loopback(context, socket -> {
                        byte[] line = socket.getInputStream().readNBytes(18);
                        socket.getOutputStream().write(line);
                        socket.unwrap();
                    });
                    PythonPeer peer = PythonPeer.client(server.port(), "--messages", atClient.toString())) {
                peer.awaitFacts();
                server.await();
            }
            PythonTrace.requireSame(seen, atClient, version);
        }
    }

    private ClientContext client(TlsVersion version, HandshakeObserver observer) throws Exception {
        return fixture()
                .clientBuilder()
                .maximumVersion(version)
                .handshakeObserver(observer)
                .build();
    }

    private ServerContext server(HandshakeObserver observer) throws Exception {
        return fixture().serverBuilder().handshakeObserver(observer).build();
    }

    @Test
    default void rule11_21_itIsTheSameForEveryKindOfConnectionAndDoesNoHarm() throws Exception {
        for (TlsVersion version : fixture().versions()) {
            Traces whole = bios(version, Segmentation.none());
            assertEquals(whole.kinds(), bios(version, Segmentation.of(1)).kinds(), "single bytes");
            Traces channels = new Traces();
            try (ChannelPair pair = new ChannelPair(
                    client(version, channels.client::add),
                    server(channels.server::add),
                    TestAuthority.SERVER_NAME,
                    Segmentation.of(7, 100),
                    1 << 20)) {
                pair.handshake();
                assertEquals(version, pair.client().info().version());
                assertArrayEquals(new byte[100], pair.send(pair.client(), pair.server(), new byte[100]));
                assertArrayEquals(new byte[100], pair.send(pair.server(), pair.client(), new byte[100]));
            }
            assertEquals(whole.kinds(), channels.kinds(), "channels");
            Traces sockets = new Traces();
            try (Loopback loopback = new Loopback(server(sockets.server::add), socket -> {
                        socket.getOutputStream().write(socket.getInputStream().read());
                        socket.unwrap();
                    });
                    TlsSocket socket = loopback.connect(client(version, sockets.client::add), options())) {
                socket.getOutputStream().write(1);
                assertEquals(1, socket.getInputStream().read());
                socket.unwrap();
                loopback.await();
            }
            sockets.requireMirrored("sockets");
            assertEquals(whole.kinds(), sockets.kinds(), "sockets");
            harmless(version);
        }
    }

    private Traces bios(TlsVersion version, Segmentation segmentation) throws Exception {
        Traces traces = new Traces();
        try (BioPair pair =
                new BioPair(client(version, traces.client::add), server(traces.server::add), options(), segmentation)) {
            BioPair.Outcome outcome = pair.handshake();
            assertTrue(outcome.completed(), outcome::toString);
            assertEquals(version, pair.client().info().version());
            assertArrayEquals(new byte[40_000], pair.send(pair.client(), pair.server(), new byte[40_000]));
            assertArrayEquals(new byte[100], pair.send(pair.server(), pair.client(), new byte[100]));
            traces.requireMirrored("memory BIOs");
        }
        return traces;
    }

    private void harmless(TlsVersion version) throws Exception {
        Thread thread = Thread.currentThread();
        Thread.UncaughtExceptionHandler before = thread.getUncaughtExceptionHandler();
        Queue<Throwable> handed = new ConcurrentLinkedQueue<>();
        thread.setUncaughtExceptionHandler((where, fault) -> handed.add(fault));
        try (BioPair pair = new BioPair(
                client(version, message -> {
                    throw new IllegalStateException("an observer's fault");
                }),
                server(message -> {
                    throw new StackOverflowError("an observer's error");
                }),
                options(),
                Segmentation.none())) {
            BioPair.Outcome outcome = pair.handshake();
            assertTrue(outcome.completed(), outcome::toString);
            assertArrayEquals(new byte[10], pair.send(pair.client(), pair.server(), new byte[10]));
            assertTrue(handed.stream().anyMatch(IllegalStateException.class::isInstance));
            assertTrue(handed.stream().anyMatch(StackOverflowError.class::isInstance));
        } finally {
            thread.setUncaughtExceptionHandler(before);
        }
    }
}
