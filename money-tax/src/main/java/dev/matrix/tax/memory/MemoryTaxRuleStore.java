package dev.matrix.tax.memory;

import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Tx;
import dev.matrix.tax.spi.TaxRuleStore;
import java.time.Instant;
import java.util.List;

/** {@link TaxRuleStore} in memory. */
final class MemoryTaxRuleStore implements TaxRuleStore {

    private static final String ONLY = "";

    private final MemoryTable<String, RuleRow> rules = new MemoryTable<>();
    private final MemoryTable<String, Long> version = new MemoryTable<>();

    @Override
    public long version(Tx tx) {
        Long known = version.get(tx, ONLY);
        return known == null ? 0 : known;
    }

    @Override
    public List<RuleRow> rules(Tx tx) {
        return List.copyOf(rules.rows(tx).values());
    }

    @Override
    public void insert(Tx tx, List<RuleRow> added) {
        added.forEach(row -> rules.put(tx, row.id(), row));
        version.put(tx, ONLY, version(tx) + 1);
    }

    @Override
    public boolean supersede(Tx tx, String id, Instant at) {
        RuleRow row = rules.get(tx, id);
        if (row == null || row.supersededAt() != null) {
            return false;
        }
        rules.put(tx, id, new RuleRow(id, row.json(), row.recordedAt(), at));
        return true;
    }
}
