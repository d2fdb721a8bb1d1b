package io.omnitls.benchmarks.report;

import io.omnitls.benchmarks.measure.Ratio;
import io.omnitls.benchmarks.peers.Backend;
import io.omnitls.benchmarks.peers.Names;
import io.omnitls.benchmarks.scenes.Catalogue;

/** Figures that nobody measured. */
final class Figures {
    private Figures() {}

    static Figure ours(String scene, Backend provider, double median) {
        return of(scene, provider, Names.OURS, median);
    }

    static Figure of(String scene, Backend provider, String contender, double median) {
        return new Figure(
                Catalogue.named(scene).orElseThrow(),
                provider,
                contender,
                new Ratio(median - 0.01, median, median + 0.01));
    }
}
