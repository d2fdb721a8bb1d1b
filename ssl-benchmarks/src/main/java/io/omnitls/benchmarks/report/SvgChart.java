package io.omnitls.benchmarks.report;

import io.omnitls.benchmarks.peers.Backend;
import io.omnitls.benchmarks.scenes.Unit;
import java.util.List;
import java.util.Locale;

/** The same bars as a picture, with the quartiles. */
public final class SvgChart {
    private static final int LEFT = 330;
    private static final int WIDTH_OF_ONE = 280;
    private static final double MOST = 2;
    private static final int BAR = 12;
    private static final int GAP = 10;
    private static final int TOP = 50;

    private final StringBuilder svg = new StringBuilder();
    private int y = TOP;

    private SvgChart() {}

    /** A whole SVG document. */
    public static String of(List<Figure> figures, Circumstances circumstances) {
        SvgChart chart = new SvgChart();
        for (Rows.Row row : Rows.of(figures)) {
            if (row.ours() && row.scene().unit() == Unit.RATIO) {
                chart.group(row);
            }
        }
        return chart.document(circumstances);
    }

    private void group(Rows.Row row) {
        int bars = row.figures().size() * BAR;
        text(LEFT - 8, y + bars / 2 + 4, "end", row.scene().title());
        for (Figure figure : row.figures().values()) {
            double median = Math.min(MOST, figure.ratio().median());
            append(
                    "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>",
                    LEFT, y, median * WIDTH_OF_ONE, BAR - 2, colour(figure.provider()));
            append(
                    "<path d=\"M%.1f %dH%.1f\" stroke=\"#222\"/>",
                    x(figure.ratio().lower()), y + BAR / 2 - 1, x(figure.ratio().upper()));
            text((int) Math.max(x(figure.ratio().upper()), x(median)) + 6, y + BAR - 3, "start", figure.median());
            y += BAR;
        }
        y += GAP;
    }

    private static double x(double ratio) {
        return LEFT + Math.min(MOST, ratio) * WIDTH_OF_ONE;
    }

    private static String colour(Backend backend) {
        return switch (backend) {
            case JSSE -> "#4472a8";
            case CONSCRYPT -> "#6aa84f";
            case BCFIPS -> "#c27c3a";
        };
    }

    private String document(Circumstances circumstances) {
        int height = y + 30;
        int width = LEFT + (int) (MOST * WIDTH_OF_ONE) + 60;
        append("<path d=\"M%d %dV%d\" stroke=\"#222\" stroke-dasharray=\"3 3\"/>", (int) x(1), TOP - 6, y);
        int legend = LEFT;
        for (Backend backend : Backend.values()) {
            append(
                    "<rect x=\"%d\" y=\"%d\" width=\"10\" height=\"10\" fill=\"%s\"/>",
                    legend, TOP - 30, colour(backend));
            text(legend + 15, TOP - 21, "start", backend.title());
            legend += 110;
        }
        text(8, y + 16, "start", "1.00 is the bare engine or SSLSocket; higher is faster. " + circumstances);
        return String.format(
                        Locale.ROOT,
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
                                + " font-family=\"sans-serif\" font-size=\"11\">%n"
                                + "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n",
                        width,
                        height)
                + svg
                + "</svg>\n";
    }

    private void text(int x, int y, String anchor, String text) {
        append(
                "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>",
                x, y, anchor, text.replace("&", "&amp;").replace("<", "&lt;"));
    }

    private void append(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
