package io.omnitls.benchmarks.measure;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** Bytes that this thread allocates for one time of the work, over what the first contender needs. */
public final class Allocation {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocation() {}

    /** Works {@code warmUp} times first: what is made once and kept does not count. */
    public static List<Measured> over(List<? extends Contender> contenders, int warmUp, int times) throws Exception {
        for (Contender contender : contenders) {
            contender.run(warmUp);
        }
        int turns = 5;
        double[][] bytes = new double[contenders.size()][turns];
        for (int turn = 0; turn < turns; turn++) {
            for (int i = 0; i < bytes.length; i++) {
                bytes[i][turn] = bytes(contenders.get(i), times);
            }
        }
        List<Measured> over = new ArrayList<>();
        for (int i = 1; i < bytes.length; i++) {
            double[] differences = new double[turns];
            for (int turn = 0; turn < turns; turn++) {
                differences[turn] = bytes[i][turn] - bytes[0][turn];
            }
            over.add(new Measured(contenders.get(i).name(), Ratio.of(differences)));
        }
        return over;
    }

    private static double bytes(Contender contender, int times) throws Exception {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        contender.run(times);
        return (double) (THREADS.getCurrentThreadAllocatedBytes() - before) / times;
    }
}
