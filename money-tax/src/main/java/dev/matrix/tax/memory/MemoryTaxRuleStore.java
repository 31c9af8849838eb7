package dev.matrix.tax.memory;

import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Tx;
import dev.matrix.tax.spi.TaxRuleStore;
import java.time.Instant;
import java.util.List;

/** {@link TaxRuleStore} in memory. */
final class MemoryTaxRuleStore implements TaxRuleStore {

    private static final String ONLY = "";

    private record Changed(RuleRow row, long in) {}

    private final MemoryTable<String, Changed> rules = new MemoryTable<>();
    private final MemoryTable<String, Long> version = new MemoryTable<>();

    @Override
    public long version(Tx tx) {
        Long known = version.get(tx, ONLY);
        return known == null ? 0 : known;
    }

    @Override
    public List<RuleRow> changedAfter(Tx tx, long after) {
        return rules.rows(tx).values().stream()
                .filter(each -> each.in() > after)
                .map(Changed::row)
                .toList();
    }

    @Override
    public void insert(Tx tx, List<RuleRow> added) {
        long next = version(tx) + 1;
        added.forEach(row -> rules.put(tx, row.id(), new Changed(row, next)));
        version.put(tx, ONLY, next);
    }

    @Override
    public boolean supersede(Tx tx, String id, Instant at) {
        Changed known = rules.get(tx, id);
        if (known == null || known.row().supersededAt() != null) {
            return false;
        }
        RuleRow row = known.row();
        rules.put(tx, id, new Changed(new RuleRow(id, row.json(), row.recordedAt(), at), version(tx) + 1));
        return true;
    }
}
