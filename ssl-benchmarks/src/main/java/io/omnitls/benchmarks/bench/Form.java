package io.omnitls.benchmarks.bench;

import io.omnitls.benchmarks.measure.Plan;
import io.omnitls.benchmarks.scenes.Catalogue;
import io.omnitls.benchmarks.scenes.Scene;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** How much is measured. */
enum Form {
    SHORT(Plan.SHORT, Duration.ofMinutes(8)),
    LONG(Plan.LONG, Duration.ofHours(2)),
    SMOKE(Plan.SMOKE, Duration.ofMinutes(3));

    private final Plan plan;
    private final Duration atMost;

    Form(Plan plan, Duration atMost) {
        this.plan = plan;
        this.atMost = atMost;
    }

    Plan plan() {
        return plan;
    }

    /** A JVM that takes longer hangs. */
    Duration atMost() {
        return atMost;
    }

    /** The scenes unless others are named. */
    List<Scene> scenes() {
        return switch (this) {
            case SHORT ->
                Catalogue.all().stream().filter(scene -> !scene.onlyLong()).toList();
            case LONG -> Catalogue.all();
            case SMOKE -> Catalogue.smoke();
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
