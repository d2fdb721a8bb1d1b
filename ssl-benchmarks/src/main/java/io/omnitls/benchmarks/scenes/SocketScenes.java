package io.omnitls.benchmarks.scenes;

import io.omnitls.benchmarks.measure.Clock;
import io.omnitls.benchmarks.measure.Contender;
import io.omnitls.benchmarks.measure.Interleaved;
import io.omnitls.benchmarks.peers.BareContexts;
import io.omnitls.benchmarks.peers.BlockingPair;
import io.omnitls.benchmarks.peers.Identity;
import io.omnitls.benchmarks.peers.Names;
import io.omnitls.benchmarks.peers.NettyEngines;
import io.omnitls.benchmarks.peers.NettyPair;
import io.omnitls.benchmarks.peers.OurContexts;
import io.omnitls.benchmarks.peers.Suite;
import io.omnitls.benchmarks.peers.Traffic;
import java.util.ArrayList;
import java.util.List;

/** Two threads and a loopback connection; the backend's own SSLSocket is 1.00. */
final class SocketScenes {
    private SocketScenes() {}

    static List<Scene> all() {
        return List.of(
                Scene.speed(
                        "socket-bulk", "TlsSocket on loopback, 16 KiB writes", 1.00, body(new Traffic(1 << 14, true))),
                Scene.speed(
                        "socket-trips",
                        "TlsSocket on loopback, round trips of 64 B",
                        1.00,
                        body(new Traffic(64, false))));
    }

    private static Scene.Body body(Traffic traffic) {
        return (backend, plan) -> {
            Identity identity = Identity.ofChain(2);
            BareContexts bare = new BareContexts(backend, Suite.TLS13_AES128, identity);
            OurContexts ours = OurContexts.of(backend, Suite.TLS13_AES128, identity);
            List<Contender> contenders = new ArrayList<>();
            try {
                contenders.add(BlockingPair.bare("SSLSocket", bare, traffic));
                contenders.add(BlockingPair.ours(Names.OURS, ours, traffic));
                contenders.add(BlockingPair.ourChannels("TlsChannel", ours, traffic, backend.prefersDirect()));
                contenders.add(new NettyPair(Names.NETTY_JDK, NettyEngines.of(bare), traffic));
                if (NettyEngines.hasOpenSsl()) {
                    contenders.add(new NettyPair(Names.NETTY_OPENSSL, NettyEngines.openSsl(identity), traffic));
                }
                return new Interleaved(contenders, Clock.WALL, plan).speeds();
            } finally {
                for (Contender contender : contenders) {
                    contender.close();
                }
            }
        };
    }
}
