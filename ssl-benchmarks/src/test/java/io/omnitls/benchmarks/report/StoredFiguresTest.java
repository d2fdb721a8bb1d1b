package io.omnitls.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.benchmarks.peers.Backend;
import io.omnitls.benchmarks.peers.Names;
import io.omnitls.benchmarks.scenes.Catalogue;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoredFiguresTest {
    private static boolean fallen(String stored, Figure figure) throws IOException {
        return !StoredFigures.read(new StringReader(stored))
                .fallen(List.of(figure))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1.000, 0.86, false", "1.000, 0.84, true", "1.000, 2.00, false", "1.000, NaN, true"})
    void aRatioFallsByMoreThanFifteenPercent(String stored, double median, boolean fallen) throws IOException {
        assertEquals(fallen, fallen("bio-16k.jsse=" + stored, Figures.ours("bio-16k", Backend.JSSE, median)));
    }

    @ParameterizedTest
    @CsvSource({
        "1000, 1200, false",
        "1000, 1220, true",
        "0, 60, false",
        "0, 70, true",
        "-5000, 0, false",
        "1000, -1, false"
    })
    void bytesFallByGrowing(String stored, double median, boolean fallen) throws IOException {
        Figure figure = Figures.ours("alloc-message", Backend.BCFIPS, median);
        assertEquals(fallen, fallen("alloc-message.bcfips=" + stored, figure));
    }

    @Test
    void whatNobodyStoredIsAFallAndIsToldSo() throws IOException {
        Figure figure = Figures.ours("bio-64", Backend.CONSCRYPT, 1.0);
        StoredFigures stored = StoredFigures.read(new StringReader("bio-64.jsse=1.0"));
        assertEquals(List.of(figure), stored.fallen(List.of(figure)));
        assertEquals("TlsBioConnection, 64 B, Conscrypt: 1.00, and no figure is stored", stored.complaint(figure));
    }

    @Test
    void onlyOurFiguresCanFall() throws IOException {
        assertFalse(fallen("bio-16k.jsse=1.0", Figures.of("bio-16k", Backend.JSSE, Names.BARE_HEAP, 0.1)));
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        Figure figure = Figures.ours("handshake", Backend.JSSE, 0.875);
        String written = StoredFigures.toProperties(List.of(figure));
        assertFalse(fallen(written, figure));
        assertTrue(fallen(written, Figures.ours("handshake", Backend.JSSE, 0.5)));
    }

    @Test
    void theBuildHasAFigureForEachSceneAndProviderOfTheSmokeForm() throws IOException {
        StoredFigures stored = StoredFigures.ofBuild();
        for (Backend backend : Backend.values()) {
            Catalogue.smoke().forEach(scene -> {
                double best = scene.id().startsWith("alloc") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
                assertEquals(List.of(), stored.fallen(List.of(Figures.ours(scene.id(), backend, best))));
            });
        }
    }
}
