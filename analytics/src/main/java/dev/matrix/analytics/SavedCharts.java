package dev.matrix.analytics;

import dev.matrix.analytics.chart.ChartSpec;
import dev.matrix.analytics.spi.ChartStore;
import dev.matrix.analytics.spi.ChartStore.ChartRow;
import dev.matrix.core.Ids;
import dev.matrix.core.Owner;
import dev.matrix.core.json.JsonCodec;
import dev.matrix.core.spi.Step;
import dev.matrix.core.spi.Transactions;
import dev.matrix.core.spi.Tx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Keeps charts, and deletes those that have expired. */
final class SavedCharts implements Step {

    private static final int MOST_PER_OWNER = 500;
    private static final int AT_ONCE = 5_000;
    private static final Duration EVERY = Duration.ofHours(1);

    private final Transactions transactions;
    private final ChartStore store;
    private final JsonCodec json;
    private final Ids ids;
    private final InstantSource clock;
    private final Duration retention;

    SavedCharts(
            Transactions transactions,
            ChartStore store,
            JsonCodec json,
            Ids ids,
            InstantSource clock,
            Duration retention) {
        this.transactions = transactions;
        this.store = store;
        this.json = json;
        this.ids = ids;
        this.clock = clock;
        this.retention = retention;
    }

    private static Owner owner(Scope scope) {
        return scope instanceof Scope.Of of ? of.owner() : Owner.platform();
    }

    SavedChart save(Tx tx, ChartSpec spec, Scope scope) {
        Instant now = clock.instant();
        Owner owner = owner(scope);
        if (store.count(tx, owner, now) >= MOST_PER_OWNER) {
            throw new Unprocessable(MOST_PER_OWNER + " charts are kept per owner. Those that are there expire after "
                    + retention.toDays() + " days; until then ask for reports without charts.");
        }
        String id = ids.next("cht");
        Instant expiresAt = now.plus(retention).truncatedTo(ChronoUnit.MICROS);
        String text = new String(json.encode(spec), StandardCharsets.UTF_8);
        store.insert(tx, new ChartRow(id, owner, text, expiresAt));
        return new SavedChart(id, spec, expiresAt);
    }

    Optional<SavedChart> find(Tx tx, String id, Scope scope) {
        return store.find(tx, id, clock.instant())
                .filter(row -> scope instanceof Scope.Platform || row.owner().equals(owner(scope)))
                .map(row -> new SavedChart(
                        row.id(),
                        json.decode(row.spec().getBytes(StandardCharsets.UTF_8), ChartSpec.class),
                        row.expiresAt()));
    }

    @Override
    public String name() {
        return "analytics.charts";
    }

    @Override
    public Instant run(Instant now) {
        int deleted = transactions.returning(tx -> store.deleteExpired(tx, now, AT_ONCE));
        return deleted == AT_ONCE ? now : now.plus(EVERY);
    }
}
