package dev.matrix.security.memory;

import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Tx;
import dev.matrix.security.spi.GeoRuleRow;
import dev.matrix.security.spi.GeoRuleStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@link GeoRuleStore} in memory. */
final class MemoryGeoRuleStore implements GeoRuleStore {

    private final MemoryTable<String, GeoRuleRow> rules = new MemoryTable<>();

    @Override
    public boolean insert(Tx tx, GeoRuleRow row) {
        boolean same = rules.rows(tx).values().stream()
                .anyMatch(each -> each.scope().equals(row.scope())
                        && each.match().equals(row.match())
                        && each.action().equals(row.action()));
        return !same && rules.putIfAbsent(tx, row.id(), row);
    }

    @Override
    public Optional<GeoRuleRow> find(Tx tx, String id) {
        return Optional.ofNullable(rules.get(tx, id));
    }

    @Override
    public boolean delete(Tx tx, String id) {
        return rules.remove(tx, id) != null;
    }

    @Override
    public Page<GeoRuleRow> page(Tx tx, String scope, PageRequest page) {
        String after = page.cursor() == null ? "" : page.cursor();
        return Page.of(
                rules.rows(tx).tailMap(after, false).values().stream()
                        .filter(row -> row.scope().equals(scope))
                        .limit(page.limit() + 1L)
                        .toList(),
                page,
                GeoRuleRow::id);
    }

    @Override
    public Map<String, Integer> countByScope(Tx tx, String owner) {
        return rules.rows(tx).values().stream()
                .filter(row -> row.owner().equals(owner))
                .collect(Collectors.toMap(GeoRuleRow::scope, row -> 1, Integer::sum));
    }

    @Override
    public void blankAuthor(Tx tx, String by, String blank) {
        List.copyOf(rules.rows(tx).values()).stream()
                .filter(row -> row.createdBy().equals(by))
                .forEach(row -> rules.put(
                        tx,
                        row.id(),
                        new GeoRuleRow(
                                row.id(),
                                row.scope(),
                                row.owner(),
                                row.match(),
                                row.action(),
                                row.note(),
                                row.expiresAt(),
                                row.createdAt(),
                                blank)));
    }
}
