package io.omnitls.benchmarks.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.benchmarks.bench.BenchOptions.UsageException;
import io.omnitls.benchmarks.peers.Backend;
import io.omnitls.benchmarks.scenes.Catalogue;
import io.omnitls.benchmarks.scenes.Scene;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchOptionsTest {
    @Test
    void withoutOptionsItIsTheShortFormOfEverything() throws UsageException {
        BenchOptions options = BenchOptions.parse();
        assertEquals(Form.SHORT, options.form());
        assertEquals(List.of(Backend.values()), options.providers());
        assertFalse(options.scenes().stream().anyMatch(Scene::onlyLong));
        assertTrue(options.json().isEmpty() && options.svg().isEmpty() && !options.markdown());
    }

    @Test
    void theLongFormHasAllScenesAndTheSmokeFormFew() throws UsageException {
        assertEquals(Catalogue.all(), BenchOptions.parse("--long").scenes());
        assertEquals(Catalogue.smoke(), BenchOptions.parse("--smoke").scenes());
        assertTrue(BenchOptions.parse("--smoke", "--store").store());
    }

    @Test
    void namedOnesAreTakenOnceAndInOrder() throws UsageException {
        BenchOptions options = BenchOptions.parse(
                "--scene", "selector-6000", "--scene", "bio-64", "--scene", "bio-64", "--provider", "bcfips");
        assertEquals(
                List.of("selector-6000", "bio-64"),
                options.scenes().stream().map(Scene::id).toList());
        assertEquals(List.of(Backend.BCFIPS), options.providers());
    }

    @Test
    void filesAreKnownToBeWritableBefore(@TempDir Path directory) throws UsageException {
        Path file = directory.resolve("chart.svg");
        assertEquals(file, BenchOptions.parse("--svg", file.toString()).svg().orElseThrow());
        for (Path wrong : List.of(directory, directory.resolve("none/chart.svg"))) {
            UsageException e = assertThrows(UsageException.class, () -> BenchOptions.parse("--svg", wrong.toString()));
            assertEquals("--svg: " + wrong + " cannot be written", e.getMessage());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--lnog, there is no option --lnog",
        "bio-64, there is no option bio-64",
        "--scene, --scene wants a value",
        "--scene bio, there is no scene bio; --help lists them",
        "--provider openssl, 'there is no provider openssl; there are jsse, conscrypt, bcfips'",
        "--store, --store goes with --smoke",
        "--smoke --store --provider jsse, --store stores the figures of all scenes and providers",
        "--long --smoke, --long and --smoke are different forms"
    })
    void whatIsWrongIsSaid(String line, String message) {
        UsageException e = assertThrows(UsageException.class, () -> BenchOptions.parse(line.split(" ")));
        assertEquals(message, e.getMessage());
    }

    @Test
    void theHelpListsEveryScene() {
        String help = BenchOptions.usage();
        Catalogue.all().forEach(scene -> assertTrue(help.contains("  " + scene.id() + " "), scene.id()));
    }
}
