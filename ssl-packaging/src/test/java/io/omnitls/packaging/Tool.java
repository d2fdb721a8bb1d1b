package io.omnitls.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of a JDK, or of an image made of it. */
record Tool(Path home, String name) {

    /** One of the JDK that runs this test. */
    static Tool ofThisJdk(String name) {
        return new Tool(Path.of(System.getProperty("java.home")), name);
    }

    /** What it says if it ends well. */
    String run(List<String> arguments) throws IOException, InterruptedException {
        return run(0, arguments);
    }

    /** What it says if it ends with {@code status}. */
    String run(int status, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(home.resolve("bin").resolve(name).toString());
        command.addAll(arguments);
        Path output = Files.createTempFile("tool", ".txt");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            boolean ended = process.waitFor(60, TimeUnit.SECONDS);
            process.destroyForcibly();
            String said = Files.readString(output, StandardCharsets.UTF_8);
            assertTrue(ended, said);
            assertEquals(status, process.exitValue(), said);
            return said;
        } finally {
            Files.delete(output);
        }
    }
}
