package io.omnitls.benchmarks.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Everything, for programs. */
public final class JsonReport {
    private JsonReport() {}

    /** One JSON object: the circumstances, and an array of figures. */
    public static String of(List<Figure> figures, Circumstances circumstances) {
        return "{\n"
                + String.format(
                        Locale.ROOT,
                        "  \"date\": %s, \"jdk\": %s, \"system\": %s, \"cores\": %d, \"load\": %.2f,"
                                + " \"commit\": %s, \"form\": %s,%n",
                        string(circumstances.date()),
                        string(circumstances.jdk()),
                        string(circumstances.system()),
                        circumstances.cores(),
                        circumstances.load(),
                        string(circumstances.commit()),
                        string(circumstances.form()))
                + "  \"figures\": [\n"
                + figures.stream().map(JsonReport::figure).collect(Collectors.joining(",\n"))
                + "\n  ]\n}\n";
    }

    private static String figure(Figure figure) {
        return String.format(
                Locale.ROOT,
                "    {\"scene\": %s, \"provider\": %s, \"contender\": %s, \"unit\": %s,"
                        + " \"lower\": %.4f, \"median\": %.4f, \"upper\": %.4f, \"goal\": %s}",
                string(figure.scene().id()),
                string(figure.provider().id()),
                string(figure.contender()),
                string(figure.scene().unit().name().toLowerCase(Locale.ROOT)),
                figure.ratio().lower(),
                figure.ratio().median(),
                figure.ratio().upper(),
                figure.ours() && figure.scene().goal().exists()
                        ? String.format(
                                Locale.ROOT, "%.2f", figure.scene().goal().value())
                        : "null");
    }

    static String string(String value) {
        StringBuilder json = new StringBuilder("\"");
        for (char c : value.toCharArray()) {
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
