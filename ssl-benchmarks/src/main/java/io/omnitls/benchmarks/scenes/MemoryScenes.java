package io.omnitls.benchmarks.scenes;

import io.omnitls.benchmarks.measure.Allocation;
import io.omnitls.benchmarks.measure.Clock;
import io.omnitls.benchmarks.measure.Contender;
import io.omnitls.benchmarks.measure.Interleaved;
import io.omnitls.benchmarks.measure.Measured;
import io.omnitls.benchmarks.measure.Plan;
import io.omnitls.benchmarks.peers.Backend;
import io.omnitls.benchmarks.peers.BareContexts;
import io.omnitls.benchmarks.peers.EndFactory;
import io.omnitls.benchmarks.peers.EndPair;
import io.omnitls.benchmarks.peers.EnginePair;
import io.omnitls.benchmarks.peers.Identity;
import io.omnitls.benchmarks.peers.Names;
import io.omnitls.benchmarks.peers.OurContexts;
import io.omnitls.benchmarks.peers.Scratch;
import io.omnitls.benchmarks.peers.Suite;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Messages in memory: what lies between the caller's buffer and the engine, and nothing else. */
final class MemoryScenes {
    private static final int KIB_16 = 1 << 14;
    private static final int MIB = 1 << 20;

    private MemoryScenes() {}

    static List<Scene> all() {
        return List.of(
                Scene.speed("bio-16k", "TlsBioConnection, 16 KiB", 0.97, bio(KIB_16, KIB_16)),
                Scene.speed("bio-16000", "TlsBioConnection, 16,000 B", 0.97, bio(16_000, KIB_16)),
                Scene.speed("bio-16k-carried", "TlsBioConnection, 16 KiB, carried", Double.NaN, (backend, plan) -> {
                    Setting setting = new Setting(backend);
                    boolean direct = backend.prefersDirect();
                    return setting.beside(plan, KIB_16, Messages.carried(Names.OURS, setting.ours, direct, KIB_16));
                }),
                Scene.speed("bio-16k-arrays", "TlsBioConnection, 16 KiB, arrays", Double.NaN, (backend, plan) -> {
                    Setting setting = new Setting(backend);
                    return setting.beside(plan, KIB_16, Messages.arrays(Names.OURS, setting.ours, KIB_16));
                }),
                Scene.speed("bio-1m-arrays", "TlsBioConnection, 1 MiB, arrays", 0.95, (backend, plan) -> {
                    Setting setting = new Setting(backend);
                    return setting.beside(plan, MIB, Messages.arrays(Names.OURS, setting.ours, MIB));
                }),
                Scene.speed("bio-64", "TlsBioConnection, 64 B", 0.92, bio(64, 64)),
                Scene.speed("channel-16k", "TlsChannel in memory, 16 KiB", 0.97, channel(KIB_16)),
                Scene.speed("channel-64", "TlsChannel in memory, 64 B", 0.92, channel(64)),
                Scene.bytes("alloc-message", "allocated per 16 KiB message, BIO", 0, MemoryScenes::allocation));
    }

    private static Scene.Body bio(int size, int room) {
        return (backend, plan) -> {
            Setting setting = new Setting(backend);
            List<Contender> ours = new ArrayList<>();
            ours.add(Messages.shared(Names.OURS, setting.ours, backend.prefersDirect(), size, room));
            if (backend.prefersDirect()) {
                ours.add(Messages.shared(Names.OURS + ", heap buffers", setting.ours, false, size, room));
            }
            return setting.beside(plan, size, ours.toArray(new Contender[0]));
        };
    }

    private static Scene.Body channel(int size) {
        return (backend, plan) -> {
            Setting setting = new Setting(backend);
            boolean direct = backend.prefersDirect();
            List<Contender> contenders = new ArrayList<>();
            for (EndFactory factory : List.of(
                    EndFactory.bare(setting.bare, new Scratch(direct)),
                    EndFactory.ours(setting.ours),
                    EndFactory.tlsChannel(setting.bare))) {
                EndPair pair = EndPair.inMemory(factory, direct);
                contenders.add(Messages.channels(factory.name(), pair, direct, size));
            }
            EnginePair views = EnginePair.full(backend, setting.ours, new Scratch(direct));
            contenders.add(Messages.engines(Names.OUR_ENGINE, views, direct, size));
            return new Interleaved(contenders, Clock.THREAD, plan).speeds();
        };
    }

    private static List<Measured> allocation(Backend backend, Plan plan) throws Exception {
        Setting setting = new Setting(backend);
        boolean direct = backend.prefersDirect();
        return Allocation.over(
                List.of(
                        setting.engines(Names.BARE, direct, KIB_16),
                        Messages.shared(Names.OURS, setting.ours, direct, KIB_16, KIB_16)),
                plan.count(6_000, 100_000),
                500);
    }

    /** The contexts of a scene; bare engines are the best there are: over heap buffers, on Conscrypt over direct ones. */
    private static final class Setting {
        final Backend backend;
        final BareContexts bare;
        final OurContexts ours;

        Setting(Backend backend) throws Exception {
            Identity identity = Identity.ofChain(2);
            this.backend = backend;
            this.bare = new BareContexts(backend, Suite.TLS13, identity);
            this.ours = OurContexts.of(backend, Suite.TLS13, identity);
        }

        List<Measured> beside(Plan plan, int size, Contender... ours) throws Exception {
            List<Contender> contenders = new ArrayList<>();
            contenders.add(engines(Names.BARE, backend.prefersDirect(), size));
            contenders.addAll(List.of(ours));
            if (backend.prefersDirect()) {
                contenders.add(engines(Names.BARE_HEAP, false, size));
            }
            return new Interleaved(contenders, Clock.THREAD, plan).speeds();
        }

        Contender engines(String name, boolean direct, int size) throws IOException {
            return Messages.engines(name, EnginePair.full(bare, new Scratch(direct)), direct, size);
        }
    }
}
