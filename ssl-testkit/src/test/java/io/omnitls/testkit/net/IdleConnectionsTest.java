package io.omnitls.testkit.net;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.ClientContext;
import io.omnitls.ServerContext;
import io.omnitls.forge.oracle.RunningCommand;
import io.omnitls.testkit.net.BioPair.Segmentation;
import io.omnitls.testkit.pki.KeyKind;
import io.omnitls.testkit.pki.TestAuthority;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Connections in which nothing happens are many: what each of them holds is counted in a process that has room for no more. */
class IdleConnectionsTest {
    private static final int PAIRS = 1_000;
    private static final int TIMEOUT_SECONDS = 120;

    /** SunJSSE's bare engine holds 7 to 10 kB, and one buffer for a record would be 18 more. */
    private static final int MAX_BYTES = 14_000;

    @Test
    void anIdleEndHoldsNoBuffers() throws Exception {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Idle.class.getName());
        try (RunningCommand process = new RunningCommand(command, TIMEOUT_SECONDS)) {
            String printed = process.awaitSuccess();
            int bytes = Integer.parseInt(printed.lines()
                    .filter(line -> line.startsWith(Idle.ANSWER))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(printed))
                    .substring(Idle.ANSWER.length()));
            assertTrue(bytes < MAX_BYTES, () -> "an idle end holds " + bytes + " bytes");
        }
    }

    /** What the other process does. */
    static final class Idle {
        private static final String ANSWER = "bytes per end: ";

        private Idle() {}

        /** Makes the connections, and says what each end holds. */
        public static void main(String[] arguments) throws Exception {
            TestAuthority authority = TestAuthority.create("Idle Root");
            ClientContext client = ClientContext.builder()
                    .provider("jsse")
                    .verifyLocations(authority.trust())
                    .build();
            ServerContext server = ServerContext.builder()
                    .provider("jsse")
                    .certificateChain(authority.server(KeyKind.EC).credentials())
                    .build();
            for (int i = 0; i < 20; i++) {
                open(client, server, i).close(); // what is made once
            }
            long before = used();
            List<ChannelPair> open = new ArrayList<>();
            for (int i = 0; i < PAIRS; i++) {
                open.add(open(client, server, i));
            }
            long after = used();
            System.out.println(ANSWER + (after - before) / (2L * open.size()));
        }

        /** By turns nothing follows the handshake, or one end has written, or each has. */
        private static ChannelPair open(ClientContext client, ServerContext server, int number) throws IOException {
            ChannelPair pair = new ChannelPair(client, server, TestAuthority.SERVER_NAME, Segmentation.none(), 1 << 20);
            pair.handshake();
            if (number % 3 > 0) {
                pair.send(pair.client(), pair.server(), new byte[20_000]);
            }
            if (number % 3 > 1) {
                pair.send(pair.server(), pair.client(), new byte[20_000]);
            }
            return pair;
        }

        private static long used() {
            System.gc();
            return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        }
    }
}
