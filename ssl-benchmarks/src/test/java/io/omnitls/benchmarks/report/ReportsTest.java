package io.omnitls.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.benchmarks.peers.Backend;
import io.omnitls.benchmarks.peers.Names;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

class ReportsTest {
    private static final Circumstances CIRCUMSTANCES =
            new Circumstances("2026-01-02", "17.0.1", "Linux amd64", 2, 0.5, "abc \"<&\"", "short");
    private static final List<Figure> FIGURES = List.of(
            Figures.of("channel-16k", Backend.JSSE, Names.TLS_CHANNEL, 0.6),
            Figures.ours("channel-16k", Backend.JSSE, 0.97),
            Figures.ours("channel-16k", Backend.BCFIPS, 0.90),
            Figures.ours("context", Backend.CONSCRYPT, 9.0),
            Figures.ours("alloc-handshake", Backend.JSSE, 183_000));

    @Test
    void theTableHasOurRowFirstAndMarksWhatIsShortOfItsGoal() {
        List<String> lines = TextTable.of(FIGURES).lines().toList();
        assertEquals(
                "TlsChannel in memory, 16 KiB                  0.97 (0.96..0.98)   -                   0.90* (0.89..0.91)  0.97",
                lines.get(1));
        assertEquals(
                "  tls-channel                                 0.60 (0.59..0.61)   -                   -",
                lines.get(2));
        assertTrue(lines.get(3).contains("+183.0 kB*"), lines.get(3));
    }

    @Test
    void markdownHasAsManyCellsInEachRow() {
        String table = MarkdownTable.of(FIGURES, CIRCUMSTANCES);
        List<String> rows = table.lines().filter(line -> line.startsWith("|")).toList();
        assertEquals(6, rows.size());
        rows.forEach(row -> assertEquals(7, row.chars().filter(c -> c == '|').count(), row));
        assertTrue(
                table.contains("| `channel-16k` | TlsChannel in memory, 16 KiB | **0.97** (0.96..0.98) |  |"), table);
    }

    @Test
    void barsEndAtTwiceTheBaseline() {
        String chart = TextChart.of(FIGURES);
        assertTrue(chart.contains("#".repeat(30) + "|" + "#".repeat(29) + " 9.00"), chart);
        assertTrue(chart.contains("#".repeat(27) + "   | 0.90"), chart);
    }

    @Test
    void svgIsXml() throws Exception {
        String svg = SvgChart.of(FIGURES, CIRCUMSTANCES);
        var document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        // The background, the legend, and a bar for each of our ratios.
        assertEquals(1 + 3 + 3, document.getElementsByTagName("rect").getLength());
    }

    @Test
    void jsonIsEscapedAndHasNoGoalForOthers() {
        String json = JsonReport.of(FIGURES, CIRCUMSTANCES);
        assertTrue(json.contains("\"commit\": \"abc \\\"<&\\\"\""), json);
        assertTrue(
                json.contains(
                        "{\"scene\": \"channel-16k\", \"provider\": \"jsse\", \"contender\": \"tls-channel\","
                                + " \"unit\": \"ratio\", \"lower\": 0.5900, \"median\": 0.6000, \"upper\": 0.6100, \"goal\": null}"),
                json);
        assertEquals("\"\\u000a\\\\\"", JsonReport.string("\n\\"));
    }

    @Test
    void aFigureIsWhatItsLineSays() {
        FIGURES.forEach(figure -> assertEquals(figure, Figure.ofLine(figure.toLine())));
    }
}
