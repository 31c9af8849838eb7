package dev.matrix.security.memory;

import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Tx;
import dev.matrix.security.spi.AccessRuleStore;
import dev.matrix.security.spi.IpRuleRow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@link AccessRuleStore} in memory. */
final class MemoryAccessRuleStore implements AccessRuleStore {

    private final MemoryTable<String, IpRuleRow> rules = new MemoryTable<>();

    private Stream<IpRuleRow> of(Tx tx, String scope, @Nullable String after) {
        return rules.rows(tx).tailMap(after == null ? "" : after, false).values().stream()
                .filter(row -> row.scope().equals(scope));
    }

    @Override
    public boolean insert(Tx tx, IpRuleRow row) {
        boolean same = of(tx, row.scope(), null)
                .anyMatch(each ->
                        each.range().equals(row.range()) && each.action().equals(row.action()));
        return !same && rules.putIfAbsent(tx, row.id(), row);
    }

    @Override
    public Optional<IpRuleRow> find(Tx tx, String id) {
        return Optional.ofNullable(rules.get(tx, id));
    }

    @Override
    public boolean delete(Tx tx, String id) {
        return rules.remove(tx, id) != null;
    }

    @Override
    public List<IpRuleRow> after(Tx tx, String scope, @Nullable String after, int limit) {
        return of(tx, scope, after).limit(limit).toList();
    }

    @Override
    public Page<IpRuleRow> page(Tx tx, String scope, PageRequest page) {
        return Page.of(after(tx, scope, page.cursor(), page.limit() + 1), page, IpRuleRow::id);
    }

    @Override
    public Map<String, Integer> countByScope(Tx tx, String owner) {
        return rules.rows(tx).values().stream()
                .filter(row -> row.owner().equals(owner))
                .collect(Collectors.toMap(IpRuleRow::scope, row -> 1, Integer::sum));
    }

    @Override
    public void addHits(Tx tx, String id, long hits, Instant now) {
        IpRuleRow row = rules.get(tx, id);
        if (row != null) {
            rules.put(tx, id, row.hits(hits, now));
        }
    }

    @Override
    public void blankAuthor(Tx tx, String by, String blank) {
        List.copyOf(rules.rows(tx).values()).stream()
                .filter(row -> row.createdBy().equals(by))
                .forEach(row -> rules.put(
                        tx,
                        row.id(),
                        new IpRuleRow(
                                row.id(),
                                row.scope(),
                                row.owner(),
                                row.range(),
                                row.action(),
                                row.note(),
                                row.expiresAt(),
                                row.createdAt(),
                                blank,
                                row.hits(),
                                row.lastHitAt())));
    }
}
