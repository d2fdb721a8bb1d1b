package io.omnitls.benchmarks.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Contenders that take turns in one JVM: A B, B A, A B ... Whatever disturbs the machine disturbs them alike, and what
 * one turn is divided by was measured next to it.
 */
public final class Interleaved {
    private static final int WARM_UPS = 4;

    private final List<Contender> contenders;
    private final Clock clock;
    private final Plan plan;

    /** The first contender is what the others are compared with. */
    public Interleaved(List<? extends Contender> contenders, Clock clock, Plan plan) {
        this.contenders = List.copyOf(contenders);
        this.clock = clock;
        this.plan = plan;
    }

    /** How fast each contender is beside the first one, higher is faster; the first one is not in the list. */
    public List<Measured> speeds() throws Exception {
        int[] times = warmUp();
        double[][] costs = new double[times.length][plan.turns()];
        for (int turn = 0; turn < plan.turns(); turn++) {
            for (int place = 0; place < times.length; place++) {
                int i = turn % 2 == 0 ? place : times.length - 1 - place;
                costs[i][turn] = cost(contenders.get(i), times[i]) / times[i];
            }
        }
        List<Measured> speeds = new ArrayList<>();
        for (int i = 1; i < times.length; i++) {
            double[] ratios = new double[plan.turns()];
            for (int turn = 0; turn < ratios.length; turn++) {
                ratios[turn] = costs[0][turn] / costs[i][turn];
            }
            speeds.add(new Measured(contenders.get(i).name(), Ratio.of(ratios)));
        }
        return speeds;
    }

    /** By turns too, so that the compiler sees all of them before it decides; how many times each works in a turn. */
    private int[] warmUp() throws Exception {
        int[] times = new int[contenders.size()];
        Arrays.fill(times, 1);
        for (int round = 0; round < WARM_UPS; round++) {
            for (int i = 0; i < times.length; i++) {
                times[i] = warmUp(contenders.get(i), times[i], plan.warmUp().toNanos() / WARM_UPS);
            }
        }
        return times;
    }

    /** By the clock of the measurement: on a busy machine a second has few turns. */
    private int warmUp(Contender contender, int begin, double nanos) throws Exception {
        int times = begin;
        double spent = 0;
        while (true) {
            double cost = Math.max(1, cost(contender, times));
            spent += cost;
            if (spent >= nanos) {
                return (int) Math.max(1, Math.min(1e9, times * (plan.turn().toNanos() / cost)));
            }
            if (cost < plan.turn().toNanos() / 2.0) {
                times *= 2;
            }
        }
    }

    private double cost(Contender contender, int times) throws Exception {
        long before = clock.nanos();
        contender.run(times);
        return clock.nanos() - before;
    }
}
