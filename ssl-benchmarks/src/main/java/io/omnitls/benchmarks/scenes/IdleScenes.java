package io.omnitls.benchmarks.scenes;

import io.omnitls.benchmarks.measure.Measured;
import io.omnitls.benchmarks.measure.Plan;
import io.omnitls.benchmarks.measure.Ratio;
import io.omnitls.benchmarks.peers.Backend;
import io.omnitls.benchmarks.peers.BareContexts;
import io.omnitls.benchmarks.peers.EndFactory;
import io.omnitls.benchmarks.peers.EndPair;
import io.omnitls.benchmarks.peers.EnginePair;
import io.omnitls.benchmarks.peers.Identity;
import io.omnitls.benchmarks.peers.Names;
import io.omnitls.benchmarks.peers.OurBioPair;
import io.omnitls.benchmarks.peers.OurContexts;
import io.omnitls.benchmarks.peers.Scratch;
import io.omnitls.benchmarks.peers.Suite;
import java.io.Closeable;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;

/** What the heap holds for each end of a connection that nobody uses at the moment. */
final class IdleScenes {
    private static final int TURNS = 3;

    private IdleScenes() {}

    static List<Scene> all() {
        return List.of(
                Scene.bytes("idle-bio", "heap per idle end, BIO", 2_000, IdleScenes::bio),
                Scene.bytes("idle-channel", "heap per idle end, channel", 2_000, IdleScenes::channel));
    }

    private static List<Measured> bio(Backend backend, Plan plan) throws Exception {
        Setting setting = new Setting(backend);
        return setting.over(plan, () -> OurBioPair.full(setting.ours).steady());
    }

    private static List<Measured> channel(Backend backend, Plan plan) throws Exception {
        Setting setting = new Setting(backend);
        EndFactory factory = EndFactory.ours(setting.ours);
        return setting.over(plan, () -> {
            SmallPipe there = new SmallPipe();
            SmallPipe back = new SmallPipe();
            return EndPair.over(factory, new SmallPipe.Channel(back, there), new SmallPipe.Channel(there, back));
        });
    }

    private static final class Setting {
        final BareContexts bare;
        final OurContexts ours;
        final Scratch scratch;

        Setting(Backend backend) throws Exception {
            Identity identity = Identity.ofChain(2);
            bare = new BareContexts(backend, Suite.TLS13, identity);
            ours = OurContexts.of(backend, Suite.TLS13, identity);
            scratch = new Scratch(backend.prefersDirect());
        }

        List<Measured> over(Plan plan, Callable<? extends Closeable> pair) throws Exception {
            int pairs = plan.count(60, 2_000);
            Callable<? extends Closeable> barePair = () -> EnginePair.full(bare, scratch);
            perEnd(barePair, pairs); // what is loaded and kept with the first ones is not theirs
            perEnd(pair, pairs);
            double[] differences = new double[TURNS];
            double[] ofBare = new double[TURNS];
            for (int turn = 0; turn < TURNS; turn++) {
                ofBare[turn] = perEnd(barePair, pairs);
                differences[turn] = perEnd(pair, pairs) - ofBare[turn];
            }
            return List.of(
                    new Measured(Names.OURS, Ratio.of(differences)),
                    new Measured(Names.BARE + " holds", Ratio.of(ofBare)));
        }

        private static double perEnd(Callable<? extends Closeable> pair, int pairs) throws Exception {
            long before = used();
            List<Closeable> held = new ArrayList<>(pairs);
            for (int i = 0; i < pairs; i++) {
                held.add(pair.call());
            }
            double bytes = (double) (used() - before) / (2 * pairs);
            for (Closeable each : held) { // what nobody closes may stay until the next one comes
                each.close();
            }
            return bytes;
        }

        /** Twice: what finalizers and cleaners let go is collected the second time. */
        private static long used() {
            System.gc();
            System.runFinalization();
            System.gc();
            return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        }
    }

    /** A pipe that holds no memory when it is empty. */
    private static final class SmallPipe {
        private static final byte[] NOTHING = {};
        private byte[] bytes = NOTHING;

        private record Channel(SmallPipe in, SmallPipe out) implements ByteChannel {
            @Override
            public int read(ByteBuffer target) {
                int count = Math.min(target.remaining(), in.bytes.length);
                target.put(in.bytes, 0, count);
                in.bytes = count == in.bytes.length ? NOTHING : Arrays.copyOfRange(in.bytes, count, in.bytes.length);
                return count;
            }

            @Override
            public int write(ByteBuffer source) {
                int count = source.remaining();
                int before = out.bytes.length;
                out.bytes = Arrays.copyOf(out.bytes, before + count);
                source.get(out.bytes, before, count);
                return count;
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {
                // There is nothing to give back.
            }
        }
    }
}
