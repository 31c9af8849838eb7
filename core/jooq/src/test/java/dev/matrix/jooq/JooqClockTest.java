package dev.matrix.jooq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.matrix.core.StorageException;
import dev.matrix.core.spi.StoreClock;
import dev.matrix.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Store time as a node follows it whose own clock is years behind. */
@Tag("E13")
class JooqClockTest {

    @RegisterExtension
    private final OpenStorages storages = new OpenStorages();

    private final ManualClock node = ManualClock.at("2001-01-01T00:00:00Z");

    @ParameterizedTest
    @EnumSource
    void itIsTheDatabasesTime(Database database) {
        JooqStorage storage = storages.storage(database);

        Instant before = databaseTime(storage);
        Instant read = storage.clock(node).instant();
        Instant after = databaseTime(storage);

        assertThat(read).isBetween(before, after);
    }

    @Test
    @Tag("E18")
    void whoeverSetsTheNodesClockMovesNoStoreTime() {
        JooqStorage storage = storages.storage(Database.H2);
        StoreClock clock = storage.clock(node);
        for (Duration step : List.of(Duration.ofDays(100), Duration.ofDays(-365), Duration.ofSeconds(1))) {
            Instant before = databaseTime(storage);
            node.advance(step);
            clock.refresh();
            assertThat(clock.isTrusted()).isTrue();
            assertThat(clock.instant())
                    .isBetween(before.minusSeconds(1), databaseTime(storage).plusSeconds(1));
        }
    }

    @Test
    void withoutAnAnswerItGoesOn() {
        HikariDataSource pool = storages.database(Database.H2);
        StoreClock clock = JooqStorage.over(pool).clock(node);
        Instant start = clock.instant();
        pool.close();

        assertThatThrownBy(clock::refresh).isInstanceOf(StorageException.class);

        assertThat(clock.instant()).isAfterOrEqualTo(start);
    }

    private static Instant databaseTime(JooqStorage storage) {
        return storage.transactions()
                .returning(tx -> JooqTx.of(tx)
                        .dsl()
                        .fetchSingle(
                                tx instanceof JooqTx own && own.database() == Database.H2
                                        ? "select current_timestamp(6)"
                                        : "select clock_timestamp()")
                        .get(0, OffsetDateTime.class)
                        .toInstant());
    }
}
