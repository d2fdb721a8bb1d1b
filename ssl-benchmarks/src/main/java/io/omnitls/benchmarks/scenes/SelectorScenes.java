package io.omnitls.benchmarks.scenes;

import com.sun.management.UnixOperatingSystemMXBean;
import io.omnitls.benchmarks.measure.Clock;
import io.omnitls.benchmarks.measure.Interleaved;
import io.omnitls.benchmarks.measure.Measured;
import io.omnitls.benchmarks.measure.Plan;
import io.omnitls.benchmarks.peers.Backend;
import io.omnitls.benchmarks.peers.BareContexts;
import io.omnitls.benchmarks.peers.EndFactory;
import io.omnitls.benchmarks.peers.Identity;
import io.omnitls.benchmarks.peers.OurContexts;
import io.omnitls.benchmarks.peers.Scratch;
import io.omnitls.benchmarks.peers.SelectorLoop;
import io.omnitls.benchmarks.peers.Suite;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One thread, one selector, and all ends of so many connections, each of which sends a KiB and waits for it to come back. */
final class SelectorScenes {
    private SelectorScenes() {}

    static List<Scene> all() {
        return List.of(
                scene(1),
                scene(100),
                scene(1_000).onlyInLongForm(),
                scene(6_000).onlyInLongForm());
    }

    private static Scene scene(int connections) {
        String title = "selector loop, " + String.format(Locale.ROOT, "%,d", connections)
                + (connections == 1 ? " connection" : " connections");
        return Scene.speed(
                "selector-" + connections, title, Double.NaN, (backend, plan) -> measure(backend, plan, connections));
    }

    private static List<Measured> measure(Backend backend, Plan plan, int connections) throws Exception {
        Identity identity = Identity.ofChain(2);
        BareContexts bare = new BareContexts(backend, Suite.TLS13, identity);
        List<EndFactory> factories = new ArrayList<>(List.of(
                EndFactory.bare(bare, new Scratch(backend.prefersDirect())),
                EndFactory.ours(OurContexts.of(backend, Suite.TLS13, identity)),
                EndFactory.tlsChannel(bare)));
        while (factories.size() > 2 && factories.size() * 2L * connections + 500 > openFiles()) {
            factories.remove(factories.size() - 1);
        }
        int affordable = (int) Math.min(connections, (openFiles() - 500) / (2L * factories.size()));
        if (affordable < connections) {
            System.err.println("only " + affordable + " connections instead of " + connections
                    + ": more want more descriptors than ulimit -n allows, " + openFiles());
        }
        List<SelectorLoop> loops = new ArrayList<>();
        try {
            for (EndFactory factory : factories) {
                loops.add(new SelectorLoop(factory, affordable, backend.prefersDirect()));
            }
            return new Interleaved(loops, Clock.THREAD, plan).speeds();
        } finally {
            for (SelectorLoop loop : loops) {
                loop.close();
            }
        }
    }

    private static long openFiles() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : Long.MAX_VALUE;
    }
}
