package dev.matrix.money.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.ConflictException;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.money.DateRange;
import dev.matrix.money.QuotedRate;
import dev.matrix.money.RateSnapshot;
import dev.matrix.money.RateStatus;
import dev.matrix.testkit.StoreContract;
import dev.matrix.testkit.StoreUnderTest;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an {@link FxSnapshotStore} promises. */
public interface FxSnapshotStoreContract extends StoreContract {

    Series ECB = new Series("ecb", "EUR");
    LocalDate DAY = LocalDate.of(2026, 1, 5);
    Instant NOON = Instant.parse("2026-01-05T12:00:00Z");
    Instant FETCHED = Instant.parse("2026-01-05T16:00:00Z");

    private StoreUnderTest<FxSnapshotStore> snapshots() {
        return StoreUnderTest.of(this, FxSnapshotStore.class);
    }

    /** Rates of EUR so many days after the first. */
    private static RateSnapshot snapshot(String id, int days, int revision, RateStatus status, String usd) {
        return new RateSnapshot(
                id,
                "ecb",
                "EUR",
                DAY.plusDays(days),
                NOON.plus(Duration.ofDays(days)),
                FETCHED.plus(Duration.ofDays(days)),
                status == RateStatus.ACCEPTED ? FETCHED.plus(Duration.ofDays(days)) : null,
                revision,
                status,
                null,
                new TreeMap<>(Map.of("USD", QuotedRate.mid(new BigDecimal(usd)))));
    }

    private static RateSnapshot accepted(String id, int days, String usd) {
        return snapshot(id, days, 1, RateStatus.ACCEPTED, usd);
    }

    /** Accepted rates of the first day. */
    private static RateSnapshot quoting(String id, String source, String base, Map<String, String> rates) {
        TreeMap<String, QuotedRate> quoted = new TreeMap<>();
        rates.forEach((code, rate) -> quoted.put(code, QuotedRate.mid(new BigDecimal(rate))));
        return new RateSnapshot(id, source, base, DAY, NOON, FETCHED, FETCHED, 1, RateStatus.ACCEPTED, null, quoted);
    }

    /** A store that has these snapshots. */
    private StoreUnderTest<FxSnapshotStore> holding(RateSnapshot... rows) {
        StoreUnderTest<FxSnapshotStore> store = snapshots();
        store.run((tx, s) -> s.insert(tx, List.of(rows)));
        return store;
    }

    private static List<String> ids(List<RateSnapshot> snapshots) {
        return snapshots.stream().map(RateSnapshot::id).toList();
    }

    private static List<String> newest(
            StoreUnderTest<FxSnapshotStore> store, @Nullable LocalDate day, @Nullable Instant knownAt) {
        return ids(store.get((tx, s) -> s.newest(tx, List.of(new AsOf(ECB, day, knownAt)))));
    }

    @Test
    @Tag("X1")
    default void aSnapshotIsReadAsItWasWritten() {
        StoreUnderTest<FxSnapshotStore> store = snapshots();
        TreeMap<String, QuotedRate> rates = new TreeMap<>();
        rates.put("JPY", QuotedRate.mid(new BigDecimal("143.76")));
        rates.put("USD", new QuotedRate(new BigDecimal("1.075"), new BigDecimal("1.05"), new BigDecimal("1.10")));
        rates.put("ZWL", QuotedRate.mid(new BigDecimal("0.000013652638")));
        RateSnapshot written = new RateSnapshot(
                "fxs_1",
                "manual:EUR-USD",
                "EUR",
                DAY,
                NOON,
                FETCHED,
                FETCHED.plusSeconds(1),
                3,
                RateStatus.ACCEPTED,
                DAY.plusDays(9),
                rates);

        store.run((tx, s) -> s.insert(tx, List.of(written)));

        assertThat(store.<Optional<RateSnapshot>>get((tx, s) -> s.find(tx, "fxs_1")))
                .hasValue(written);
        assertThat(store.<Optional<RateSnapshot>>get((tx, s) -> s.find(tx, "fxs_2")))
                .isEmpty();
    }

    @Test
    @Tag("X1")
    default void anObservationHasEachRevisionOnce() {
        StoreUnderTest<FxSnapshotStore> store = holding(accepted("fxs_1", 0, "1.1"));

        assertThatThrownBy(() -> store.run((tx, s) -> s.insert(tx, List.of(accepted("fxs_2", 0, "1.2")))))
                .isInstanceOf(ConflictException.class);

        assertThat(store.<Optional<RateSnapshot>>get((tx, s) -> s.find(tx, "fxs_2")))
                .isEmpty();
        assertThat(newest(store, null, null)).containsExactly("fxs_1");
    }

    @Test
    default void addingNothingIsNothing() {
        StoreUnderTest<FxSnapshotStore> store = snapshots();

        store.run((tx, s) -> s.insert(tx, List.of()));

        assertThat(store.<List<RateSnapshot>>get((tx, s) -> s.newest(tx, List.of())))
                .isEmpty();
    }

    @Test
    @Tag("X2")
    default void theNewestIsOfTheLatestDayWithTheHighestRevision() {
        StoreUnderTest<FxSnapshotStore> store = holding(
                accepted("fxs_1", 1, "1.1"),
                snapshot("fxs_2", 1, 2, RateStatus.ACCEPTED, "1.2"),
                accepted("fxs_3", 0, "1.3"),
                snapshot("fxs_4", 2, 1, RateStatus.QUARANTINED, "9"),
                snapshot("fxs_5", 3, 1, RateStatus.REJECTED, "9"));

        assertThat(newest(store, null, null)).containsExactly("fxs_2");
        assertThat(newest(store, DAY, null)).containsExactly("fxs_3");
        assertThat(newest(store, DAY.minusDays(1), null)).isEmpty();
    }

    @Test
    @Tag("X2")
    default void whatWasAcceptedLaterWasNotKnown() {
        StoreUnderTest<FxSnapshotStore> store = holding(accepted("fxs_1", 0, "1.1"), accepted("fxs_2", 1, "1.2"));
        Instant second = FETCHED.plus(Duration.ofDays(1));

        assertThat(newest(store, null, second)).containsExactly("fxs_2");
        assertThat(newest(store, null, second.minusMillis(1))).containsExactly("fxs_1");
        assertThat(newest(store, null, FETCHED.minusMillis(1))).isEmpty();
    }

    @Test
    default void seriesAreApart() {
        RateSnapshot bitcoin = quoting("fxs_2", "coins", "BTC", Map.of("USD", "10"));
        StoreUnderTest<FxSnapshotStore> store = holding(accepted("fxs_1", 0, "1.1"), bitcoin);
        Series coins = new Series("coins", "BTC");

        List<RateSnapshot> both =
                store.get((tx, s) -> s.newest(tx, List.of(new AsOf(ECB, null, null), new AsOf(coins, DAY, FETCHED))));

        assertThat(ids(both)).containsExactlyInAnyOrder("fxs_1", "fxs_2");
        assertThat(store.<List<FxSnapshotStore.Change>>get((tx, s) -> s.acceptedAfter(tx, FETCHED.minusMillis(1))))
                .containsExactlyInAnyOrder(
                        new FxSnapshotStore.Change(ECB, DAY), new FxSnapshotStore.Change(coins, DAY));
        assertThat(store.<List<FxSnapshotStore.Change>>get((tx, s) -> s.acceptedAfter(tx, FETCHED)))
                .isEmpty();
    }

    @Test
    @Tag("X2")
    default void aCurrencyThatIsNoLongerQuotedHasALastSnapshot() {
        RateSnapshot withRouble = quoting("fxs_1", "ecb", "EUR", Map.of("RUB", "117.201", "USD", "1"));
        StoreUnderTest<FxSnapshotStore> store = holding(withRouble, accepted("fxs_2", 1, "1.2"));
        AsOf any = new AsOf(ECB, null, null);

        assertThat(store.<Optional<RateSnapshot>>get((tx, s) -> s.newestQuoting(tx, any, "RUB")))
                .hasValue(withRouble);
        assertThat(store.<Optional<RateSnapshot>>get((tx, s) -> s.newestQuoting(tx, any, "SAR")))
                .isEmpty();
        assertThat(store.<Optional<RateSnapshot>>get(
                        (tx, s) -> s.newestQuoting(tx, new AsOf(ECB, DAY.minusDays(1), null), "RUB")))
                .isEmpty();
    }

    @Test
    @Tag("X2")
    default void aCurrencyThatCameAndWentIsFoundWithinItsDays() {
        StoreUnderTest<FxSnapshotStore> store = holding(
                accepted("fxs_1", -1, "1.1"),
                quoting("fxs_2", "ecb", "EUR", Map.of("RUB", "117.201")),
                accepted("fxs_3", 1, "1.2"));
        store.run((tx, s) -> s.insert(tx, List.of(accepted("fxs_4", 2, "1.3"))));

        for (int days = 0; days < 4; days++) {
            AsOf bound = new AsOf(ECB, DAY.plusDays(days), null);
            assertThat(store.<Optional<RateSnapshot>>get((tx, s) -> s.newestQuoting(tx, bound, "RUB")))
                    .map(RateSnapshot::id)
                    .hasValue("fxs_2");
        }
        assertThat(store.<Optional<RateSnapshot>>get(
                        (tx, s) -> s.newestQuoting(tx, new AsOf(ECB, DAY.plusDays(9), null), "USD")))
                .map(RateSnapshot::id)
                .hasValue("fxs_4");
        assertThat(store.<Optional<RateSnapshot>>get(
                        (tx, s) -> s.newestQuoting(tx, new AsOf(ECB, DAY.minusDays(1), null), "USD")))
                .map(RateSnapshot::id)
                .hasValue("fxs_1");
    }

    @Test
    @Tag("X1")
    default void ofEachObservationTheHighestRevisionIsFound() {
        StoreUnderTest<FxSnapshotStore> store = holding(
                accepted("fxs_1", 0, "1.1"),
                snapshot("fxs_2", 0, 2, RateStatus.QUARANTINED, "9"),
                accepted("fxs_3", 1, "1.3"),
                accepted("fxs_4", 2, "1.4"));

        List<RateSnapshot> found = store.get((tx, s) -> s.revisions(tx, ECB, NOON, NOON.plus(Duration.ofDays(1))));

        assertThat(ids(found)).containsExactlyInAnyOrder("fxs_2", "fxs_3");
    }

    @Test
    @Tag("X11")
    default void aQuarantineEndsOnce() {
        StoreUnderTest<FxSnapshotStore> store = holding(
                accepted("fxs_1", 0, "1.1"),
                snapshot("fxs_2", 1, 1, RateStatus.QUARANTINED, "9"),
                snapshot("fxs_3", 2, 1, RateStatus.QUARANTINED, "9.1"));
        Instant later = FETCHED.plus(Duration.ofDays(9));

        assertThat(store.<Optional<RateSnapshot>>get((tx, s) -> s.quarantined(tx, ECB))
                        .map(RateSnapshot::id))
                .hasValue("fxs_3");
        assertThat(store.<Boolean>get((tx, s) -> s.decide(tx, "fxs_3", RateStatus.REJECTED, later)))
                .isTrue();
        assertThat(store.<Boolean>get((tx, s) -> s.decide(tx, "fxs_3", RateStatus.ACCEPTED, later)))
                .isFalse();
        assertThat(store.<Boolean>get((tx, s) -> s.decide(tx, "fxs_1", RateStatus.REJECTED, later)))
                .isFalse();
        assertThat(store.<Boolean>get((tx, s) -> s.decide(tx, "fxs_9", RateStatus.ACCEPTED, later)))
                .isFalse();
        assertThat(store.<Boolean>get((tx, s) -> s.decide(tx, "fxs_2", RateStatus.ACCEPTED, later)))
                .isTrue();

        assertThat(store.<Optional<RateSnapshot>>get((tx, s) -> s.quarantined(tx, ECB)))
                .isEmpty();
        assertThat(newest(store, null, null)).containsExactly("fxs_2");
        assertThat(newest(store, null, later.minusMillis(1))).containsExactly("fxs_1");
    }

    @Test
    default void aListingGoesByDayAndShowsEveryStatus() {
        StoreUnderTest<FxSnapshotStore> store = holding(
                accepted("fxs_4", 3, "1.4"),
                accepted("fxs_3", 0, "1.1"),
                snapshot("fxs_2", 1, 1, RateStatus.REJECTED, "9"),
                accepted("fxs_1", 2, "1.3"));
        DateRange days = new DateRange(DAY, DAY.plusDays(2));

        Page<RateSnapshot> first = store.get((tx, s) -> s.page(tx, "ecb", days, PageRequest.first(2)));
        String cursor = first.nextCursor();
        assertThat(ids(first.items())).containsExactly("fxs_3", "fxs_2");
        assertThat(cursor).isNotNull();
        Page<RateSnapshot> second =
                store.get((tx, s) -> s.page(tx, "ecb", days, PageRequest.after(String.valueOf(cursor), 2)));

        assertThat(ids(second.items())).containsExactly("fxs_1");
        assertThat(second.nextCursor()).isNull();
    }

    @Test
    default void aForeignCursorIsRefused() {
        StoreUnderTest<FxSnapshotStore> store = snapshots();
        DateRange days = new DateRange(DAY, DAY);

        assertThatThrownBy(() -> store.get((tx, s) -> s.page(tx, "ecb", days, PageRequest.after("none of yours", 2))))
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    @Tag("X13")
    default void thinningKeepsTheLastAcceptedOfEachDay() {
        StoreUnderTest<FxSnapshotStore> store = snapshots();
        List<RateSnapshot> all = new ArrayList<>();
        for (int hour = 0; hour < 6; hour++) {
            all.add(hourly("fxs_" + hour, hour, RateStatus.ACCEPTED));
        }
        all.add(hourly("fxs_6", 6, RateStatus.REJECTED));
        all.add(accepted("fxs_7", 1, "1.2"));
        store.run((tx, s) -> s.insert(tx, all));

        assertThat(store.<Integer>get((tx, s) -> s.thin(tx, "ecb", DAY, 100))).isZero();
        assertThat(store.<Integer>get((tx, s) -> s.thin(tx, "other", DAY.plusDays(9), 100)))
                .isZero();
        assertThat(store.<Integer>get((tx, s) -> s.thin(tx, "ecb", DAY.plusDays(1), 4)))
                .isEqualTo(4);
        assertThat(store.<Integer>get((tx, s) -> s.thin(tx, "ecb", DAY.plusDays(1), 4)))
                .isEqualTo(2);

        DateRange days = new DateRange(DAY, DAY.plusDays(1));
        assertThat(ids(store.get((tx, s) -> s.page(tx, "ecb", days, PageRequest.first(9)))
                        .items()))
                .containsExactly("fxs_5", "fxs_7");
    }

    private static RateSnapshot hourly(String id, int hour, RateStatus status) {
        Instant at = NOON.plus(Duration.ofHours(hour));
        return new RateSnapshot(
                id,
                "ecb",
                "EUR",
                DAY,
                at,
                at,
                status == RateStatus.ACCEPTED ? at : null,
                1,
                status,
                null,
                new TreeMap<>(Map.of("USD", QuotedRate.mid(BigDecimal.ONE))));
    }
}
