package io.omnitls.conscrypt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.error.VerifyCode;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.spi.EngineFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An engine holds a pipe, two descriptors, until it is released, however far it got. */
@EnabledOnOs(OS.LINUX)
class ReleaseTest {
    private static final int CONNECTIONS = 50;

    enum Moment {
        NEVER_STARTED {
            @Override
            void reach(Peer client, Peer server) {}
        },
        IN_THE_HANDSHAKE {
            @Override
            void reach(Peer client, Peer server) {
                client.progress();
                server.feed(client.take());
                server.progress();
            }
        },
        CONNECTED {
            @Override
            void reach(Peer client, Peer server) {
                Peer.connect(client, server);
                assertTrue(client.open() && server.open());
            }
        },
        WITH_DATA_UNREAD {
            @Override
            void reach(Peer client, Peer server) throws IOException {
                CONNECTED.reach(client, server);
                server.send(new byte[10]);
                client.feed(server.take());
            }
        },
        ONE_END_CLOSED {
            @Override
            void reach(Peer client, Peer server) throws IOException {
                CONNECTED.reach(client, server);
                client.closeOutbound();
            }
        },
        PEER_CLOSED_AND_NOT_ANSWERED {
            @Override
            void reach(Peer client, Peer server) throws IOException {
                CONNECTED.reach(client, server);
                client.closeOutbound();
                server.feed(client.take());
                server.progress();
            }
        },
        FAILED {
            @Override
            void reach(Peer client, Peer server) {
                client.progress();
                server.feed(new byte[] {22, 3, 1, 0, 4, 1, 0, 0, 0});
                server.progress();
                client.feed(new byte[] {21, 3, 3, 0, 2, 2, 40});
                client.progress();
                assertTrue(client.maybeFailure().isPresent()
                        && server.maybeFailure().isPresent());
            }
        };

        abstract void reach(Peer client, Peer server) throws IOException;
    }

    @ParameterizedTest
    @EnumSource
    void anEngineGivesItsDescriptorsBack(Moment moment) throws Exception {
        for (TlsVersion version : Context.PROVIDER.capabilities().versions()) {
            EngineFactory clients = Context.client(version, new FixedVerdict(VerifyCode.OK));
            EngineFactory servers = Context.server(version);
            Peer[] peers = new Peer[2 * CONNECTIONS];
            long before = pipes();
            for (int i = 0; i < peers.length; i += 2) {
                peers[i] = new Peer(clients.engine(Context.to("server.example")));
                peers[i + 1] = new Peer(servers.engine(Context.accepting(version, Optional.empty())));
                moment.reach(peers[i], peers[i + 1]);
            }
            for (Peer peer : peers) {
                peer.close();
            }
            // Every engine is still reachable, so it is not the garbage collector that has helped.
            assertEquals(2 * CONNECTIONS, peers.length);
            assertTrue(pipes() <= before, moment + " in " + version + " leaves descriptors open");
        }
    }

    private static long pipes() throws IOException {
        try (Stream<Path> descriptors = Files.list(Paths.get("/proc/self/fd"))) {
            return descriptors.filter(ReleaseTest::isPipe).count();
        }
    }

    private static boolean isPipe(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("pipe:");
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }
}
