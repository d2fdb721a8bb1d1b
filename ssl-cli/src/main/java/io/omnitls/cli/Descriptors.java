package io.omnitls.cli;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** The file descriptors of this process, which connections use up: without any, not even a class can be loaded. */
final class Descriptors {
    /** For files that are served, classes that are loaded, and the client that is turned away. */
    private static final int RESERVE = 32;

    private Descriptors() {}

    /** As many connections as are wanted, or as the process has descriptors for; one at least. */
    static int connections(int wanted) {
        if (!(ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system)) {
            return wanted;
        }
        long free = system.getMaxFileDescriptorCount() - system.getOpenFileDescriptorCount();
        return (int) Math.max(1, Math.min(wanted, free - RESERVE));
    }
}
