package dev.matrix.sla.memory;

import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Tx;
import dev.matrix.sla.spi.StatementStore;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

final class MemoryStatementStore implements StatementStore {

    private final MemoryTable<String, BreachRow> breaches = new MemoryTable<>();
    private final MemoryTable<String, StatementRow> statements = new MemoryTable<>();

    private static String key(String subscription, long segment, String objective) {
        return Keys.of(subscription, Keys.sorted(segment), objective);
    }

    @Override
    public boolean breach(Tx tx, BreachRow row) {
        return breaches.putIfAbsent(tx, key(row.subscription(), row.segment(), row.objective()), row);
    }

    @Override
    public boolean withdraw(Tx tx, String subscription, long segment, String objective) {
        BreachRow former = breaches.get(tx, key(subscription, segment, objective));
        if (former == null || former.withdrawn()) {
            return false;
        }
        breaches.put(
                tx,
                key(subscription, segment, objective),
                new BreachRow(subscription, segment, objective, former.period(), true, former.json()));
        return true;
    }

    @Override
    public List<BreachRow> breaches(Tx tx, String subscription, long fromSegment) {
        return breaches.rows(tx).values().stream()
                .filter(row -> row.subscription().equals(subscription) && row.segment() >= fromSegment)
                .toList();
    }

    private List<StatementRow> of(Tx tx, String subscription, String period) {
        return statements.rows(tx).values().stream()
                .filter(row ->
                        row.subscription().equals(subscription) && row.period().equals(period))
                .sorted(Comparator.comparingInt(StatementRow::version))
                .toList();
    }

    @Override
    public boolean insert(Tx tx, StatementRow row) {
        boolean taken = of(tx, row.subscription(), row.period()).stream()
                .anyMatch(
                        each -> each.version() == row.version() || each.cause().equals(row.cause()));
        return !taken && statements.putIfAbsent(tx, row.id(), row);
    }

    @Override
    public Optional<StatementRow> find(Tx tx, String subscription, String period, @Nullable Integer version) {
        return of(tx, subscription, period).stream()
                .filter(row -> version == null || row.version() == version)
                .reduce((older, newer) -> newer);
    }

    @Override
    public Page<StatementRow> page(Tx tx, @Nullable Owner owner, @Nullable String subscription, PageRequest page) {
        return Keys.page(
                statements.rows(tx).values().stream()
                        .filter(row -> owner == null || row.owner().equals(owner))
                        .filter(row ->
                                subscription == null || row.subscription().equals(subscription)),
                page,
                StatementRow::id);
    }

    @Override
    public int rename(Tx tx, Owner owner, Owner pseudonym) {
        List<StatementRow> own = statements.rows(tx).values().stream()
                .filter(row -> row.owner().equals(owner))
                .toList();
        own.forEach(row -> statements.put(
                tx,
                row.id(),
                new StatementRow(
                        row.subscription(),
                        row.period(),
                        row.version(),
                        row.id(),
                        row.cause(),
                        pseudonym,
                        row.json(),
                        row.report())));
        return own.size();
    }
}
