package io.omnitls.benchmarks.report;

import io.omnitls.benchmarks.scenes.Unit;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

/** What OmniTLS reached when the figures were stored: {@code scene.provider=median}. */
public final class StoredFigures {
    /** A figure that is worse by more than this has fallen. */
    private static final double TOLERANCE = 0.15;

    /** Bytes that come and go with what the compiler makes of a loop. */
    private static final double SOME_BYTES = 64;

    private static final String RESOURCE = "smoke.properties";

    private final Properties medians;

    private StoredFigures(Properties medians) {
        this.medians = medians;
    }

    /** Those that came with this build. */
    public static StoredFigures ofBuild() throws IOException {
        try (InputStream in = StoredFigures.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IOException(RESOURCE + " is not in the build");
            }
            return read(new InputStreamReader(in, StandardCharsets.UTF_8));
        }
    }

    static StoredFigures read(Reader properties) throws IOException {
        Properties medians = new Properties();
        medians.load(properties);
        return new StoredFigures(medians);
    }

    /** Those of OmniTLS among {@code figures} that have fallen, or that nobody stored. */
    public List<Figure> fallen(List<Figure> figures) {
        return figures.stream()
                .filter(figure -> figure.ours() && hasFallen(figure))
                .toList();
    }

    private boolean hasFallen(Figure figure) {
        String stored = medians.getProperty(key(figure));
        if (stored == null) {
            return true;
        }
        double median = figure.ratio().median();
        double before = Double.parseDouble(stored);
        return figure.scene().unit() == Unit.RATIO
                ? !(median >= before * (1 - TOLERANCE))
                : !(median <= Math.max(0, before) * (1 + TOLERANCE) + SOME_BYTES);
    }

    /** What is told of a fallen figure. */
    public String complaint(Figure figure) {
        String stored = medians.getProperty(key(figure));
        return figure.scene().title() + ", " + figure.provider().title() + ": " + figure.median()
                + (stored == null
                        ? ", and no figure is stored"
                        : ", stored is " + figure.scene().unit().format(Double.parseDouble(stored)));
    }

    /** What has to be in the file for these figures. */
    public static String toProperties(List<Figure> figures) {
        StringBuilder properties = new StringBuilder("# Written by ./bench --smoke --store\n");
        figures.stream()
                .filter(Figure::ours)
                .map(figure -> String.format(
                        Locale.ROOT, "%s=%.3f%n", key(figure), figure.ratio().median()))
                .sorted()
                .forEach(properties::append);
        return properties.toString();
    }

    private static String key(Figure figure) {
        return figure.scene().id() + "." + figure.provider().id();
    }
}
