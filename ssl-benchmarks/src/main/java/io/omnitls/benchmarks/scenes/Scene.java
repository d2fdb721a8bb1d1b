package io.omnitls.benchmarks.scenes;

import io.omnitls.benchmarks.measure.Measured;
import io.omnitls.benchmarks.measure.Plan;
import io.omnitls.benchmarks.peers.Backend;
import java.util.List;
import java.util.function.Predicate;

/**
 * A row of the table: some work, and all who do it.
 *
 * @param id what {@code --scene} calls it
 * @param title what tables call it
 * @param goal what the contender {@code OmniTLS} is to reach
 * @param where the providers that can do it
 * @param onlyLong whether only the thorough form has it
 */
public record Scene(
        String id, String title, Unit unit, Goal goal, Predicate<Backend> where, boolean onlyLong, Body body) {

    /** Does the work; what each contender but the first one reached. */
    @FunctionalInterface
    public interface Body {
        List<Measured> measure(Backend backend, Plan plan) throws Exception;
    }

    static Scene speed(String id, String title, double goal, Body body) {
        return new Scene(id, title, Unit.RATIO, new Goal(goal), backend -> true, false, body);
    }

    static Scene bytes(String id, String title, double goal, Body body) {
        return new Scene(id, title, Unit.BYTES, new Goal(goal), backend -> true, false, body);
    }

    Scene where(Predicate<Backend> able) {
        return new Scene(id, title, unit, goal, able, onlyLong, body);
    }

    Scene onlyInLongForm() {
        return new Scene(id, title, unit, goal, where, true, body);
    }
}
