package dev.matrix.webhooks.memory;

import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Tx;
import dev.matrix.webhooks.EndpointStatus;
import dev.matrix.webhooks.spi.EndpointKeyRow;
import dev.matrix.webhooks.spi.EndpointRow;
import dev.matrix.webhooks.spi.EndpointStore;
import dev.matrix.webhooks.spi.OwnerRoutes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@link EndpointStore} in memory. */
final class MemoryEndpointStore implements EndpointStore {

    private static final Comparator<EndpointKeyRow> NEWEST_FIRST = Comparator.comparing(
                    EndpointKeyRow::expiresAt, Comparator.nullsFirst(Comparator.<Instant>reverseOrder()))
            .thenComparing(EndpointKeyRow::id, Comparator.reverseOrder());

    private final MemoryTable<String, EndpointRow> endpoints = new MemoryTable<>();
    private final MemoryTable<String, EndpointKeyRow> keys = new MemoryTable<>();
    private final MemoryTable<Owner, Long> versions = new MemoryTable<>();

    long routingVersion(Tx tx, Owner owner) {
        Long version = versions.get(tx, owner);
        return version == null ? 0 : version;
    }

    private void raiseRoutingVersion(Tx tx, Owner owner) {
        versions.put(tx, owner, routingVersion(tx, owner) + 1);
    }

    @Override
    public List<OwnerRoutes> routes(Tx tx, Collection<Owner> owners) {
        List<OwnerRoutes> routes = new ArrayList<>();
        for (Owner owner : new TreeSet<>(owners)) {
            List<EndpointRow> routed = endpoints.rows(tx).values().stream()
                    .filter(row -> row.owner().equals(owner) && row.status() != EndpointStatus.DISABLED)
                    .toList();
            routes.add(new OwnerRoutes(owner, routingVersion(tx, owner), routed));
        }
        return routes;
    }

    @Override
    public void insert(Tx tx, EndpointRow row, List<EndpointKeyRow> added) {
        endpoints.put(tx, row.id(), row);
        added.forEach(key -> keys.put(tx, key.id(), key));
        raiseRoutingVersion(tx, row.owner());
    }

    @Override
    public boolean replaceIfVersion(Tx tx, EndpointRow row) {
        EndpointRow stored = endpoints.get(tx, row.id());
        if (stored == null || stored.version() != row.version() - 1) {
            return false;
        }
        endpoints.put(tx, row.id(), withHealth(row, stored.failingSince(), stored.failures()));
        raiseRoutingVersion(tx, row.owner());
        return true;
    }

    @Override
    public boolean delete(Tx tx, Owner owner, String id) {
        EndpointRow stored = endpoints.get(tx, id);
        if (stored == null || !stored.owner().equals(owner)) {
            return false;
        }
        endpoints.remove(tx, id);
        keysOf(tx, id).forEach(key -> keys.remove(tx, key.id()));
        raiseRoutingVersion(tx, owner);
        return true;
    }

    @Override
    public void addKey(Tx tx, EndpointKeyRow key, Instant olderExpireAt, Instant now) {
        for (EndpointKeyRow older : keysOf(tx, key.endpointId())) {
            boolean endsLater = older.expiresAt() == null || older.expiresAt().isAfter(olderExpireAt);
            if (older.kind() == key.kind() && endsLater) {
                keys.put(
                        tx,
                        older.id(),
                        new EndpointKeyRow(
                                older.id(), older.endpointId(), older.kind(), older.sealed(), olderExpireAt));
            }
        }
        for (EndpointKeyRow older : keysOf(tx, key.endpointId())) {
            if (older.expiresAt() != null && !older.expiresAt().isAfter(now)) {
                keys.remove(tx, older.id());
            }
        }
        keys.put(tx, key.id(), key);
    }

    private List<EndpointKeyRow> keysOf(Tx tx, String endpointId) {
        return keys.rows(tx).values().stream()
                .filter(key -> key.endpointId().equals(endpointId))
                .sorted(NEWEST_FIRST)
                .toList();
    }

    private Loaded loaded(Tx tx, EndpointRow row, Instant now) {
        return new Loaded(
                row,
                keysOf(tx, row.id()).stream()
                        .filter(key ->
                                key.expiresAt() == null || key.expiresAt().isAfter(now))
                        .toList());
    }

    @Override
    public Optional<Loaded> find(Tx tx, Owner owner, String id, Instant now) {
        return Optional.ofNullable(endpoints.get(tx, id))
                .filter(row -> row.owner().equals(owner))
                .map(row -> loaded(tx, row, now));
    }

    @Override
    public List<Loaded> load(Tx tx, Collection<String> ids, Instant now) {
        return new TreeSet<>(ids)
                .stream()
                        .map(id -> endpoints.get(tx, id))
                        .filter(Objects::nonNull)
                        .map(row -> loaded(tx, row, now))
                        .toList();
    }

    @Override
    public Page<Loaded> page(Tx tx, Owner owner, @Nullable EndpointStatus status, PageRequest page, Instant now) {
        String after = page.cursor() == null ? "" : page.cursor();
        List<Loaded> found = endpoints.rows(tx).tailMap(after, false).values().stream()
                .filter(row -> row.owner().equals(owner) && (status == null || row.status() == status))
                .limit(page.limit() + 1L)
                .map(row -> loaded(tx, row, now))
                .toList();
        return Page.of(found, page, loaded -> loaded.row().id());
    }

    @Override
    public int count(Tx tx, Owner owner) {
        return (int) endpoints.rows(tx).values().stream()
                .filter(row -> row.owner().equals(owner))
                .count();
    }

    @Override
    public void noteHealth(Tx tx, Collection<Health> health) {
        for (Health note : health) {
            EndpointRow row = endpoints.get(tx, note.endpointId());
            if (row != null) {
                endpoints.put(tx, row.id(), withHealth(row, note.failingSince(), note.failures()));
            }
        }
    }

    private static EndpointRow withHealth(EndpointRow row, @Nullable Instant failingSince, int failures) {
        return new EndpointRow(
                row.id(),
                row.owner(),
                row.version(),
                row.status(),
                row.disabledReason(),
                row.settings(),
                row.sealedHeaders(),
                failingSince,
                failures,
                row.createdAt());
    }

    /** Every endpoint, in id order after an id. */
    Stream<EndpointRow> after(Tx tx, String id) {
        return endpoints.rows(tx).tailMap(id, false).values().stream();
    }

    /** Every key, in id order after an id. */
    Stream<EndpointKeyRow> keysAfter(Tx tx, String id) {
        return keys.rows(tx).tailMap(id, false).values().stream();
    }

    @Nullable
    EndpointRow get(Tx tx, String id) {
        return endpoints.get(tx, id);
    }

    @Nullable
    EndpointKeyRow key(Tx tx, String id) {
        return keys.get(tx, id);
    }

    /** Replaces a row as it is: no version changes. */
    void put(Tx tx, EndpointRow row) {
        endpoints.put(tx, row.id(), row);
    }

    void put(Tx tx, EndpointKeyRow key) {
        keys.put(tx, key.id(), key);
    }
}
