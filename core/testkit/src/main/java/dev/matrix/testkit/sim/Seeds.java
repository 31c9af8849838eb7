package dev.matrix.testkit.sim;

import java.security.SecureRandom;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Runs a scenario with many seeds: 1 to a count, always the same, and three fresh ones, so that each build looks somewhere
 * new. {@code -Dmatrix.sim.seeds=5000} sets the count, {@code -Dmatrix.sim.seed=42} runs that seed alone.
 */
public final class Seeds {

    static final String ONE = "matrix.sim.seed";
    static final String COUNT = "matrix.sim.seeds";
    private static final int FRESH = 3;

    private Seeds() {}

    /** A test of one seed; it gets everything that chance decides from it. */
    @FunctionalInterface
    public interface Scenario {

        /** Runs it; throws what a test throws when it fails. */
        void run(long seed);
    }

    /**
     * Runs the scenario with each seed, on all processors, until one fails: runs must have nothing in common.
     *
     * @throws AssertionError when a seed fails; the message names it and how to run it alone
     */
    public static void run(int count, Scenario scenario) {
        run(chosen(Long.getLong(ONE), Integer.getInteger(COUNT, count), new SecureRandom()), scenario);
    }

    static LongStream chosen(@Nullable Long one, int count, RandomGenerator random) {
        return one == null
                ? LongStream.concat(LongStream.rangeClosed(1, count), random.longs(FRESH, 1L << 32, 1L << 62))
                : LongStream.of(one);
    }

    static void run(LongStream seeds, Scenario scenario) {
        SortedMap<Long, Throwable> failures = new ConcurrentSkipListMap<>();
        seeds.parallel().filter(seed -> failures.isEmpty()).forEach(seed -> {
            try {
                scenario.run(seed);
            } catch (RuntimeException | AssertionError e) {
                failures.put(seed, e);
            }
        });
        failures.entrySet().stream().findFirst().ifPresent(first -> {
            Throwable failure = first.getValue();
            throw new AssertionError(
                    "Failed with -D" + ONE + "=" + first.getKey() + ": " + failure.getMessage(), failure);
        });
    }
}
