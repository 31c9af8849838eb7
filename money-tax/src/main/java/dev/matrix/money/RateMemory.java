package dev.matrix.money;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.matrix.core.ConflictException;
import dev.matrix.core.LateCommits;
import dev.matrix.core.NotFoundException;
import dev.matrix.core.money.RatePoint;
import dev.matrix.core.spi.Tx;
import dev.matrix.money.spi.AsOf;
import dev.matrix.money.spi.FxSnapshotStore;
import dev.matrix.money.spi.FxSnapshotStore.Change;
import dev.matrix.money.spi.Series;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What conversions read: the newest snapshots, and the last 512 views of the past that were asked for. Follows what this
 * node and others accept. Thread-safe; reading takes no lock.
 */
final class RateMemory {

    private static final int PAST_VIEWS = 512;

    /** A view of a moment ago is likely to change, so it isn't worth keeping. */
    private static final Duration SETTLED_AFTER = Duration.ofMinutes(1);

    private record Newest(RateView view, Instant readAt, LateCommits reads) {}

    private final Feeds feeds;
    private final FxSnapshotStore store;
    private final InstantSource clock;
    private final Cache<RatePoint, RateView> past = Caffeine.newBuilder()
            .maximumSize(PAST_VIEWS)
            .executor(Runnable::run)
            .build();
    private final Cache<Tx, RateMemory> writers =
            Caffeine.newBuilder().weakKeys().executor(Runnable::run).build();
    private final AtomicLong forgettings = new AtomicLong();
    private final AtomicReference<@Nullable Newest> newest = new AtomicReference<>();

    RateMemory(Feeds feeds, FxSnapshotStore store, InstantSource clock) {
        this.feeds = feeds;
        this.store = store;
        this.clock = clock;
    }

    /** What a transaction goes by: this memory, or one of its own once it has written rates, as nobody else sees those. */
    RateMemory of(Tx tx) {
        RateMemory own = writers.getIfPresent(tx);
        return own == null ? this : own;
    }

    /** Notes that a transaction has written rates; what it read before counts no more. */
    void written(Tx tx) {
        writers.put(tx, new RateMemory(feeds, store, clock));
    }

    /** The newest snapshots; read at the first call. */
    RateView newest(Reader reader) {
        Newest known = newest.get();
        return known == null ? follow(reader) : known.view();
    }

    /**
     * Reads what has been accepted since the last call, by whichever node. No lock is held while reading: a caller may be inside a
     * transaction that others wait for.
     */
    RateView follow(Reader reader) {
        return follow(reader, Instant.MAX);
    }

    /** As {@link #follow(Reader)}; reads in any case what was accepted at {@code writtenAt} and later. */
    RateView follow(Reader reader, Instant writtenAt) {
        Instant now = clock.instant();
        LocalDate today = day(now);
        Newest former = newest.get();
        Instant since = former == null ? Instant.EPOCH : earlier(former.reads().since(now), writtenAt);
        List<Change> changes = reader.read(tx -> store.acceptedAfter(tx, since)).stream()
                .filter(change -> feeds.uses(change.series()))
                .toList();
        boolean news = former == null || !former.view().day().equals(today) || isNews(changes, former.view(), reader);
        RateView view = news || former == null ? read(former, changes, today, reader) : former.view();
        Newest read = new Newest(
                view,
                now,
                former == null ? LateCommits.readAllAt(now) : former.reads().readAt(now));
        reader.keep(() -> newest.accumulateAndGet(
                read, (a, b) -> a == null || b == null || !b.readAt().isBefore(a.readAt()) ? b : a));
        changes.forEach(change -> forget(change.earliest(), now));
        return view;
    }

    /** The time to read after, so that a row of {@code writtenAt} is among what is read. */
    private static Instant earlier(Instant since, Instant writtenAt) {
        return writtenAt.isAfter(since) ? since : writtenAt.minusMillis(1);
    }

    /** Each change is read several times, as others may commit late; what is in memory already is no news. */
    private boolean isNews(List<Change> changes, RateView view, Reader reader) {
        if (!view.known().containsAll(changes.stream().map(Change::series).toList())
                || !rewritten(view, changes).isEmpty()) {
            return true;
        }
        List<AsOf> wanted = changes.stream()
                .map(change -> feeds.newest(change.series(), view.day()))
                .toList();
        if (wanted.isEmpty()) {
            return false;
        }
        List<RateSnapshot> stored = reader.read(tx -> store.newest(tx, wanted));
        return stored.stream()
                .anyMatch(snapshot -> !snapshot.equals(view.table(new Series(snapshot.source(), snapshot.base()))));
    }

    private RateView read(@Nullable Newest former, List<Change> changes, LocalDate today, Reader reader) {
        Set<Series> known = changes.stream().map(Change::series).collect(Collectors.toCollection(TreeSet::new));
        if (former != null) {
            known.addAll(former.view().known());
        }
        List<AsOf> bounds = feeds.inOrder(known).stream()
                .map(series -> feeds.newest(series, today))
                .toList();
        RateView view = RateView.of(today, reader.read(tx -> store.newest(tx, bounds)), bounds, feeds, store);
        if (former != null) {
            view.inherit(former.view(), rewritten(former.view(), changes));
        }
        return view;
    }

    /** The series of whose past something has changed, so that what was found there may be out of date. */
    private static Set<Series> rewritten(RateView former, List<Change> changes) {
        return changes.stream()
                .filter(change -> {
                    RateSnapshot table = former.table(change.series());
                    return table == null || change.earliest().isBefore(table.observedOn());
                })
                .map(Change::series)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Days from a changed one on may have another answer. So may what was known at an instant, if the change was accepted before
     * it and committed late.
     */
    private void forget(LocalDate earliest, Instant now) {
        forgettings.incrementAndGet();
        Instant fixed = now.minus(LateCommits.LONGEST);
        past.asMap()
                .keySet()
                .removeIf(point -> (point instanceof RatePoint.OnDate on
                                && !on.day().isBefore(earliest))
                        || (point instanceof RatePoint.At at && at.asKnownAt().isAfter(fixed)));
    }

    /** The view of a point that isn't {@link RatePoint.Latest}. */
    RateView past(RatePoint point, Asked asked, Reader reader) {
        RateView known = past.getIfPresent(point);
        if (known != null) {
            return known;
        }
        long before = forgettings.get();
        RateView read = point instanceof RatePoint.Snapshot one
                ? RateView.of(snapshot(one.id(), reader), feeds, store)
                : view(asked, point, reader);
        if (isSettled(point)) {
            reader.keep(() -> keep(point, read, before));
        }
        return read;
    }

    /** What changed since the view was read may not be in it. */
    private void keep(RatePoint point, RateView read, long before) {
        past.put(point, read);
        if (forgettings.get() != before) {
            past.invalidate(point);
        }
    }

    private boolean isSettled(RatePoint point) {
        return !(point instanceof RatePoint.At at)
                || at.asKnownAt().isBefore(clock.instant().minus(SETTLED_AFTER));
    }

    private RateSnapshot snapshot(String id, Reader reader) {
        RateSnapshot found = reader.read(tx -> store.find(tx, id))
                .orElseThrow(() -> new NotFoundException("No exchange-rate snapshot " + id
                        + "; intraday ones are thinned to the day's last after 400 days."));
        if (found.status() != RateStatus.ACCEPTED) {
            throw new ConflictException("The exchange-rate snapshot " + id + " is " + found.status()
                    + "; only accepted ones convert. Confirm it first if it is right.");
        }
        return found;
    }

    private RateView view(Asked asked, RatePoint point, Reader reader) {
        List<AsOf> bounds = feeds.inOrder(newest(reader).known()).stream()
                .map(series ->
                        point instanceof RatePoint.At ? feeds.at(series, asked) : new AsOf(series, asked.day(), null))
                .toList();
        return RateView.of(asked.day(), reader.read(tx -> store.newest(tx, bounds)), bounds, feeds, store);
    }

    static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }
}
