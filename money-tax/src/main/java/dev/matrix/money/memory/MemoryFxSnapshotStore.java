package dev.matrix.money.memory;

import dev.matrix.core.ConflictException;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Tx;
import dev.matrix.money.DateRange;
import dev.matrix.money.RateSnapshot;
import dev.matrix.money.RateStatus;
import dev.matrix.money.spi.AsOf;
import dev.matrix.money.spi.FxSnapshotStore;
import dev.matrix.money.spi.Series;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@link FxSnapshotStore} in memory: snapshots by series and age, and their ids beside. */
final class MemoryFxSnapshotStore implements FxSnapshotStore {

    private static final Pattern CURSOR = Pattern.compile("\\d{4}-\\d{2}-\\d{2}/.+");

    private final MemoryTable<ObservationKey, RateSnapshot> snapshots = new MemoryTable<>();
    private final MemoryTable<String, ObservationKey> byId = new MemoryTable<>();

    @Override
    public void insert(Tx tx, List<RateSnapshot> added) {
        for (RateSnapshot snapshot : added) {
            ObservationKey key = ObservationKey.of(snapshot);
            if (!snapshots.putIfAbsent(tx, key, snapshot)) {
                throw new ConflictException("Somebody else has stored the observation " + key + " meanwhile.");
            }
            byId.put(tx, snapshot.id(), key);
        }
    }

    @Override
    public Optional<RateSnapshot> find(Tx tx, String id) {
        return Optional.ofNullable(byId.get(tx, id)).map(key -> snapshots.get(tx, key));
    }

    @Override
    public List<RateSnapshot> newest(Tx tx, Collection<AsOf> wanted) {
        return wanted.stream()
                .flatMap(each -> newest(tx, each, snapshot -> true).stream())
                .toList();
    }

    @Override
    public Optional<RateSnapshot> newestQuoting(Tx tx, AsOf wanted, String quote) {
        return newest(tx, wanted, snapshot -> snapshot.rates().containsKey(quote));
    }

    private Optional<RateSnapshot> newest(Tx tx, AsOf wanted, Predicate<RateSnapshot> others) {
        LocalDate day = wanted.onOrBefore();
        Instant knownAt = wanted.knownAt();
        return of(tx, wanted.series()).descendingMap().values().stream()
                .filter(snapshot -> snapshot.status() == RateStatus.ACCEPTED)
                .filter(snapshot -> day == null || !snapshot.observedOn().isAfter(day))
                .filter(snapshot -> knownAt == null || isAcceptedBy(snapshot, knownAt))
                .filter(others)
                .findFirst();
    }

    private static boolean isAcceptedBy(RateSnapshot snapshot, Instant instant) {
        Instant acceptedAt = snapshot.acceptedAt();
        return acceptedAt != null && !acceptedAt.isAfter(instant);
    }

    private NavigableMap<ObservationKey, RateSnapshot> of(Tx tx, Series series) {
        return snapshots.rows(tx).subMap(ObservationKey.before(series), true, ObservationKey.after(series), true);
    }

    @Override
    public List<RateSnapshot> revisions(Tx tx, Series series, Instant from, Instant to) {
        Map<Instant, RateSnapshot> highest = new LinkedHashMap<>();
        of(tx, series).values().stream()
                .filter(snapshot -> !snapshot.observedAt().isBefore(from)
                        && !snapshot.observedAt().isAfter(to))
                .forEach(snapshot -> highest.put(snapshot.observedAt(), snapshot));
        return List.copyOf(highest.values());
    }

    @Override
    public Optional<RateSnapshot> quarantined(Tx tx, Series series) {
        return of(tx, series).descendingMap().values().stream()
                .filter(snapshot -> snapshot.status() == RateStatus.QUARANTINED)
                .findFirst();
    }

    @Override
    public boolean decide(Tx tx, String id, RateStatus status, Instant now) {
        RateSnapshot stored = find(tx, id).orElse(null);
        if (stored == null || stored.status() != RateStatus.QUARANTINED) {
            return false;
        }
        snapshots.put(tx, ObservationKey.of(stored), stored.decided(status, now));
        return true;
    }

    @Override
    public List<Change> acceptedAfter(Tx tx, Instant instant) {
        Map<Series, LocalDate> earliest = new TreeMap<>();
        for (RateSnapshot snapshot : snapshots.rows(tx).values()) {
            Instant acceptedAt = snapshot.acceptedAt();
            if (acceptedAt != null && acceptedAt.isAfter(instant)) {
                earliest.merge(
                        new Series(snapshot.source(), snapshot.base()),
                        snapshot.observedOn(),
                        (a, b) -> a.isBefore(b) ? a : b);
            }
        }
        List<Change> changes = new ArrayList<>();
        earliest.forEach((series, day) -> changes.add(new Change(series, day)));
        return changes;
    }

    @Override
    public Page<RateSnapshot> page(Tx tx, String source, DateRange days, PageRequest page) {
        TreeMap<String, RateSnapshot> inOrder = new TreeMap<>();
        ofSource(tx, source)
                .filter(snapshot -> days.contains(snapshot.observedOn()))
                .forEach(snapshot -> inOrder.put(cursor(snapshot), snapshot));
        String after = page.cursor() == null ? "" : page.cursor();
        if (!after.isEmpty() && !CURSOR.matcher(after).matches()) {
            throw new InvalidRequestException("This is no cursor of a page of rates; hand back the one you got.");
        }
        List<RateSnapshot> found = inOrder.tailMap(after, false).values().stream()
                .limit(page.limit() + 1L)
                .toList();
        return Page.of(found, page, MemoryFxSnapshotStore::cursor);
    }

    private static String cursor(RateSnapshot snapshot) {
        return snapshot.observedOn() + "/" + snapshot.id();
    }

    private Stream<RateSnapshot> ofSource(Tx tx, String source) {
        return snapshots.rows(tx).values().stream()
                .filter(snapshot -> snapshot.source().equals(source));
    }

    @Override
    public int thin(Tx tx, String source, LocalDate before, int limit) {
        Map<String, ObservationKey> last = new HashMap<>();
        List<RateSnapshot> old = ofSource(tx, source)
                .filter(snapshot -> snapshot.observedOn().isBefore(before))
                .toList();
        old.stream()
                .filter(snapshot -> snapshot.status() == RateStatus.ACCEPTED)
                .forEach(snapshot -> last.put(snapshot.base() + snapshot.observedOn(), ObservationKey.of(snapshot)));
        Set<ObservationKey> kept = new HashSet<>(last.values());
        List<RateSnapshot> thinned = old.stream()
                .filter(snapshot -> !kept.contains(ObservationKey.of(snapshot)))
                .limit(limit)
                .toList();
        for (RateSnapshot snapshot : thinned) {
            snapshots.remove(tx, ObservationKey.of(snapshot));
            byId.remove(tx, snapshot.id());
        }
        return thinned.size();
    }
}
