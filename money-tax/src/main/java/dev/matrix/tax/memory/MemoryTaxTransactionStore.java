package dev.matrix.tax.memory;

import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Tx;
import dev.matrix.tax.TaxId;
import dev.matrix.tax.spi.ComponentRow;
import dev.matrix.tax.spi.TaxTransactionStore;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@link TaxTransactionStore} in memory. */
final class MemoryTaxTransactionStore implements TaxTransactionStore {

    private record Parts(Heading heading, List<ComponentRow> components) {}

    private record Sum(
            String jurisdiction,
            String type,
            @Nullable BigDecimal rate,
            String reason,
            @Nullable String category,
            String currency) {}

    private final MemoryTable<String, TransactionRow> transactions = new MemoryTable<>();
    private final MemoryTable<String, String> references = new MemoryTable<>();
    private final MemoryTable<String, Parts> parts = new MemoryTable<>();

    private static String key(String sellerId, String reference) {
        return sellerId + '\0' + reference;
    }

    @Override
    public boolean insert(Tx tx, TransactionRow row, Heading heading, List<ComponentRow> components) {
        if (!references.putIfAbsent(tx, key(row.sellerId(), row.reference()), row.id())) {
            return false;
        }
        transactions.put(tx, row.id(), row);
        parts.put(tx, row.id(), new Parts(heading, List.copyOf(components)));
        return true;
    }

    @Override
    public Optional<TransactionRow> find(Tx tx, String id) {
        return Optional.ofNullable(transactions.get(tx, id));
    }

    @Override
    public Optional<TransactionRow> findByReference(Tx tx, String sellerId, String reference) {
        return Optional.ofNullable(references.get(tx, key(sellerId, reference))).flatMap(id -> find(tx, id));
    }

    @Override
    public Page<TransactionRow> page(Tx tx, String sellerId, @Nullable Owner owner, PageRequest page) {
        String after = page.cursor() == null ? "" : page.cursor();
        List<TransactionRow> found = transactions.rows(tx).tailMap(after, false).values().stream()
                .filter(row -> row.sellerId().equals(sellerId))
                .filter(row -> owner == null || row.owner().equals(owner))
                .limit(page.limit() + 1L)
                .toList();
        return Page.of(found, page, TransactionRow::id);
    }

    @Override
    public List<String> relyingOn(Tx tx, TaxId id, int limit) {
        return parts.rows(tx).descendingMap().entrySet().stream()
                .filter(entry -> entry.getValue().heading().reliedOn().contains(id))
                .map(Map.Entry::getKey)
                .limit(limit)
                .toList();
    }

    @Override
    public List<ComponentRow> lock(Tx tx, String transactionId) {
        Parts found = parts.get(tx, transactionId);
        return found == null ? List.of() : found.components();
    }

    @Override
    public void update(Tx tx, String transactionId, List<ComponentRow> components) {
        Parts found = parts.get(tx, transactionId);
        if (found == null) {
            return;
        }
        Map<List<Integer>, ComponentRow> changed = new HashMap<>();
        components.forEach(row -> changed.put(List.of(row.lineNo(), row.no()), row));
        List<ComponentRow> all = found.components().stream()
                .map(row -> changed.getOrDefault(List.of(row.lineNo(), row.no()), row))
                .toList();
        parts.put(tx, transactionId, new Parts(found.heading(), all));
    }

    @Override
    public void replace(Tx tx, TransactionRow row) {
        transactions.put(tx, row.id(), row);
    }

    @Override
    public List<SumRow> summary(Tx tx, String sellerId, LocalDate from, LocalDate to) {
        Map<Sum, BigDecimal[]> sums = new LinkedHashMap<>();
        for (Parts each : parts.rows(tx).values()) {
            Heading heading = each.heading();
            if (heading.sellerId().equals(sellerId)
                    && !heading.taxDate().isBefore(from)
                    && !heading.taxDate().isAfter(to)) {
                each.components().stream().filter(row -> row.no() > 0).forEach(row -> add(sums, heading, row));
            }
        }
        return sums.entrySet().stream()
                .map(entry -> new SumRow(
                        entry.getKey().jurisdiction(),
                        entry.getKey().type(),
                        entry.getKey().rate(),
                        entry.getKey().reason(),
                        entry.getKey().category(),
                        entry.getKey().currency(),
                        entry.getValue()[0],
                        entry.getValue()[1]))
                .toList();
    }

    private static void add(Map<Sum, BigDecimal[]> sums, Heading heading, ComponentRow row) {
        Sum key = new Sum(row.jurisdiction(), row.type(), row.rate(), row.reason(), row.category(), heading.currency());
        BigDecimal[] sum = sums.computeIfAbsent(key, absent -> new BigDecimal[] {BigDecimal.ZERO, BigDecimal.ZERO});
        BigDecimal sign = BigDecimal.valueOf(heading.sign());
        sum[0] = sum[0].add(row.base().subtract(row.reversedBase()).multiply(sign));
        sum[1] = sum[1].add(row.tax().subtract(row.reversedTax()).multiply(sign));
    }
}
