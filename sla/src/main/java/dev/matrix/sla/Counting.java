package dev.matrix.sla;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What this node counts: the series of all bindings, the current minute, and what was taken from the series and isn't stored yet.
 * Recorders count without locks; minutes are advanced and taken by one step at a time.
 */
final class Counting {

    /** How many minutes back, beside the current one, a request may still be counted in a slot. */
    static final int OPEN = 5;

    private static final int KEPT_MINUTES = 24 * 60;
    private static final long MOST_AHEAD_SECONDS = 60;
    private static final int MOST_LATE = 100_000;

    private final InstantSource clock;
    private final Map<String, Series> series = new ConcurrentHashMap<>();
    private final LongAdder overflow = new LongAdder();
    private final LongAdder rejected = new LongAdder();
    private final LongAdder lostMinutes = new LongAdder();

    /** Raised when series were added or removed; recorders look their series up again then. */
    private final AtomicInteger generation = new AtomicInteger(1);

    private volatile long minute;
    private volatile int incarnation;

    private final Object lock = new Object();
    private final TreeMap<Long, Taken> taken = new TreeMap<>();
    private final Map<Late, MinuteCounts> late = new HashMap<>();
    private final List<LateCounts> lateTaken = new ArrayList<>();
    private long lateNumber;
    private List<Batch.Range> known = List.of();
    private Set<Integer> shards = Set.of();

    private record Late(long minute, Series series) {}

    /** Requests of a minute whose own counts may be forgotten here: stored once, apart, under a number of this node's. */
    record LateCounts(long number, long minute, Map<Series, MinuteCounts> counts) {}

    /** A minute of this node: absolute counts, and whether all of them are stored. */
    static final class Taken {

        final Map<Series, MinuteCounts> counts = new HashMap<>();
        boolean alive;
        boolean changed;
        List<Batch.Range> known = List.of();
        Set<Integer> shards = Set.of();
    }

    Counting(InstantSource clock) {
        this.clock = clock;
        this.minute = minute(clock.instant());
    }

    static long minute(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), 60L);
    }

    // Recording, on any thread.

    SlaRecorder recorder(String subscription) {
        return new Counter(this, subscription);
    }

    int generation() {
        return generation.get();
    }

    @Nullable
    Series series(String subscription) {
        return series.get(subscription);
    }

    void drop() {
        rejected.increment();
    }

    void overflow() {
        overflow.increment();
    }

    void count(Series to, long durationNanos, Outcome outcome) {
        to.count((int) (minute & (Series.SLOTS - 1)), durationNanos, outcome);
    }

    void countAt(Series to, Instant at, long durationNanos, Outcome outcome) {
        Instant now = clock.instant();
        if (at.isAfter(now.plusSeconds(MOST_AHEAD_SECONDS))) {
            drop();
            return;
        }
        long current = minute;
        long own = Math.min(minute(at), current);
        if (own >= current - OPEN) {
            to.count((int) (own & (Series.SLOTS - 1)), durationNanos, outcome);
        } else {
            countLate(to, own, durationNanos, outcome);
        }
    }

    /** Rare, so it may take a lock and allocate. */
    private void countLate(Series to, long own, long durationNanos, Outcome outcome) {
        Series one = new Series(to.number, to.shard, to.slowAbove());
        one.count(0, durationNanos, outcome);
        synchronized (lock) {
            if (late.size() >= MOST_LATE) {
                drop();
            } else {
                late.merge(new Late(own, to), one.take(0), MinuteCounts::plus);
            }
        }
    }

    // The node's steps, one at a time.

    /**
     * Makes the series those of these subscriptions; kept ones keep their counts.
     *
     * @param reported shards that want to hear that this node lives, as their subscriptions have open periods
     */
    void series(Map<String, Series> current, Set<Integer> reported) {
        boolean changed = !series.keySet().equals(current.keySet());
        current.forEach((subscription, each) -> series.merge(subscription, each, (kept, made) -> {
            kept.slowAbove(made.slowAbove());
            return kept;
        }));
        if (changed) {
            series.keySet().retainAll(current.keySet());
            generation.incrementAndGet();
        }
        synchronized (lock) {
            shards = Set.copyOf(reported);
            known = Batch.ranges(
                    series.values().stream().map(each -> each.number).toList());
        }
    }

    /**
     * Moves the current minute on. A clock that steps back a little reopens nothing; one that was more than a minute ahead lets
     * counting go on at the true minute, under a new incarnation. The minute is one in which this node lived.
     */
    void advance(Instant now) {
        long next = minute(now);
        if (next > minute) {
            minute = next;
        } else if (minute - next > 1) {
            back(next);
        }
        synchronized (lock) {
            Taken current = taken.computeIfAbsent(minute, any -> new Taken());
            if (!current.alive) {
                current.alive = true;
                current.changed = true;
                current.known = known;
                current.shards = shards;
            }
        }
    }

    /** What was counted ahead of the true minute is dropped, and told of. */
    private void back(long to) {
        synchronized (lock) {
            for (Series each : series.values()) {
                for (int slot = 0; slot < Series.SLOTS; slot++) {
                    rejected.add(each.take(slot).valid());
                }
            }
            lostMinutes.add(taken.tailMap(to, false).size());
            taken.tailMap(to, false).clear();
            minute = to;
            incarnation++;
        }
    }

    /** Raised when counting had to go back. */
    int incarnation() {
        return incarnation;
    }

    /** Takes all slots and hands out the minutes that are over and changed since they were stored; see {@link #stored}. */
    List<Map.Entry<Long, Taken>> takeClosed(boolean all) {
        synchronized (lock) {
            long current = minute;
            for (Series each : series.values()) {
                for (int back = 0; back < Series.SLOTS; back++) {
                    long of = current - back;
                    MinuteCounts counts = each.take((int) (of & (Series.SLOTS - 1)));
                    if (!counts.isIdle()) {
                        keep(back > OPEN ? current : of, each, counts);
                    }
                }
            }
            while (!taken.isEmpty() && taken.firstKey() < current - KEPT_MINUTES) {
                if (taken.pollFirstEntry().getValue().changed) {
                    lostMinutes.increment();
                }
            }
            List<Map.Entry<Long, Taken>> closed = new ArrayList<>();
            taken.forEach((of, each) -> {
                if (each.changed && (all || of < current)) {
                    closed.add(Map.entry(of, each));
                }
            });
            return closed;
        }
    }

    /** Hands out what came too late for the minutes above, until {@link #lateStored}. */
    List<LateCounts> takeLate() {
        synchronized (lock) {
            Map<Long, Map<Series, MinuteCounts>> minutes = new TreeMap<>();
            late.forEach((where, counts) -> minutes.computeIfAbsent(where.minute(), any -> new HashMap<>())
                    .put(where.series(), counts));
            late.clear();
            minutes.forEach((of, counts) -> lateTaken.add(new LateCounts(++lateNumber, of, counts)));
            return List.copyOf(lateTaken);
        }
    }

    void lateStored(List<LateCounts> stored) {
        synchronized (lock) {
            lateTaken.removeAll(stored);
        }
    }

    private void keep(long of, Series each, MinuteCounts counts) {
        Taken where = taken.computeIfAbsent(of, any -> new Taken());
        where.counts.merge(each, counts, MinuteCounts::plus);
        where.changed = true;
    }

    /** These minutes are stored; what can't change any more is forgotten. */
    void stored(Collection<Long> minutes) {
        synchronized (lock) {
            for (long each : minutes) {
                Taken where = taken.get(each);
                if (where != null) {
                    where.changed = false;
                }
            }
            taken.headMap(minute - Series.SLOTS - OPEN).values().removeIf(each -> !each.changed);
        }
    }

    static Instant nextMinute(Instant now) {
        return Instant.ofEpochSecond((minute(now) + 1) * 60);
    }

    long minute() {
        return minute;
    }

    long overflowed() {
        return overflow.sum();
    }

    long rejected() {
        return rejected.sum();
    }

    long lostMinutes() {
        return lostMinutes.sum();
    }

    int waiting() {
        synchronized (lock) {
            return (int) taken.values().stream().filter(each -> each.changed).count();
        }
    }

    int size() {
        return series.size();
    }
}
