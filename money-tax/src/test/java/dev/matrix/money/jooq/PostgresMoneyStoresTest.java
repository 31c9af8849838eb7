package dev.matrix.money.jooq;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.spi.Stores;
import dev.matrix.jooq.Database;
import dev.matrix.jooq.JooqTx;
import dev.matrix.jooq.OpenStorages;
import dev.matrix.money.QuotedRate;
import dev.matrix.money.RateSnapshot;
import dev.matrix.money.RateStatus;
import dev.matrix.money.spi.AsOf;
import dev.matrix.money.spi.CurrencyPreferenceStoreContract;
import dev.matrix.money.spi.FxSnapshotStore;
import dev.matrix.money.spi.FxSnapshotStoreContract;
import dev.matrix.money.spi.FxSourceStoreContract;
import dev.matrix.testkit.StoreContract;
import dev.matrix.testkit.StoreUnderTest;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The jOOQ stores keep every contract on PostgreSQL. */
class PostgresMoneyStoresTest {

    abstract static class OnPostgres implements StoreContract {

        @RegisterExtension
        final OpenStorages storages = new OpenStorages();

        @Override
        public Stores stores() {
            return storages.storage(Database.POSTGRESQL);
        }
    }

    @Nested
    class FxSnapshotStoreTest extends OnPostgres implements FxSnapshotStoreContract {

        private static final String READ = "select seq_tup_read + coalesce(idx_tup_fetch, 0)"
                + " from pg_stat_xact_user_tables where schemaname = current_schema() and relname = ?";

        /** Whoever asks for a currency that nobody quotes must not make the database read everything. */
        @Test
        @Tag("X12")
        void aCurrencyThatWasNeverQuotedCostsNoHistory() {
            StoreUnderTest<FxSnapshotStore> store = StoreUnderTest.of(this, FxSnapshotStore.class);
            List<RateSnapshot> history = new ArrayList<>();
            for (int day = 0; day < 300; day++) {
                LocalDate on = DAY.plusDays(day);
                Instant at = on.atStartOfDay(ZoneOffset.UTC).toInstant();
                history.add(new RateSnapshot(
                        "fxs_" + day,
                        "ecb",
                        "EUR",
                        on,
                        at,
                        at,
                        at,
                        1,
                        RateStatus.ACCEPTED,
                        null,
                        new TreeMap<>(Map.of("USD", QuotedRate.mid(BigDecimal.ONE)))));
            }
            store.run((tx, s) -> s.insert(tx, history));
            AsOf bound = new AsOf(ECB, DAY.plusDays(250), null);

            long read = store.<Long>get((tx, s) -> {
                assertThat(s.newestQuoting(tx, bound, "SAR")).isEmpty();
                return List.of("matrix_fx_snapshot", "matrix_fx_rate").stream()
                        .mapToLong(table ->
                                JooqTx.of(tx).dsl().fetchOne(READ, table).get(0, Long.class))
                        .sum();
            });

            assertThat(read).isZero();
        }
    }

    @Nested
    class FxSourceStoreTest extends OnPostgres implements FxSourceStoreContract {}

    @Nested
    class CurrencyPreferenceStoreTest extends OnPostgres implements CurrencyPreferenceStoreContract {}
}
