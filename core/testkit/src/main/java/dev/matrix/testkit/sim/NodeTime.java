package dev.matrix.testkit.sim;

import dev.matrix.core.spi.FollowedClock;
import dev.matrix.core.spi.StoreClock;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/**
 * What time it is for one life of a node: by its own clock, which may be wrong and be set at any time; by its monotonic time,
 * which misses what the machine was suspended for; and by the store's clock as the node follows it, by the same class that
 * follows a real one. The node may stand still at any moment of a reading.
 */
final class NodeTime {

    /** A second to a year, in decimal powers of milliseconds. */
    private static final double SHORTEST_STEP = 3;

    private static final double LONGEST_STEP = 10.5;

    private final Simulation simulation;
    private final NodeRun run;
    private Duration wrongBy;
    private Duration suspended = Duration.ZERO;

    NodeTime(Simulation simulation, NodeRun run) {
        this.simulation = simulation;
        this.run = run;
        Duration most = simulation.faults().skew();
        this.wrongBy = simulation.upTo(most.multipliedBy(2)).minus(most);
    }

    /** The node's own clock. */
    Instant instant() {
        if (simulation.happens(simulation.faults().clockStep())) {
            SplittableRandom chance = simulation.chance();
            double size = Math.pow(10, SHORTEST_STEP + chance.nextDouble() * (LONGEST_STEP - SHORTEST_STEP));
            Duration step = Duration.ofMillis(Math.round(size));
            wrongBy = switch (chance.nextInt(3)) {
                case 0 -> Duration.ZERO;
                case 1 -> step;
                default -> step.negated();
            };
        }
        return simulation.now().plus(wrongBy);
    }

    StoreClock storeClock() {
        return FollowedClock.of(this::ask, this::ticks);
    }

    private FollowedClock.Answer ask(LongSupplier ticks) {
        long asked = ticks.getAsLong();
        Instant answer = storeTime();
        return new FollowedClock.Answer(asked, answer, ticks.getAsLong());
    }

    /** The store's clock, asked over a network. */
    Instant storeTime() {
        run.requireUp();
        run.maybeStall();
        Instant answer = simulation.now();
        run.maybeStall();
        return answer;
    }

    /** The store's clock as nobody can see it: at once. */
    Instant truth() {
        return simulation.now();
    }

    private long ticks() {
        return Duration.between(Instant.EPOCH, simulation.now())
                .minus(suspended)
                .toNanos();
    }

    /** Told when the whole node stood still. */
    void stoodStill(Duration stall) {
        if (simulation.faults().clockStep() > 0 && simulation.chance().nextBoolean()) {
            suspended = suspended.plus(stall);
        }
    }
}
