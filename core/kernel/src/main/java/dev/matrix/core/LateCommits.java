package dev.matrix.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * From when on to read rows that are followed by a time which their transactions wrote before they committed. Who reads "what is
 * new since my last read" passes by a row that commits after that read with a time before it. So each read goes back a minute,
 * one read a minute goes back an hour, and one an hour goes back a day: a row is found at the first read after its commit if its
 * transaction lasted less than a minute, within a minute if it lasted less than an hour, and within an hour up to a day. Rows are
 * found more than once, so what is done with them must be repeatable.
 *
 * <p>Immutable: a reader keeps {@link #readAt} only once its read counts.
 */
public final class LateCommits {

    /** Transactions that last longer aren't waited for. */
    public static final Duration LONGEST = Duration.ofDays(1);

    private record Tier(Duration back, Duration every) {}

    private static final List<Tier> TIERS = List.of(
            new Tier(Duration.ofMinutes(1), Duration.ZERO),
            new Tier(Duration.ofHours(1), Duration.ofMinutes(1)),
            new Tier(LONGEST, Duration.ofHours(1)));

    private final List<Instant> lastReads;

    private LateCommits(List<Instant> lastReads) {
        this.lastReads = lastReads;
    }

    /** After a first read, of everything, at {@code now}. */
    public static LateCommits readAllAt(Instant now) {
        return new LateCommits(TIERS.stream().map(tier -> now).toList());
    }

    /** The earliest time of rows that a read at {@code now} has to look at; store time. */
    public Instant since(Instant now) {
        Instant since = now;
        for (int i = 0; i < TIERS.size(); i++) {
            Instant from = lastReads.get(i).minus(TIERS.get(i).back());
            since = isDue(i, now) && from.isBefore(since) ? from : since;
        }
        return since;
    }

    /** After a read at {@code now} from {@link #since} on. */
    public LateCommits readAt(Instant now) {
        List<Instant> reads = new ArrayList<>(lastReads);
        for (int i = 0; i < TIERS.size(); i++) {
            if (isDue(i, now)) {
                reads.set(i, now);
            }
        }
        return new LateCommits(List.copyOf(reads));
    }

    private boolean isDue(int tier, Instant now) {
        return !now.isBefore(lastReads.get(tier).plus(TIERS.get(tier).every()));
    }
}
