package dev.matrix.analytics.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.analytics.Movement;
import dev.matrix.analytics.TimeRange;
import dev.matrix.testkit.OtherThread;
import dev.matrix.testkit.StoreContract;
import dev.matrix.testkit.StoreUnderTest;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a {@link RollupStore} promises. */
public interface RollupStoreContract extends StoreContract {

    Instant JANUARY = Instant.parse("2026-01-01T00:00:00Z");
    Instant FEBRUARY = Instant.parse("2026-02-01T00:00:00Z");
    Instant MARCH = Instant.parse("2026-03-01T00:00:00Z");
    LocalDate DAY = LocalDate.of(2026, 2, 3);
    BigInteger LARGE = BigInteger.TEN.pow(37);

    private static RollupRow row(Instant bucket, LocalDate day, Movement movement, BigInteger parts, long heads) {
        return new RollupRow(0, TimeRange.MONTH, bucket, day, 1, "EUR", movement, parts, heads, heads);
    }

    private static RollupRow row(Instant bucket, long parts) {
        return row(bucket, DAY, Movement.NEW, BigInteger.valueOf(parts), 1);
    }

    private static RollupSum sum(
            @Nullable Instant bucket,
            Movement movement,
            BigInteger parts,
            long heads,
            LocalDate first,
            LocalDate last) {
        return new RollupSum(bucket, 1, "EUR", movement, parts, heads, heads, first, last);
    }

    private static List<RollupSum> read(StoreUnderTest<RollupStore> rollups, RollupRange range) {
        return rollups.get((tx, store) -> {
            List<RollupSum> sums = new ArrayList<>();
            store.read(tx, range, sums::add);
            return sums;
        });
    }

    private static List<RollupRow> rows(StoreUnderTest<RollupStore> rollups) {
        return rollups.get((tx, store) -> {
            List<RollupRow> rows = new ArrayList<>();
            store.rows(tx, JANUARY, Instant.parse("9999-01-01T00:00:00Z"), rows::add);
            return rows;
        });
    }

    @Test
    default void whatIsAddedAddsUp() {
        StoreUnderTest<RollupStore> rollups = StoreUnderTest.of(this, RollupStore.class);

        rollups.run((tx, store) -> store.add(tx, List.of(row(JANUARY, 5), row(FEBRUARY, 7))));
        rollups.run((tx, store) -> store.add(tx, List.of(row(JANUARY, DAY, Movement.NEW, LARGE, -3), row(MARCH, 1))));
        assertThat(rows(rollups))
                .containsExactlyInAnyOrder(
                        row(JANUARY, DAY, Movement.NEW, LARGE.add(BigInteger.valueOf(5)), -2),
                        row(FEBRUARY, 7),
                        row(MARCH, 1));
    }

    @Test
    default void aRangeIsReadWithAllBeforeItAsOne() {
        StoreUnderTest<RollupStore> rollups = StoreUnderTest.of(this, RollupStore.class);
        LocalDate later = DAY.plusDays(40);
        rollups.run((tx, store) -> store.add(
                tx,
                List.of(
                        row(JANUARY.minusSeconds(86_400), 1),
                        row(JANUARY, 2),
                        row(FEBRUARY, 3),
                        row(FEBRUARY, later, Movement.NEW, BigInteger.TEN, 2),
                        row(FEBRUARY, later, Movement.CHURN, LARGE.negate(), -1),
                        row(FEBRUARY, later.plusDays(1), Movement.CHURN, BigInteger.ZERO, 0),
                        row(MARCH, 9))));

        assertThat(read(rollups, new RollupRange(0, TimeRange.MONTH, FEBRUARY, MARCH, later.plusDays(9))))
                .containsExactlyInAnyOrder(
                        sum(null, Movement.NEW, BigInteger.valueOf(3), 2, DAY, DAY),
                        sum(FEBRUARY, Movement.NEW, BigInteger.valueOf(13), 3, DAY, later),
                        sum(FEBRUARY, Movement.CHURN, LARGE.negate(), -1, later, later));
        assertThat(read(rollups, new RollupRange(0, TimeRange.MONTH, FEBRUARY, MARCH, later.minusDays(1))))
                .containsExactlyInAnyOrder(
                        sum(null, Movement.NEW, BigInteger.valueOf(3), 2, DAY, DAY),
                        sum(FEBRUARY, Movement.NEW, BigInteger.valueOf(3), 1, DAY, DAY));
        assertThat(read(rollups, new RollupRange(1, TimeRange.MONTH, FEBRUARY, MARCH, later)))
                .isEmpty();
        assertThat(read(rollups, new RollupRange(0, TimeRange.DAY, FEBRUARY, MARCH, later)))
                .isEmpty();
    }

    @Test
    default void bucketsOfASpanAreDeleted() {
        StoreUnderTest<RollupStore> rollups = StoreUnderTest.of(this, RollupStore.class);
        rollups.run((tx, store) -> store.add(tx, List.of(row(JANUARY, 2), row(FEBRUARY, 3), row(MARCH, 4))));

        rollups.rollBack((tx, store) -> store.delete(tx, JANUARY, MARCH));
        assertThat(rollups.<Long>get((tx, store) -> store.delete(tx, FEBRUARY, MARCH)))
                .isEqualTo(1);
        assertThat(rows(rollups)).containsExactlyInAnyOrder(row(JANUARY, 2), row(MARCH, 4));
    }

    /** More rows than a fetch or a batch has. */
    @Test
    @Tag("AC17")
    default void manyRowsAreNotCutOff() {
        StoreUnderTest<RollupStore> rollups = StoreUnderTest.of(this, RollupStore.class);
        List<RollupRow> many = new ArrayList<>();
        for (int i = 0; i < 2_500; i++) {
            many.add(row(JANUARY.plusSeconds(i), 1));
        }
        rollups.run((tx, store) -> store.add(tx, many));

        assertThat(rows(rollups)).hasSize(2_500);
        assertThat(read(rollups, new RollupRange(0, TimeRange.MONTH, FEBRUARY, MARCH, DAY)))
                .containsExactly(sum(null, Movement.NEW, BigInteger.valueOf(2_500), 2_500, DAY, DAY));
    }

    @Test
    default void twoWhoAddToOneRowLoseNothing() {
        StoreUnderTest.assumeConcurrent(this);
        StoreUnderTest<RollupStore> rollups = StoreUnderTest.of(this, RollupStore.class);
        int times = 20;
        OtherThread<Boolean> other = OtherThread.running(() -> {
            for (int i = 0; i < times; i++) {
                rollups.run((tx, store) -> store.add(tx, List.of(row(JANUARY, 1), row(FEBRUARY, 1))));
            }
            return true;
        });
        for (int i = 0; i < times; i++) {
            rollups.run((tx, store) -> store.add(tx, List.of(row(JANUARY, 1), row(FEBRUARY, 1))));
        }
        assertThat(other.join()).isTrue();
        assertThat(rows(rollups)).extracting(RollupRow::parts).containsOnly(BigInteger.valueOf(2L * times));
    }
}
