package io.omnitls.benchmarks.measure;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** What a turn costs. */
public enum Clock {
    /** The time that this thread spent on a processor: for work in memory, whatever else the machine does. */
    THREAD {
        @Override
        long nanos() {
            return THREADS.getCurrentThreadCpuTime();
        }
    },
    /** The time that passed: for work of several threads, and of the kernel. */
    WALL {
        @Override
        long nanos() {
            return System.nanoTime();
        }
    };

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    abstract long nanos();
}
