package io.omnitls.benchmarks.scenes;

import io.omnitls.ConnectionOptions;
import io.omnitls.TlsBioConnection;
import io.omnitls.TlsSession;
import io.omnitls.benchmarks.measure.Allocation;
import io.omnitls.benchmarks.measure.Clock;
import io.omnitls.benchmarks.measure.Contender;
import io.omnitls.benchmarks.measure.Interleaved;
import io.omnitls.benchmarks.peers.Backend;
import io.omnitls.benchmarks.peers.BareContexts;
import io.omnitls.benchmarks.peers.EnginePair;
import io.omnitls.benchmarks.peers.Identity;
import io.omnitls.benchmarks.peers.Names;
import io.omnitls.benchmarks.peers.OurBioPair;
import io.omnitls.benchmarks.peers.OurContexts;
import io.omnitls.benchmarks.peers.Scratch;
import io.omnitls.benchmarks.peers.Suite;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** Handshakes of both ends in memory, on one thread; the server's chain is verified, and the name. */
final class HandshakeScenes {
    /** A server that resumes shows no certificates, and sends at least so many bytes less. */
    private static final int CERTIFICATES = 500;

    private HandshakeScenes() {}

    static List<Scene> all() {
        return List.of(
                Scene.speed("handshake", "full handshake 1.3, chain of 2", 1.00, full(2)),
                Scene.speed("handshake-9", "full handshake 1.3, chain of 9", 1.00, full(9))
                        .where(backend -> backend != Backend.BCFIPS), // its trust manager takes chains of up to 5
                Scene.speed("resumed-1.3", "resumed handshake 1.3", 0.95, resumed(Suite.TLS13))
                        .where(Backend::resumesTls13),
                Scene.speed("resumed-1.2", "resumed handshake 1.2", 0.85, resumed(Suite.TLS12)),
                Scene.bytes(
                        "alloc-handshake",
                        "allocated per full handshake, both ends",
                        30_000,
                        (backend, plan) ->
                                Allocation.over(contenders(backend, 2), plan.count(150, 4_000), plan.count(20, 200))));
    }

    private static Scene.Body full(int chain) {
        return (backend, plan) -> new Interleaved(contenders(backend, chain), Clock.THREAD, plan).speeds();
    }

    private static List<Contender> contenders(Backend backend, int chain) throws Exception {
        Identity identity = Identity.ofChain(chain);
        BareContexts bare = new BareContexts(backend, Suite.TLS13, identity);
        OurContexts ours = OurContexts.of(backend, Suite.TLS13, identity);
        Scratch scratch = new Scratch(backend.prefersDirect());
        return List.of(
                Contender.of(Names.BARE, () -> EnginePair.full(bare, scratch).close()),
                Contender.of(Names.OURS, () -> OurBioPair.full(ours).close()),
                Contender.of(
                        Names.OUR_ENGINE,
                        () -> EnginePair.full(backend, ours, scratch).close()));
    }

    private static Scene.Body resumed(Suite suite) {
        return (backend, plan) -> {
            Identity identity = Identity.ofChain(2);
            return new Interleaved(
                            List.of(
                                    new BareResumption(new BareContexts(backend, suite, identity)),
                                    new OurResumption(OurContexts.of(backend, suite, identity))),
                            Clock.THREAD,
                            plan)
                    .speeds();
        };
    }

    /** The context keeps the session by the peer's name and port. A byte brings the ticket of TLS 1.3. */
    private static final class BareResumption implements Contender {
        private final ByteBuffer one = ByteBuffer.allocate(1);
        private final BareContexts contexts;
        private final Scratch scratch;
        private final ByteBuffer target;
        private final int full;

        BareResumption(BareContexts contexts) throws IOException {
            boolean direct = contexts.backend().prefersDirect();
            this.contexts = contexts;
            this.scratch = new Scratch(direct);
            this.target = Scratch.buffer(1 << 15, direct);
            this.full = once();
        }

        private int once() throws IOException {
            EnginePair pair = EnginePair.resuming(contexts, scratch);
            one.clear();
            target.clear();
            pair.answer(one, target);
            pair.close();
            return pair.fromServer();
        }

        @Override
        public String name() {
            return Names.BARE;
        }

        @Override
        public void run(int times) throws IOException {
            for (int i = 0; i < times; i++) {
                if (once() > full - CERTIFICATES) {
                    throw new IOException("the bare engine did not resume");
                }
            }
        }
    }

    /** Each session is of the connection before. */
    private static final class OurResumption implements Contender {
        private final byte[] one = new byte[1];
        private final ConnectionOptions options = ConnectionOptions.serverName(Identity.HOST);
        private final OurContexts contexts;
        private TlsSession session;

        OurResumption(OurContexts contexts) throws IOException {
            this.contexts = contexts;
            this.session = begin(options, false);
        }

        private TlsSession begin(ConnectionOptions options, boolean resuming) throws IOException {
            OurBioPair pair = OurBioPair.of(contexts, options);
            TlsBioConnection client = pair.client();
            pair.server().write(one);
            if (client.read(1).length != 1 || client.info().sessionReused() != resuming) {
                throw new IOException("resumed: " + client.info().sessionReused());
            }
            TlsSession next = client.session().orElseThrow();
            pair.close();
            return next;
        }

        @Override
        public String name() {
            return Names.OURS;
        }

        @Override
        public void run(int times) throws IOException {
            for (int i = 0; i < times; i++) {
                session = begin(options.resuming(session), true);
            }
        }
    }
}
