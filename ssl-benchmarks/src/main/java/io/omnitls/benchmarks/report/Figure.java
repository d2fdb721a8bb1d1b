package io.omnitls.benchmarks.report;

import io.omnitls.benchmarks.measure.Ratio;
import io.omnitls.benchmarks.peers.Backend;
import io.omnitls.benchmarks.peers.Names;
import io.omnitls.benchmarks.scenes.Catalogue;
import io.omnitls.benchmarks.scenes.Scene;
import io.omnitls.benchmarks.scenes.Unit;

/** What one contender reached in a scene with a provider. */
public record Figure(Scene scene, Backend provider, String contender, Ratio ratio) {

    /** A line, as one process hands it to another. */
    public String toLine() {
        return String.join(
                "\t",
                scene.id(),
                provider.id(),
                contender,
                Double.toString(ratio.lower()),
                Double.toString(ratio.median()),
                Double.toString(ratio.upper()));
    }

    /** The figure of a line of {@link #toLine}. */
    public static Figure ofLine(String line) {
        String[] fields = line.split("\t", -1);
        return new Figure(
                Catalogue.named(fields[0]).orElseThrow(),
                Backend.of(fields[1]),
                fields[2],
                new Ratio(Double.parseDouble(fields[3]), Double.parseDouble(fields[4]), Double.parseDouble(fields[5])));
    }

    /** Whether it is what the scene's goal is for. */
    public boolean ours() {
        return contender.equals(Names.OURS);
    }

    /** The middle, as tables show it. */
    public String median() {
        return scene.unit().format(ratio.median());
    }

    /** The quartiles of a ratio; bytes hardly spread. */
    public String spread() {
        return scene.unit() == Unit.RATIO
                ? " (" + scene.unit().format(ratio.lower()) + ".."
                        + scene.unit().format(ratio.upper()) + ")"
                : "";
    }

    /** Whether there is a goal that this does not reach. */
    public boolean shortOfGoal() {
        return ours() && scene.goal().exists() && !scene.unit().meets(scene.goal(), ratio.median());
    }
}
