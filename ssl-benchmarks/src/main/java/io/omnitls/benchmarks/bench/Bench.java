package io.omnitls.benchmarks.bench;

import io.omnitls.benchmarks.peers.Backend;
import io.omnitls.benchmarks.report.Circumstances;
import io.omnitls.benchmarks.report.Figure;
import io.omnitls.benchmarks.report.JsonReport;
import io.omnitls.benchmarks.report.MarkdownTable;
import io.omnitls.benchmarks.report.StoredFigures;
import io.omnitls.benchmarks.report.SvgChart;
import io.omnitls.benchmarks.report.TextChart;
import io.omnitls.benchmarks.report.TextTable;
import io.omnitls.benchmarks.scenes.Scene;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code ./bench}. Ends with 0, with 1 when something failed or a figure has fallen, with 2 when the command line is
 * wrong.
 */
public final class Bench {
    private final BenchOptions options;
    private final Path module;
    private final Circumstances circumstances;

    private Bench(BenchOptions options) {
        this.options = options;
        this.module = Path.of(System.getProperty("bench.module", "."));
        this.circumstances = Circumstances.now(
                System.getProperty("bench.commit", "unknown"), options.form().toString());
    }

    /** The command line is that of {@code --help}. */
    public static void main(String[] arguments) throws InterruptedException {
        System.exit(run(arguments));
    }

    private static int run(String... arguments) throws InterruptedException {
        try {
            BenchOptions options = BenchOptions.parse(arguments);
            if (options.help()) {
                System.out.print(BenchOptions.usage());
                return 0;
            }
            return new Bench(options).run();
        } catch (BenchOptions.UsageException e) {
            System.err.println("bench: " + e.getMessage());
            return 2;
        } catch (IOException e) {
            System.err.println("bench: " + e.getMessage());
            return 1;
        }
    }

    private int run() throws IOException, InterruptedException {
        System.err.println(circumstances);
        List<Figure> figures = new ArrayList<>();
        boolean complete = true;
        for (Backend provider : options.providers()) {
            ProviderRun.Outcome outcome = ProviderRun.of(provider, options.form(), options.scenes());
            figures.addAll(outcome.figures());
            complete &= outcome.complete();
        }
        show(figures);
        if (!complete || options.form() != Form.SMOKE) {
            return complete ? 0 : 1;
        }
        if (options.store()) {
            Path file = module.resolve("src/main/resources/io/omnitls/benchmarks/report/smoke.properties");
            Files.writeString(file, StoredFigures.toProperties(figures));
            System.err.println("stored in " + file);
            return 0;
        }
        return judge(figures);
    }

    private void show(List<Figure> figures) throws IOException {
        if (options.markdown()) {
            System.out.print(MarkdownTable.of(figures, circumstances));
        } else {
            System.out.println(TextTable.of(figures));
            System.out.println(TextChart.of(figures));
            System.out.println(circumstances);
        }
        if (options.svg().isPresent()) {
            Files.writeString(options.svg().get(), SvgChart.of(figures, circumstances));
        }
        if (options.json().isPresent() || options.form() != Form.SMOKE) {
            Files.writeString(
                    options.json().orElse(module.resolve("target/bench.json")), JsonReport.of(figures, circumstances));
        }
    }

    /** What has fallen has a second chance: a machine may have been busy. */
    private int judge(List<Figure> figures) throws IOException, InterruptedException {
        StoredFigures stored = StoredFigures.ofBuild();
        List<Figure> fallen = new ArrayList<>();
        for (Figure figure : stored.fallen(figures)) {
            System.err.println("once more: " + stored.complaint(figure));
            List<Scene> again = List.of(figure.scene());
            ProviderRun.Outcome second = ProviderRun.of(figure.provider(), options.form(), again);
            fallen.addAll(second.complete() ? stored.fallen(second.figures()) : List.of(figure));
        }
        for (Figure figure : fallen) {
            System.err.println("bench: fallen by more than 15 %: " + stored.complaint(figure));
        }
        return fallen.isEmpty() ? 0 : 1;
    }
}
