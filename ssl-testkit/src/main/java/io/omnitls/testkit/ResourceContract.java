package io.omnitls.testkit;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.ClientContext;
import io.omnitls.ServerContext;
import io.omnitls.error.TlsException;
import io.omnitls.error.TlsWantReadException;
import io.omnitls.testkit.net.BioPair;
import io.omnitls.testkit.net.BioPair.Segmentation;
import io.omnitls.testkit.pki.TestAuthority;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/**
 * SPEC.md part 8: what a connection holds is given back. One connection in twenty completes its handshake, the others end
 * with the ClientHello. Run it with a heap of fixed size that is touched at the start ({@code -Xms -Xmx
 * -XX:+AlwaysPreTouch}): the memory of the whole process is measured, and a heap that grows would be taken for a leak.
 */
public interface ResourceContract extends Contract {
    /** How many connections are made: 20,000, or fewer where the full number is made elsewhere. */
    default int connections() {
        return 20_000;
    }

    @Test
    default void rule8_1_closedConnectionsLeaveNothing() throws Exception {
        Connections connections = new Connections(fixture());
        connections.make(Connections.WARM_UP, true);
        Resources before = Resources.now();
        connections.make(connections(), true);
        Resources.now().requireNoMoreThan(before);
    }

    @Test
    default void rule8_2_droppedConnectionsAreFreed() throws Exception {
        Connections connections = new Connections(fixture());
        connections.make(Connections.WARM_UP, true);
        Resources before = Resources.now();
        connections.make(connections(), false);
        // What the collector has found is freed by the connections that begin after it.
        for (int i = 0; i < 20 && Resources.now().exceeds(before); i++) {
            connections.make(1, true);
        }
        Resources.now().requireNoMoreThan(before);
    }

    /** Makes connections of one pair of contexts, as a busy process does. */
    final class Connections {
        static final int WARM_UP = 1_000;
        private static final int COLLECT_EVERY = 1_000;

        private final ClientContext client;
        private final ServerContext server;

        private Connections(ProviderFixture fixture) throws TlsException {
            client = fixture.clientBuilder().build();
            server = fixture.serverBuilder().build();
        }

        private void make(int count, boolean close) throws IOException {
            for (int i = 0; i < count; i++) {
                BioPair pair = new BioPair(client, server, TestAuthority.SERVER_NAME, Segmentation.none());
                if (i % 20 == 0) {
                    assertTrue(pair.handshake().completed());
                } else {
                    assertThrows(TlsWantReadException.class, pair.client()::handshake);
                }
                if (close) {
                    pair.close();
                } else if (i % COLLECT_EVERY == 0) {
                    // A large heap would let a small test drop everything before its first collection.
                    System.gc();
                }
            }
        }
    }
}
