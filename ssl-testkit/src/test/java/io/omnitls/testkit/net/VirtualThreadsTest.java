package io.omnitls.testkit.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.omnitls.ClientContext;
import io.omnitls.ConnectionOptions;
import io.omnitls.ServerContext;
import io.omnitls.TlsSocket;
import io.omnitls.testkit.pki.KeyKind;
import io.omnitls.testkit.pki.TestAuthority;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A virtual thread that waits for a peer lets its carrier go: it has no monitor, and no native frame, of ours. */
class VirtualThreadsTest {
    private static final String PINNED = "jdk.VirtualThreadPinned";
    private static final int ROUNDS = 20;
    private static final byte[] MESSAGE = new byte[1 << 20]; // more than the system takes: writers wait too

    @Test
    void waitingPinsNoCarrier(@TempDir Path directory) throws Exception {
        assumeTrue(Runtime.version().feature() >= 21, "there are no virtual threads before JDK 21");
        ExecutorService threads = (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null); // not in JDK 17
        try {
            for (String provider : List.of("jsse", "conscrypt", "bcfips")) {
                List<RecordedEvent> pinned = pinnedIn(provider, threads, directory);
                assertEquals(
                        List.of(),
                        pinned.stream()
                                .filter(event -> passes(event, TlsSocket.class))
                                .toList());
            }
            List<RecordedEvent> pinned = recorded(
                    directory.resolve("pinning.jfr"),
                    () -> threads.submit(Pinning::begin).get(Loopback.TIMEOUT_MILLIS, TimeUnit.MILLISECONDS));
            assertTrue(pinned.stream().anyMatch(event -> passes(event, Pinning.class)), "nothing would have been seen");
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<RecordedEvent> pinnedIn(String provider, ExecutorService threads, Path directory)
            throws Exception {
        TestAuthority authority = TestAuthority.create("Virtual Root");
        ClientContext clients = ClientContext.builder()
                .provider(provider)
                .verifyLocations(authority.trust())
                .build();
        ServerContext servers = ServerContext.builder()
                .provider(provider)
                .certificateChain(authority.server(KeyKind.EC).credentials())
                .build();
        try (SocketPair sockets = SocketPair.open(8192);
                TlsSocket client =
                        clients.wrap(sockets.client(), ConnectionOptions.serverName(TestAuthority.SERVER_NAME));
                TlsSocket server = servers.wrap(sockets.server())) {
            client.setSoTimeout(Loopback.TIMEOUT_MILLIS);
            server.setSoTimeout(Loopback.TIMEOUT_MILLIS);
            inBoth(
                    threads,
                    () -> echo(server, 1),
                    () -> exchange(client, 1)); // classes are loaded under the JVM's locks
            return recorded(
                    directory.resolve(provider + ".jfr"),
                    () -> inBoth(threads, () -> echo(server, ROUNDS), () -> exchange(client, ROUNDS)));
        }
    }

    private static List<RecordedEvent> recorded(Path file, BackgroundTask.Beside work) throws Exception {
        try (Recording recording = new Recording()) {
            recording.enable(PINNED).withThreshold(Duration.ZERO).withStackTrace();
            recording.start();
            work.run();
            recording.stop();
            recording.dump(file);
        }
        return RecordingFile.readAllEvents(file);
    }

    private static Boolean echo(TlsSocket socket, int rounds) throws Exception {
        for (int i = 0; i < rounds; i++) {
            socket.getOutputStream().write(socket.getInputStream().readNBytes(MESSAGE.length));
        }
        return true;
    }

    private static Boolean exchange(TlsSocket socket, int rounds) throws Exception {
        for (int i = 0; i < rounds; i++) {
            socket.getOutputStream().write(MESSAGE);
            assertArrayEquals(MESSAGE, socket.getInputStream().readNBytes(MESSAGE.length));
        }
        return true;
    }

    private static void inBoth(ExecutorService threads, Callable<Boolean> server, Callable<Boolean> client)
            throws Exception {
        Future<Boolean> serving = threads.submit(server);
        Future<Boolean> asking = threads.submit(client);
        asking.get(6L * Loopback.TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        serving.get(Loopback.TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static boolean passes(RecordedEvent event, Class<?> through) {
        if (!event.getEventType().getName().equals(PINNED) || event.getStackTrace() == null) {
            return false;
        }
        for (RecordedFrame frame : event.getStackTrace().getFrames()) {
            if (frame.getMethod().getType().getName().equals(through.getName())) {
                return true;
            }
        }
        return false;
    }

    /** Waits where no JDK can let the carrier go: the JVM has a frame of its own below a class that is being initialized. */
    private static final class Pinning {
        static {
            LockSupport.parkNanos(1_000_000);
        }

        static void begin() {
            // The class is initialized by that.
        }
    }
}
