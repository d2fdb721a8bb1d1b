package io.omnitls.testkit.net;

import io.omnitls.forge.oracle.RunningCommand;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * A Java process that has done nothing yet: what a process keeps for ever cannot be tested where other tests ran before. It
 * has this process's class path and system properties, and a minute: a backend may take seconds to start.
 */
public final class FreshProcess {
    private static final int TIMEOUT_SECONDS = 60;

    private FreshProcess() {}

    /** Runs a class of this class path, whose {@code main} begins with {@link #begin}; returns what it printed. */
    public static String run(Class<?> main, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        StringWriter properties = new StringWriter();
        System.getProperties().store(properties, "of the process that asks");
        try (RunningCommand process = new RunningCommand(command, TIMEOUT_SECONDS)) {
            process.type(properties.toString());
            process.endInput();
            return process.awaitSuccess();
        }
    }

    /** Takes over the system properties of the process that asks, as far as this one has none of its own. */
    public static void begin() throws IOException {
        Properties properties = new Properties();
        properties.load(System.in);
        properties.forEach((key, value) -> System.getProperties().putIfAbsent(key, value));
    }
}
