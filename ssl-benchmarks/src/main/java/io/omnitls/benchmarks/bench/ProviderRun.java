package io.omnitls.benchmarks.bench;

import io.omnitls.benchmarks.measure.JavaCommand;
import io.omnitls.benchmarks.measure.Measured;
import io.omnitls.benchmarks.peers.Backend;
import io.omnitls.benchmarks.report.Figure;
import io.omnitls.benchmarks.scenes.Catalogue;
import io.omnitls.benchmarks.scenes.Scene;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The scenes of one provider, in a JVM of its own: what the compiler knows of one backend's classes does not disturb
 * another's. The heap does not grow, and its pages were touched before: the first touch costs more than a record. Who
 * wants compiled code waits for the compiler, so that a warm-up does on a busy machine what it does on a quiet one.
 */
final class ProviderRun {
    private static final List<String> JVM =
            List.of("-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch", "-XX:+UseG1GC", "-Xbatch");

    private ProviderRun() {}

    /**
     * What came of it.
     *
     * @param complete false when a scene failed, or the time was over
     */
    record Outcome(List<Figure> figures, boolean complete) {}

    /** Starts the JVM and waits for it. */
    static Outcome of(Backend provider, Form form, List<Scene> scenes) throws IOException, InterruptedException {
        List<Scene> able =
                scenes.stream().filter(scene -> scene.where().test(provider)).toList();
        if (able.isEmpty()) {
            return new Outcome(List.of(), true);
        }
        Path results = Files.createTempFile("bench", ".tsv");
        List<String> arguments = new ArrayList<>(List.of(provider.id(), form.name(), results.toString()));
        able.forEach(scene -> arguments.add(scene.id()));
        Process process = new ProcessBuilder(JavaCommand.of(JVM, ProviderRun.class, arguments))
                .inheritIO()
                .start();
        // Whoever interrupts the command does not want to leave a JVM behind.
        Thread stop = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(stop);
        try {
            boolean ended = process.waitFor(form.atMost().toSeconds(), TimeUnit.SECONDS);
            if (!ended) {
                System.err.println("bench: " + provider.title() + " takes longer than " + form.atMost());
            }
            List<Figure> figures =
                    Files.readAllLines(results).stream().map(Figure::ofLine).toList();
            return new Outcome(figures, ended && process.exitValue() == 0);
        } finally {
            process.destroyForcibly();
            Runtime.getRuntime().removeShutdownHook(stop);
            Files.deleteIfExists(results);
        }
    }

    /** {@code provider, form, file for results, scenes ...} */
    public static void main(String[] arguments) throws IOException {
        Backend provider = Backend.of(arguments[0]);
        Form form = Form.valueOf(arguments[1]);
        Path results = Path.of(arguments[2]);
        boolean failed = false;
        for (String id : Arrays.asList(arguments).subList(3, arguments.length)) {
            Scene scene = Catalogue.named(id).orElseThrow();
            try {
                System.err.println("  " + provider.title() + ": " + scene.title());
                for (Measured measured : scene.body().measure(provider, form.plan())) {
                    Figure figure = new Figure(scene, provider, measured.contender(), measured.ratio());
                    Files.writeString(results, figure.toLine() + "\n", StandardOpenOption.APPEND);
                }
            } catch (Exception e) {
                System.err.println("bench: " + scene.id() + " with " + provider.id() + " failed");
                e.printStackTrace();
                failed = true;
            }
        }
        System.exit(failed ? 1 : 0); // Netty's threads, if a scene failed
    }
}
