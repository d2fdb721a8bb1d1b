package io.omnitls.benchmarks.report;

import io.omnitls.benchmarks.peers.Backend;
import java.util.List;

/** The table for docs/performance.md. */
public final class MarkdownTable {
    private MarkdownTable() {}

    /** With the circumstances below; ends with a line break. */
    public static String of(List<Figure> figures, Circumstances circumstances) {
        StringBuilder table = new StringBuilder(
                "| scene | | JSSE | Conscrypt | BC-FIPS | goal |\n" + "| --- | --- | --- | --- | --- | --- |\n");
        for (Rows.Row row : Rows.of(figures)) {
            String scene = row.ours() ? "`" + row.scene().id() + "`" : "";
            table.append("| ").append(scene).append(" | ").append(row.label().strip());
            for (Backend backend : Backend.values()) {
                table.append(" | ").append(cell(row.figures().get(backend), row.ours()));
            }
            table.append(" | ").append(row.goal()).append(" |\n");
        }
        return table.append("\n").append(circumstances).append(".\n").toString();
    }

    private static String cell(Figure figure, boolean ours) {
        if (figure == null) {
            return "";
        }
        String median = ours ? "**" + figure.median() + "**" : figure.median();
        return median + (figure.shortOfGoal() ? "\\*" : "") + figure.spread();
    }
}
