package dev.matrix.tax.memory;

import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Tx;
import dev.matrix.tax.spi.TaxExemptionStore;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@link TaxExemptionStore} in memory. */
final class MemoryTaxExemptionStore implements TaxExemptionStore {

    private final MemoryTable<String, ExemptionRow> exemptions = new MemoryTable<>();

    @Override
    public void insert(Tx tx, ExemptionRow row) {
        exemptions.put(tx, row.id(), row);
    }

    @Override
    public boolean replaceIfVersion(Tx tx, ExemptionRow row) {
        ExemptionRow stored = exemptions.get(tx, row.id());
        if (stored == null || stored.version() != row.version() - 1) {
            return false;
        }
        exemptions.put(tx, row.id(), row);
        return true;
    }

    @Override
    public Optional<ExemptionRow> find(Tx tx, String id) {
        return Optional.ofNullable(exemptions.get(tx, id));
    }

    @Override
    public void delete(Tx tx, String id) {
        exemptions.remove(tx, id);
    }

    @Override
    public List<ExemptionRow> of(Tx tx, Owner holder) {
        return exemptions.rows(tx).values().stream()
                .filter(row -> row.holder().equals(holder))
                .toList();
    }

    @Override
    public Page<ExemptionRow> page(
            Tx tx, @Nullable Owner holder, @Nullable LocalDate expiringBefore, PageRequest page) {
        String after = page.cursor() == null ? "" : page.cursor();
        List<ExemptionRow> found = exemptions.rows(tx).tailMap(after, false).values().stream()
                .filter(row -> holder == null || row.holder().equals(holder))
                .filter(row -> expiringBefore == null
                        || (row.lastDay() != null && row.lastDay().isBefore(expiringBefore)))
                .limit(page.limit() + 1L)
                .toList();
        return Page.of(found, page, ExemptionRow::id);
    }
}
