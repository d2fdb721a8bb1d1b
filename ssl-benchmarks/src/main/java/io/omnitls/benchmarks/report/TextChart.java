package io.omnitls.benchmarks.report;

import io.omnitls.benchmarks.scenes.Scene;
import io.omnitls.benchmarks.scenes.Unit;
import java.util.List;
import java.util.Locale;

/** Bars for a terminal: the ratios of OmniTLS. */
public final class TextChart {
    private static final int WIDTH_OF_ONE = 30;
    private static final double MOST = 2;

    private TextChart() {}

    /** A bar each; a bar goes on to twice the baseline at most. */
    public static String of(List<Figure> figures) {
        StringBuilder chart = new StringBuilder();
        for (Rows.Row row : Rows.of(figures)) {
            if (row.ours() && row.scene().unit() == Unit.RATIO) {
                group(chart, row.scene(), List.copyOf(row.figures().values()));
            }
        }
        return chart.toString();
    }

    private static void group(StringBuilder chart, Scene scene, List<Figure> figures) {
        chart.append(scene.title()).append('\n');
        for (Figure figure : figures) {
            chart.append(String.format(
                    Locale.ROOT,
                    "  %-10s %s %s%n",
                    figure.provider().title(),
                    bar(figure.ratio().median()),
                    figure.median()));
        }
    }

    /** The mark {@code |} is the baseline. */
    private static String bar(double ratio) {
        int length = (int) Math.round(Math.min(ratio, MOST) * WIDTH_OF_ONE);
        StringBuilder bar = new StringBuilder("#".repeat(length));
        while (bar.length() <= WIDTH_OF_ONE) {
            bar.append(' ');
        }
        bar.setCharAt(WIDTH_OF_ONE, '|');
        return bar.toString();
    }
}
