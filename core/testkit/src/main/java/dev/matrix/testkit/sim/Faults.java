package dev.matrix.testkit.sim;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import java.time.Duration;
import java.util.stream.DoubleStream;

/**
 * What goes wrong in a {@link Simulation}, and how often; rates are probabilities, 0 to 1. Immutable.
 *
 * @param crash that a transaction, or a network call, takes its node down: before it, before its commit or right after
 * @param stall that a node, or what it is just doing alone, stands still before or after a transaction while time passes
 *     and the others go on
 * @param longestStall how long at most; four of five last a sixtieth of it at most
 * @param lostRequest that a request doesn't arrive: refused, reset, or into silence until its timeout
 * @param lostReply that a request arrives and its reply doesn't
 * @param duplicate that a request arrives twice
 * @param delay that a request or a reply takes up to the call's whole timeout instead of milliseconds
 * @param late of requests that end in silence, that it arrives after its sender gave it up at its timeout
 * @param skew by how much at most a node's clock is wrong, either way; store time is one
 * @param clockStep that a node's clock steps by up to a year, either way, or is set right, just before it is read; and then half
 *     of the times for which whole nodes stand still are suspensions of their machines, which their monotonic time misses
 */
public record Faults(
        double crash,
        double stall,
        Duration longestStall,
        double lostRequest,
        double lostReply,
        double duplicate,
        double delay,
        double late,
        Duration skew,
        double clockStep) {

    private static final Faults NONE = new Faults(0, 0, Duration.ZERO, 0, 0, 0, 0, 0, Duration.ZERO, 0);
    private static final Faults STANDARD =
            new Faults(0.001, 0.002, Duration.ofMinutes(2), 0.03, 0.03, 0.01, 0.03, 0.3, Duration.ofMinutes(10), 0);

    public Faults {
        if (DoubleStream.of(crash, stall, lostRequest, lostReply, duplicate, delay, late, clockStep)
                .anyMatch(rate -> !(rate >= 0 && rate <= 1))) {
            throw new InvalidRequestException("A rate of faults is a probability, 0 to 1.");
        }
        requireNonNull(longestStall, "longestStall");
        requireNonNull(skew, "skew");
    }

    /** Nothing goes wrong. */
    public static Faults none() {
        return NONE;
    }

    /**
     * Crashes 0.1 %, stalls 0.2 % up to 2 min, lost requests and replies 3 % each, duplicates 1 %, delays 3 %,
     * 30 % of what timed out unseen arrives late, skew 10 min.
     */
    public static Faults standard() {
        return STANDARD;
    }

    /** These faults with another rate of crashes. */
    public Faults withCrash(double rate) {
        return new Faults(rate, stall, longestStall, lostRequest, lostReply, duplicate, delay, late, skew, clockStep);
    }

    /** These faults with other stalls. */
    public Faults withStall(double rate, Duration longest) {
        return new Faults(crash, rate, longest, lostRequest, lostReply, duplicate, delay, late, skew, clockStep);
    }

    /** These faults with another network. */
    public Faults withNetwork(double lostRequests, double lostReplies, double duplicates, double delays) {
        return new Faults(
                crash, stall, longestStall, lostRequests, lostReplies, duplicates, delays, late, skew, clockStep);
    }

    /** These faults with another share of lost requests that arrive after their timeout. */
    public Faults withLate(double share) {
        return new Faults(crash, stall, longestStall, lostRequest, lostReply, duplicate, delay, share, skew, clockStep);
    }

    /** These faults with clocks that are wrong by at most {@code most}. */
    public Faults withSkew(Duration most) {
        return new Faults(crash, stall, longestStall, lostRequest, lostReply, duplicate, delay, late, most, clockStep);
    }

    /** These faults with clocks that step at this rate of their readings; none do by default. */
    public Faults withClockSteps(double rate) {
        return new Faults(crash, stall, longestStall, lostRequest, lostReply, duplicate, delay, late, skew, rate);
    }
}
