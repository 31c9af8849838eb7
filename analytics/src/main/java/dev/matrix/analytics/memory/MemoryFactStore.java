package dev.matrix.analytics.memory;

import dev.matrix.analytics.spi.Fact;
import dev.matrix.analytics.spi.FactCell;
import dev.matrix.analytics.spi.FactCells;
import dev.matrix.analytics.spi.FactFilter;
import dev.matrix.analytics.spi.FactKey;
import dev.matrix.analytics.spi.FactKind;
import dev.matrix.analytics.spi.FactQuery;
import dev.matrix.analytics.spi.FactStore;
import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@link FactStore} in memory. */
final class MemoryFactStore implements FactStore {

    /** Where a fact is in time. */
    private record Place(FactKind kind, Instant occurredAt, FactKey key) implements Comparable<Place> {

        private static final Comparator<Place> ORDER = Comparator.comparing(Place::kind)
                .thenComparing(Place::occurredAt)
                .thenComparing(Place::key);

        static Place of(Fact fact) {
            return new Place(fact.kind(), fact.occurredAt(), fact.key());
        }

        /** Before all facts of a kind from an instant on. */
        static Place first(FactKind kind, Instant from) {
            return new Place(kind, from, new FactKey(FactKind.USAGE, 0, ""));
        }

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }

    private record Reference(String id, FactKey key) implements Comparable<Reference> {

        private static final Comparator<Reference> ORDER =
                Comparator.comparing(Reference::id).thenComparing(Reference::key);

        @Override
        public int compareTo(Reference other) {
            return ORDER.compare(this, other);
        }
    }

    private final MemoryTable<FactKey, Fact> facts = new MemoryTable<>();
    private final MemoryTable<Place, Fact> byTime = new MemoryTable<>();
    private final MemoryTable<Reference, FactKey> byReference = new MemoryTable<>();
    private final MemoryTable<Reference, FactKey> byEvent = new MemoryTable<>();

    @Override
    public List<Fact> append(Tx tx, List<Fact> more) {
        List<Fact> changed = new ArrayList<>();
        for (Fact fact : more) {
            Fact former = facts.get(tx, fact.key());
            Fact now = former == null ? fact : former.merged(fact);
            if (!now.equals(former)) {
                replace(tx, former, now);
                changed.add(now);
            }
        }
        return changed;
    }

    private void replace(Tx tx, @Nullable Fact former, Fact now) {
        if (former != null) {
            byTime.remove(tx, Place.of(former));
            byReference.remove(tx, new Reference(former.refId(), former.key()));
            byEvent.remove(tx, new Reference(former.eventId(), former.key()));
        }
        facts.put(tx, now.key(), now);
        byTime.put(tx, Place.of(now), now);
        byEvent.put(tx, new Reference(now.eventId(), now.key()), now.key());
        if (!now.refId().isEmpty()) {
            byReference.put(tx, new Reference(now.refId(), now.key()), now.key());
        }
    }

    @Override
    public List<Fact> find(Tx tx, Collection<FactKey> keys) {
        return present(tx, new HashSet<>(keys).stream());
    }

    private List<Fact> present(Tx tx, Stream<FactKey> keys) {
        List<Fact> found = new ArrayList<>();
        keys.forEach(key -> {
            Fact fact = facts.get(tx, key);
            if (fact != null) {
                found.add(fact);
            }
        });
        return found;
    }

    @Override
    public List<Fact> referring(Tx tx, FactKind kind, Collection<String> refIds) {
        List<FactKey> keys = new ArrayList<>();
        for (String refId : new HashSet<>(refIds)) {
            Reference first = new Reference(refId, new FactKey(kind, 0, ""));
            for (FactKey key : byReference.rows(tx).tailMap(first).values()) {
                Fact fact = facts.get(tx, key);
                if (fact == null || !fact.refId().equals(refId) || fact.kind() != kind) {
                    break;
                }
                keys.add(key);
            }
        }
        return present(tx, keys.stream());
    }

    @Override
    public void aggregate(Tx tx, FactQuery query, Consumer<FactCell> sink) {
        FactCells cells = new FactCells(query);
        FactFilter filter = query.filter();
        for (FactKind kind : filter.kinds()) {
            byTime.rows(tx)
                    .subMap(Place.first(kind, filter.from()), Place.first(kind, filter.to()))
                    .values()
                    .forEach(cells::add);
        }
        cells.cells().forEach(sink);
    }

    @Override
    public List<Fact> scan(Tx tx, FactFilter filter, @Nullable FactKey after, int limit) {
        return (after == null ? facts.rows(tx) : facts.rows(tx).tailMap(after, false))
                .values().stream().filter(filter::accepts).limit(limit).toList();
    }

    @Override
    public Set<String> known(Tx tx, Collection<String> eventIds) {
        Set<String> known = new HashSet<>(eventIds);
        known.removeIf(id -> {
            Reference next = byEvent.rows(tx).ceilingKey(new Reference(id, new FactKey(FactKind.USAGE, 0, "")));
            return next == null || !next.id().equals(id);
        });
        return known;
    }

    @Override
    public int clearReferences(Tx tx, int customer, int limit) {
        List<Fact> named = facts.rows(tx).values().stream()
                .filter(fact -> fact.customer() == customer && !fact.key().key().startsWith(ERASED))
                .limit(limit)
                .toList();
        for (Fact fact : named) {
            facts.remove(tx, fact.key());
            FactKey key = new FactKey(fact.kind(), customer, ERASED + fact.eventId());
            replace(
                    tx,
                    fact,
                    fact.withKey(key).toBuilder().refId("").resourceId("").build());
        }
        return named.size();
    }
}
