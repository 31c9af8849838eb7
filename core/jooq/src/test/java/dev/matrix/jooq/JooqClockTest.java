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
import java.time.temporal.ChronoUnit;
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
    void itGoesOnWithTheNodesClockInMicroseconds() {
        StoreClock clock = storages.storage(Database.H2).clock(node);
        Instant start = clock.instant();

        node.advance(Duration.ofSeconds(7).plusNanos(1_900));

        assertThat(clock.instant()).isEqualTo(start.plusSeconds(7).plus(1, ChronoUnit.MICROS));
    }

    @Test
    void itNeverStepsBack() {
        StoreClock clock = storages.storage(Database.H2).clock(node);
        node.advance(Duration.ofHours(1));
        Instant furthest = clock.instant();

        node.advance(Duration.ofHours(-1));
        assertThat(clock.instant()).isEqualTo(furthest);
        clock.refresh();
        assertThat(clock.instant()).isEqualTo(furthest);
    }

    @Test
    void itIsTrustedForAMinuteAfterEachAnswer() {
        StoreClock clock = storages.storage(Database.H2).clock(node);

        node.advance(Duration.ofSeconds(60));
        assertThat(clock.isTrusted()).isTrue();
        node.advance(Duration.ofMillis(1));
        assertThat(clock.isTrusted()).isFalse();
        clock.refresh();
        assertThat(clock.isTrusted()).isTrue();
        node.advance(Duration.ofSeconds(-1));
        assertThat(clock.isTrusted()).as("the node's clock has stepped back").isFalse();
    }

    @Test
    void withoutAnAnswerItGoesOnUntrusted() {
        HikariDataSource pool = storages.database(Database.H2);
        StoreClock clock = JooqStorage.over(pool).clock(node);
        Instant start = clock.instant();
        pool.close();

        assertThatThrownBy(clock::refresh).isInstanceOf(StorageException.class);
        node.advance(Duration.ofSeconds(61));

        assertThat(clock.instant()).isEqualTo(start.plusSeconds(61));
        assertThat(clock.isTrusted()).isFalse();
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
