package io.omnitls.benchmarks.report;

import io.omnitls.benchmarks.peers.Backend;
import java.util.List;
import java.util.Locale;

/** The table for a terminal. */
public final class TextTable {
    private static final String LINE = "%-46s%-20s%-20s%-20s%s";
    private static final String LEGEND = """
            Ratios: speed beside the backend's bare engine (sockets: its SSLSocket), 1.00 is as fast, higher is faster.
            Bytes: what is added to that, lower is better. Medians, in brackets the quartiles. * is short of the goal.
            """;

    private TextTable() {}

    /** With its legend; ends with a line break. */
    public static String of(List<Figure> figures) {
        StringBuilder table = new StringBuilder();
        line(table, "", "JSSE", "Conscrypt", "BC-FIPS", "goal");
        for (Rows.Row row : Rows.of(figures)) {
            line(
                    table,
                    row.label(),
                    cell(row.figures().get(Backend.JSSE)),
                    cell(row.figures().get(Backend.CONSCRYPT)),
                    cell(row.figures().get(Backend.BCFIPS)),
                    row.goal());
        }
        return table.append('\n').append(LEGEND).toString();
    }

    private static void line(StringBuilder table, Object... cells) {
        table.append(String.format(Locale.ROOT, LINE, cells).stripTrailing()).append('\n');
    }

    private static String cell(Figure figure) {
        if (figure == null) {
            return "-";
        }
        return figure.median() + (figure.shortOfGoal() ? "*" : "") + figure.spread();
    }
}
