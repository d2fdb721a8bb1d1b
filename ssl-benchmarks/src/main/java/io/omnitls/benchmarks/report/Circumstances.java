package io.omnitls.benchmarks.report;

import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;

/**
 * Where and when it was measured; figures of other circumstances are other figures.
 *
 * @param load how many processes wanted a processor on average in the last minute before
 */
public record Circumstances(
        String date, String jdk, String system, int cores, double load, String commit, String form) {

    /** Of this process; what was built is told by {@code commit}. */
    public static Circumstances now(String commit, String form) {
        return new Circumstances(
                LocalDate.now(ZoneOffset.UTC).toString(),
                Runtime.version().toString(),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                Math.max(0, ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()),
                commit,
                form);
    }

    /** In a line. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s, JDK %s, %s, %d cores (load %.1f before), commit %s, %s form",
                date,
                jdk,
                system,
                cores,
                load,
                commit,
                form);
    }
}
