package io.omnitls.forge.differential;

import io.omnitls.forge.oracle.OpenSslVerify.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Puts random cases before the judge and before verifiers, and reports where they fall out. */
public final class Differential {
    private final Path directory;
    private final Verifiers verifiers;

    /** The verifiers to hold to the judge. */
    public interface Verifiers {
        /**
         * Their verdicts by name; {@link Verdict#UNREADABLE} when the anchors or CRLs cannot be loaded, {@link
         * Verdict#threw} when a verifier failed.
         */
        Map<String, Verdict> verdicts(RandomCase one) throws Exception;
    }

    /**
     * What was found.
     *
     * @param codes how often the judge gave each code
     * @param mismatches descriptions, each with what repeats it
     * @param known how often each known difference was met
     */
    public record Report(Map<Integer, Integer> codes, List<String> mismatches, Map<KnownDifference, Integer> known) {}

    /** What one case came to. */
    private record Outcome(Verdict judge, List<String> mismatches, List<KnownDifference> known) {}

    /** @param directory for the files of the judge */
    public Differential(Path directory, Verifiers verifiers) {
        this.directory = directory;
        this.verifiers = verifiers;
    }

    /** Runs the cases of {@code count} seeds from {@code seed} on. */
    public Report run(long seed, int count) throws InterruptedException {
        ExecutorService workers =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            List<Future<Outcome>> outcomes = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                long own = seed + i;
                outcomes.add(workers.submit(() -> judge(RandomCase.of(own))));
            }
            return report(outcomes);
        } finally {
            workers.shutdownNow();
            // Nobody may write into the directory when it is cleaned up.
            workers.awaitTermination(1, TimeUnit.MINUTES);
        }
    }

    private static Report report(List<Future<Outcome>> outcomes) throws InterruptedException {
        Map<Integer, Integer> codes = new TreeMap<>();
        List<String> mismatches = new ArrayList<>();
        Map<KnownDifference, Integer> known = new TreeMap<>();
        for (Future<Outcome> future : outcomes) {
            try {
                Outcome outcome = future.get();
                codes.merge(outcome.judge().code(), 1, Integer::sum);
                mismatches.addAll(outcome.mismatches());
                outcome.known().forEach(difference -> known.merge(difference, 1, Integer::sum));
            } catch (ExecutionException e) {
                throw new AssertionError(e.getCause());
            }
        }
        return new Report(codes, mismatches, known);
    }

    private Outcome judge(RandomCase one) throws Exception {
        Verdict judge = one.question().run(directory);
        List<String> mismatches = new ArrayList<>();
        List<KnownDifference> known = new ArrayList<>();
        for (Map.Entry<String, Verdict> entry : verifiers.verdicts(one).entrySet()) {
            Verdict ours = entry.getValue();
            if (agree(judge, ours)) {
                continue;
            }
            Optional<KnownDifference> difference = KnownDifference.of(entry.getKey(), one, judge, ours);
            if (difference.isPresent()) {
                known.add(difference.get());
            } else {
                mismatches.add(
                        entry.getKey() + ": " + ours + " instead of " + judge + ", -Dverify.cases=1 -Dverify.seed="
                                + one.seed() + " " + one.options() + " " + one.purpose() + " level " + one.level()
                                + "\n  ours: "
                                + ours.output() + "\n  judge: "
                                + judge.output().lines().limit(3).toList());
            }
        }
        return new Outcome(judge, mismatches, known);
    }

    /** What cannot be read must not be accepted; which code it gets is not the judge's to say. */
    private static boolean agree(Verdict judge, Verdict ours) {
        if (judge.code() == Verdict.UNREADABLE) {
            return ours.code() != 0 && ours.code() != Verdict.THREW;
        }
        return judge.code() == ours.code() && judge.depth() == ours.depth();
    }
}
