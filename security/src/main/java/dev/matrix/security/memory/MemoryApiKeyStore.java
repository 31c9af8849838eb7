package dev.matrix.security.memory;

import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Tx;
import dev.matrix.security.spi.ApiKeyRow;
import dev.matrix.security.spi.ApiKeyRow.State;
import dev.matrix.security.spi.ApiKeyStore;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@link ApiKeyStore} in memory; one transaction runs at a time, so that no owner's row needs a lock. */
final class MemoryApiKeyStore implements ApiKeyStore {

    private final MemoryTable<String, ApiKeyRow> keys = new MemoryTable<>();
    private final MemoryTable<String, String> idByHash = new MemoryTable<>();

    private Stream<ApiKeyRow> of(Tx tx, Owner owner) {
        return keys.rows(tx).values().stream().filter(row -> row.owner().equals(owner));
    }

    @Override
    public void lockOwner(Tx tx, Owner owner) {
        keys.rows(tx);
    }

    @Override
    public void insert(Tx tx, ApiKeyRow row) {
        if (!idByHash.putIfAbsent(tx, row.hash(), row.id())) {
            throw new IllegalStateException("Two keys have one hash: " + row.id() + ".");
        }
        keys.put(tx, row.id(), row);
    }

    @Override
    public Optional<ApiKeyRow> findByHash(Tx tx, String hash) {
        return Optional.ofNullable(idByHash.get(tx, hash)).map(id -> keys.get(tx, id));
    }

    @Override
    public Optional<ApiKeyRow> find(Tx tx, String id) {
        return Optional.ofNullable(keys.get(tx, id));
    }

    @Override
    public Page<ApiKeyRow> page(Tx tx, Owner owner, PageRequest page) {
        String after = page.cursor() == null ? "" : page.cursor();
        List<ApiKeyRow> found = of(tx, owner)
                .filter(row -> row.id().compareTo(after) > 0)
                .limit(page.limit() + 1L)
                .toList();
        return Page.of(found, page, ApiKeyRow::id);
    }

    @Override
    public int countLive(Tx tx, Owner owner, Instant now) {
        return (int) of(tx, owner).filter(row -> row.isLive(now)).count();
    }

    @Override
    public int countSince(Tx tx, Owner owner, Instant since) {
        return (int)
                of(tx, owner).filter(row -> !row.createdAt().isBefore(since)).count();
    }

    @Override
    public boolean replaceIfSame(Tx tx, ApiKeyRow seen, ApiKeyRow row) {
        ApiKeyRow stored = keys.get(tx, seen.id());
        if (stored == null || stored.state() != seen.state() || !Objects.equals(stored.endsAt(), seen.endsAt())) {
            return false;
        }
        keys.put(tx, stored.id(), stored.moved(row.state(), row.endsAt()));
        return true;
    }

    @Override
    public void used(Tx tx, String id, Instant at) {
        ApiKeyRow row = keys.get(tx, id);
        if (row != null && (row.lastUsedAt() == null || row.lastUsedAt().isBefore(at))) {
            keys.put(tx, id, usedAt(row, at));
        }
    }

    private static ApiKeyRow usedAt(ApiKeyRow row, @Nullable Instant at) {
        return new ApiKeyRow(
                row.id(),
                row.owner(),
                row.name(),
                row.hash(),
                row.hint(),
                row.scopes(),
                row.state(),
                row.createdAt(),
                row.createdBy(),
                row.endsAt(),
                at);
    }

    @Override
    public List<ApiKeyRow> ended(Tx tx, Instant now, int limit) {
        return keys.rows(tx).values().stream()
                .filter(row -> isOpen(row) && row.endsAt() != null && !row.isLive(now))
                .sorted(Comparator.comparing(MemoryApiKeyStore::end).thenComparing(ApiKeyRow::id))
                .limit(limit)
                .toList();
    }

    private static boolean isOpen(ApiKeyRow row) {
        return row.state() == State.ACTIVE || row.state() == State.ROTATING;
    }

    private static Instant end(ApiKeyRow row) {
        return row.endsAt() == null ? Instant.MAX : row.endsAt();
    }

    @Override
    public int deleteEnded(Tx tx, Instant before, int limit) {
        List<ApiKeyRow> over = keys.rows(tx).values().stream()
                .filter(row -> !isOpen(row) && end(row).isBefore(before))
                .limit(limit)
                .toList();
        over.forEach(row -> {
            keys.remove(tx, row.id());
            idByHash.remove(tx, row.hash());
        });
        return over.size();
    }

    @Override
    public void blankAuthor(Tx tx, String by, String blank) {
        List.copyOf(keys.rows(tx).values()).stream()
                .filter(row -> row.createdBy().equals(by))
                .forEach(row -> keys.put(
                        tx,
                        row.id(),
                        new ApiKeyRow(
                                row.id(),
                                row.owner(),
                                row.name(),
                                row.hash(),
                                row.hint(),
                                row.scopes(),
                                row.state(),
                                row.createdAt(),
                                blank,
                                row.endsAt(),
                                row.lastUsedAt())));
    }
}
