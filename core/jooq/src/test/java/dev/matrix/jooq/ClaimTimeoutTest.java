package dev.matrix.jooq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.Owner;
import dev.matrix.core.spi.ClaimTimeoutException;
import dev.matrix.core.spi.IdempotencyStore;
import dev.matrix.core.spi.IdempotencyStore.Claim;
import dev.matrix.core.spi.IdempotencyStore.IdempotencyRow;
import dev.matrix.core.spi.Tx;
import dev.matrix.testkit.OtherThread;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A node that dies with its transaction open doesn't hold up the others. */
class ClaimTimeoutTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final IdempotencyRow ROW =
            new IdempotencyRow(Owner.user("u_1"), "topUp", "k1", new byte[32], NOW.plus(Duration.ofDays(3)), null);

    @RegisterExtension
    private final OpenStorages storages = new OpenStorages();

    @ParameterizedTest
    @EnumSource
    @Tag("H16")
    void aClaimWaitsForAnotherTransactionForABoundedTime(Database database) {
        JooqStorage storage = storages.storage(database);
        IdempotencyStore store = storage.get(IdempotencyStore.class);
        CountDownLatch claimed = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        OtherThread<Claim> first =
                OtherThread.running(() -> storage.transactions().returning(tx -> {
                    Claim claim = store.claim(tx, ROW, NOW, Duration.ofSeconds(20));
                    claimed.countDown();
                    OtherThread.await(over);
                    return claim;
                }));
        OtherThread.await(claimed);

        assertThatThrownBy(() -> storage.transactions().inTransaction(tx -> {
                    if (database == Database.H2) {
                        run(tx, "set lock_timeout 100");
                    }
                    store.claim(tx, ROW, NOW, Duration.ofSeconds(1));
                }))
                .isInstanceOf(ClaimTimeoutException.class);

        over.countDown();
        assertThat(first.join()).isInstanceOf(Claim.Inserted.class);
    }

    private static void run(Tx tx, String sql) {
        try (Statement statement = JooqStorage.connection(tx).createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
