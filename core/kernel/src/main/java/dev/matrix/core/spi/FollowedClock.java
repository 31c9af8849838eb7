package dev.matrix.core.spi;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.StorageException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Store time for stores that have a clock of their own: the last answer of that clock, and what has elapsed since by a
 * monotonic source. The node's wall clock has no part in it, so nobody who sets that one moves store time. Thread-safe.
 *
 * <p>An answer is taken to be from the middle of its round trip, and is thrown away when that took longer than 1 s. An
 * answer more than 1 s away from what was expected isn't believed at once: store time goes on as before and is untrusted
 * until either the next answer is the expected one again, or two further ones agree with the surprising one; then store
 * time steps there, forwards or backwards. By less than 1 s it never steps back, but stands still instead.
 *
 * <p>A monotonic source may miss the time for which the whole machine was suspended. Store time is then behind, where it
 * does no harm, as tokens fence off what was done under a lease that has ended; the next answer finds it out.
 */
public final class FollowedClock implements StoreClock {

    private static final Duration TRUSTED_FOR = Duration.ofSeconds(60);
    private static final Duration LONGEST_ROUND_TRIP = Duration.ofSeconds(1);
    private static final Duration NEAR = Duration.ofSeconds(1);
    private static final int TRIES = 3;
    private static final int BELIEVED = 3;

    /** Asks the store for its time, once. */
    @FunctionalInterface
    public interface Source {

        /**
         * One round trip, as short as can be: without the wait for a connection.
         *
         * @param ticks to be read right before the question and right after the answer
         * @throws StorageException when there is no answer
         */
        Answer ask(LongSupplier ticks);
    }

    /**
     * What a store has answered.
     *
     * @param asked ticks when it was asked
     * @param time its time
     * @param told ticks when the answer was there
     */
    public record Answer(long asked, Instant time, long told) {

        public Answer {
            requireNonNull(time, "time");
        }

        private Duration roundTrip() {
            return Duration.ofNanos(told - asked);
        }

        private boolean isQuick() {
            return roundTrip().compareTo(LONGEST_ROUND_TRIP) <= 0;
        }

        /** The store's time at another moment, judged by this answer. */
        private Instant at(long ticks) {
            return time.plusNanos((told - asked) / 2 + (ticks - told));
        }

        private boolean isNear(Answer other) {
            Duration apart = Duration.between(at(other.told), other.at(other.told));
            return apart.abs().compareTo(NEAR) <= 0;
        }
    }

    /**
     * What this node makes of the answers so far.
     *
     * @param base the answer that store time is judged by
     * @param confirmed whether no later answer disagrees with it, and another agrees
     * @param surprise the last answer that was far from {@code base}, if no other has come since that is near
     * @param agreed how many answers in a row agree with the surprise, itself included
     */
    private record Known(
            Answer base, boolean confirmed, @Nullable Answer surprise, int agreed) {

        static Known first(Answer answer) {
            return new Known(answer, false, null, 0);
        }

        Known and(Answer next) {
            if (base.isNear(next)) {
                return new Known(next, true, null, 0);
            }
            int agreeing = surprise != null && surprise.isNear(next) ? agreed + 1 : 1;
            return agreeing == BELIEVED ? new Known(next, true, null, 0) : new Known(base, false, next, agreeing);
        }
    }

    private final Source source;
    private final LongSupplier ticks;
    private volatile Known known;
    private final AtomicReference<Instant> latest = new AtomicReference<>(Instant.MIN);

    private FollowedClock(Source source, LongSupplier ticks) {
        this.source = source;
        this.ticks = ticks;
        this.known = Known.first(quickest());
    }

    /**
     * A clock that has had its first answers; it is trusted at once if they were quick and agree.
     *
     * @param ticks nanoseconds that never go back, of which differences alone count: {@link System#nanoTime}
     * @throws StorageException when the store gives no answer
     */
    public static FollowedClock of(Source source, LongSupplier ticks) {
        FollowedClock clock = new FollowedClock(requireNonNull(source, "source"), requireNonNull(ticks, "ticks"));
        clock.hear(clock.quickest());
        return clock;
    }

    @Override
    public Instant instant() {
        Instant now = known.base().at(ticks.getAsLong()).truncatedTo(ChronoUnit.MICROS);
        return latest.accumulateAndGet(now, FollowedClock::later);
    }

    /** The former reading while it is a little ahead; what is further ahead was wrong, and isn't kept. */
    private static Instant later(Instant former, Instant read) {
        return former.isAfter(read) && !former.isAfter(read.plus(NEAR)) ? former : read;
    }

    /**
     * {@inheritDoc}
     *
     * @throws StorageException when the store gives no answer, or took longer than 1 s for it three times in a row
     */
    @Override
    public void refresh() {
        if (!hear(quickest())) {
            throw new StorageException("The store took longer than " + LONGEST_ROUND_TRIP.toMillis() + " ms to tell its"
                    + " time, " + TRIES + " times in a row. It is overloaded or far away, or this process gets no"
                    + " processor time; it is asked again.");
        }
    }

    /** The first quick answer; after three tries the quickest of them. */
    private Answer quickest() {
        Answer best = source.ask(ticks);
        for (int tries = 1; tries < TRIES && !best.isQuick(); tries++) {
            Answer next = source.ask(ticks);
            best = next.roundTrip().compareTo(best.roundTrip()) < 0 ? next : best;
        }
        return best;
    }

    private synchronized boolean hear(Answer answer) {
        boolean quick = answer.isQuick();
        if (quick) {
            known = known.and(answer);
        }
        return quick;
    }

    @Override
    public boolean isTrusted() {
        Known now = known;
        Duration age = Duration.ofNanos(ticks.getAsLong() - now.base().told());
        return now.confirmed() && age.compareTo(TRUSTED_FOR) <= 0;
    }
}
