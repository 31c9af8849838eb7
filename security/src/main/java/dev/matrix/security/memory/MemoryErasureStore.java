package dev.matrix.security.memory;

import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Tx;
import dev.matrix.security.spi.ErasureStore;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** {@link ErasureStore} in memory. */
final class MemoryErasureStore implements ErasureStore {

    private final MemoryTable<String, ErasureRow> erasures = new MemoryTable<>();

    @Override
    public void put(Tx tx, ErasureRow row) {
        erasures.put(tx, row.pseudonym(), row);
    }

    @Override
    public Optional<ErasureRow> find(Tx tx, String pseudonym) {
        return Optional.ofNullable(erasures.get(tx, pseudonym));
    }

    @Override
    public Page<ErasureRow> page(Tx tx, PageRequest page) {
        String after = page.cursor() == null ? "" : page.cursor();
        return Page.of(
                erasures.rows(tx).tailMap(after, false).values().stream()
                        .limit(page.limit() + 1L)
                        .toList(),
                page,
                ErasureRow::pseudonym);
    }

    @Override
    public List<ErasureRow> open(Tx tx, int limit) {
        return erasures.rows(tx).values().stream()
                .filter(row -> row.state() != State.DONE)
                .sorted(Comparator.comparing(ErasureRow::at).thenComparing(ErasureRow::pseudonym))
                .limit(limit)
                .toList();
    }
}
