package dev.matrix.analytics;

import static dev.matrix.analytics.Books.midnight;
import static dev.matrix.analytics.Books.monthly;
import static dev.matrix.analytics.Books.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.analytics.spi.RollupRow;
import dev.matrix.analytics.spi.RollupStore;
import dev.matrix.core.Owner;
import dev.matrix.core.event.EventDraft;
import dev.matrix.core.event.EventQuery;
import dev.matrix.core.event.payload.BillingInterval;
import dev.matrix.core.event.payload.SubscriptionState;
import dev.matrix.core.event.payload.SubscriptionStatus;
import dev.matrix.core.spi.Stores;
import dev.matrix.testkit.ManualClock;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The numbers depend on what happened, not on the order, the repetition or the batches in which it was heard of. */
class OrderTest {

    private static final Owner ANN = Owner.user("ann");
    private static final List<SubscriptionStatus> STATUSES = List.of(SubscriptionStatus.values());
    private static final Instant NOW = Instant.parse("2026-08-15T12:00:00Z");

    private static List<EventDraft> life(Books books) {
        List<EventDraft> drafts = new ArrayList<>();
        drafts.add(Books.created("sub_1", ANN, active(books, "2026-01-05", "500.00"))
                .withId("evt_a"));
        drafts.add(Books.updated("sub_1", ANN, active(books, "2026-02-05", "800.00"))
                .withId("evt_b"));
        drafts.add(Books.created("sub_2", ANN, active(books, "2026-02-20", "60.00"))
                .withId("evt_c"));
        drafts.add(Books.cancelled("sub_2", ANN, active(books, "2026-03-01", "60.00"), midnight("2026-03-20"))
                .withId("evt_d"));
        // An upgrade and a cancellation at one instant.
        drafts.add(Books.updated("sub_1", ANN, active(books, "2026-04-05", "900.00"))
                .withId("evt_e"));
        drafts.add(Books.cancelled("sub_1", ANN, active(books, "2026-04-05", "900.00"), midnight("2026-05-05"))
                .withId("evt_f"));
        drafts.add(Books.created("sub_3", ANN, active(books, "2026-07-05", "150.00"))
                .withId("evt_g"));
        return drafts;
    }

    private static SubscriptionState active(Books books, String day, String price) {
        return books.state(SubscriptionStatus.ACTIVE, midnight(day), monthly("pro", price, "EUR"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 1_000})
    @Tag("AC9")
    @Tag("AN13")
    @Tag("AN4")
    void everyOrderAndRepetitionGivesTheSame(int batch) {
        List<String> expected = null;
        for (int seed = 0; seed < 12; seed++) {
            ManualClock clock = ManualClock.at(NOW);
            Books books = Books.over(Stores.inMemory(clock), clock, "one", builder -> builder.batch(batch));
            List<EventDraft> drafts = life(books);
            Collections.shuffle(drafts, new Random(seed));
            for (EventDraft draft : drafts) {
                books.publish(draft);
                books.matrix.events().replay("analytics", EventQuery.all());
            }
            books.drive();
            List<String> told = told(books.months("2026-01-01", "2026-09-01"));
            expected = expected == null ? told : expected;
            assertThat(told).as("seed " + seed).isEqualTo(expected);
            assertThat(books.verify()).isEmpty();
        }
        assertThat(expected)
                .startsWith("2026-01 0.00 NEW 500.00 → 500.00", "2026-02 500.00 EXPANSION 360.00 → 860.00")
                .contains("2026-05 900.00 CHURN 900.00 → 0.00", "2026-07 0.00 REACTIVATION 150.00 → 150.00");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    @Tag("AC6")
    @Tag("AN20")
    @Tag("AN5")
    void randomStreamsAddUpInEveryRangeAndZone(long seed) {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        ManualClock clock = ManualClock.at(NOW);
        Stores stores = Stores.inMemory(clock);
        Books one = Books.over(stores, clock, "one", builder -> builder.batch(7));
        Books two = Books.over(stores, clock, "two", builder -> builder.batch(7));
        publishAtRandom(one, two, clock, new Random(seed));

        assertThat(one.verify()).isEmpty();
        Window window = Window.between(midnight("2026-01-01"), midnight("2027-01-01"));
        for (TimeRange range : TimeRange.values()) {
            for (ZoneId zone : List.of(ZoneId.of("UTC"), berlin)) {
                Window own = range == TimeRange.HOUR
                        ? Window.between(midnight("2026-03-28"), midnight("2026-04-02"))
                        : window;
                for (Dimension[] groups : new Dimension[][] {{}, {Dimension.PLAN}}) {
                    RevenueReport report = one.report(ReportQuery.builder()
                            .window(own)
                            .timeRange(range)
                            .zone(zone)
                            .topGroups(3)
                            .groupBy(groups));
                    report.rollForwards().forEach(OrderTest::addsUp);
                }
            }
        }
        // What has rollups gives the same as what has none.
        Books berliner = Books.over(
                stores, clock, "three", builder -> builder.zones(berlin).revision(2));
        ReportQuery.Builder query = ReportQuery.builder()
                .window(Calendar.STANDARD.last(9, TimeRange.MONTH, berlin, NOW))
                .zone(berlin)
                .groupBy(Dimension.PLAN);
        RevenueReport stored = berliner.report(query);
        assertThat(stored.header().answeredBy()).isEqualTo("rollups");
        RevenueReport replayed = one.analytics.revenue(query.build());
        assertThat(replayed.header().answeredBy()).isEqualTo("timelines");
        assertThat(replayed.rollForwards()).isEqualTo(stored.rollForwards());
    }

    static void addsUp(RollForward row) {
        var movements = row.movements();
        assertThat(row.opening()
                        .add(movements.get(Movement.NEW))
                        .add(movements.get(Movement.REACTIVATION))
                        .add(movements.get(Movement.EXPANSION))
                        .subtract(movements.get(Movement.CONTRACTION))
                        .subtract(movements.get(Movement.CHURN))
                        .add(movements.get(Movement.FX))
                        .add(movements.get(Movement.TRANSFER)))
                .as(row.toString())
                .isEqualTo(row.closing());
        assertThat(row.customersOpening() + row.customersIn() - row.customersOut() + row.customersMoved())
                .as(row.toString())
                .isEqualTo(row.customersClosing());
    }

    private static void publishAtRandom(Books one, Books two, ManualClock clock, Random random) {
        String[] currencies = {"EUR", "USD", "JPY", "GBP", "BTC"};
        String[] plans = {"small", "large", "huge", "tiny", "other"};
        clock.set(Instant.parse("2026-06-01T00:00:00Z"));
        for (int i = 0; i < 400; i++) {
            Books books = random.nextBoolean() ? one : two;
            String customer = "c" + random.nextInt(25);
            String subscription = customer + "_" + random.nextInt(2);
            Instant at = midnight("2026-01-01").plus(Duration.ofHours(random.nextInt(220 * 24)));
            String currency = currencies[random.nextInt(currencies.length)];
            var item = Books.item(
                    plans[random.nextInt(plans.length)],
                    Integer.toString(1 + random.nextInt(1_000)),
                    currency,
                    BillingInterval.monthly(),
                    1 + random.nextInt(3));
            SubscriptionStatus status = STATUSES.get(random.nextInt(STATUSES.size()));
            SubscriptionState state =
                    books.state(random.nextInt(3) == 0 ? status : SubscriptionStatus.ACTIVE, at, item);
            EventDraft draft = random.nextInt(5) == 0
                    ? Books.cancelled(
                            subscription, Owner.user(customer), state, at.plus(Duration.ofDays(random.nextInt(40))))
                    : Books.updated(subscription, Owner.user(customer), state);
            books.matrix.events().publish(draft);
            if (random.nextInt(4) == 0) {
                (random.nextBoolean() ? one : two).matrix.runDueStep();
            }
            if (random.nextInt(10) == 0) {
                clock.advance(Duration.ofHours(random.nextInt(48)));
            }
        }
        clock.set(NOW);
        one.drive();
        two.drive();
    }

    @Test
    @Tag("AC10")
    @Tag("AN8")
    @Tag("AN43")
    void whatIsHeardOfLateRestatesAndLeavesTheFormerNumberReadable() {
        Books books = Books.at("2026-03-01T09:00:00Z");
        books.starts("sub_1", ANN, midnight("2026-03-01"), monthly("basic", "50.00", "EUR"));
        books.until("2026-06-10T09:00:00Z");
        books.ends("sub_1", ANN, midnight("2026-04-20"), monthly("basic", "50.00", "EUR"));
        books.until("2026-06-12T09:00:00Z");

        RevenueReport now = books.months("2026-03-01", "2026-07-01");
        assertThat(told(now))
                .containsExactly(
                        "2026-03 0.00 NEW 50.00 → 50.00",
                        "2026-04 50.00 CHURN 50.00 → 0.00",
                        "2026-05 0.00 → 0.00",
                        "2026-06 0.00 → 0.00");
        assertThat(now.rollForwards())
                .extracting(row -> row.bucket().state())
                .containsExactly(BucketState.FINAL, BucketState.RESTATED, BucketState.FINAL, BucketState.PARTIAL);
        ReportQuery.Builder before = ReportQuery.builder()
                .window(Window.between(midnight("2026-03-01"), midnight("2026-06-01")))
                .asOf(Instant.parse("2026-06-09T12:00:00Z"));
        assertThat(told(books.report(before)))
                .containsExactly("2026-03 0.00 NEW 50.00 → 50.00", "2026-04 50.00 → 50.00", "2026-05 50.00 → 50.00");
        assertThat(told(books.report(before.zone(ZoneId.of("+01:00")))))
                .hasSize(4)
                .last()
                .asString()
                .contains("50.00");

        books.matrix.events().replay("analytics", EventQuery.all());
        books.analytics.admin().rebuild(Upkeep.ALL);
        assertThat(books.months("2026-03-01", "2026-07-01").rollForwards()).isEqualTo(now.rollForwards());
    }

    @Test
    @Tag("AC33")
    void anEventCountsFromTheDayOfItsRecordNotOfItsHandling() {
        Books books = Books.at("2026-03-01T23:00:00Z");
        books.matrix.events().publish(Books.created("sub_1", ANN, active(books, "2026-03-01", "50.00")));
        books.until("2026-03-02T09:00:00Z");
        ReportQuery.Builder query = ReportQuery.builder()
                .window(Window.between(midnight("2026-03-01"), midnight("2026-04-01")))
                .asOf(Instant.parse("2026-03-01T12:00:00Z"));
        assertThat(told(books.report(query))).containsExactly("2026-03 0.00 NEW 50.00 → 50.00");
    }

    @Test
    @Tag("AN58")
    void numbersAreShownAsOfDaysThatAreOver() {
        Books books = Books.at("2026-03-02T00:10:00Z");
        books.starts("sub_1", ANN, midnight("2026-03-01"), monthly("basic", "50.00", "EUR"));
        assertThatThrownBy(() -> books.report(ReportQuery.builder().asOf(Instant.parse("2026-03-02T00:00:00Z"))))
                .isInstanceOf(Unprocessable.class)
                .hasMessageContaining("2026-03-02");
        ReportQuery.Builder yesterday = ReportQuery.builder().asOf(Instant.parse("2026-03-01T00:00:00Z"));
        assertThat(books.report(yesterday).warnings()).extracting(Warning::code).containsExactly("as_of_open");
        books.until("2026-03-02T01:10:00Z");
        assertThat(books.report(yesterday).warnings()).isEmpty();
    }

    @Test
    @Tag("AN55")
    @Tag("AC40")
    void otherSettingsNeedAHigherRevision() {
        ManualClock clock = ManualClock.at(NOW);
        Stores stores = Stores.inMemory(clock);
        Books first = Books.over(stores, clock, "one", builder -> builder);
        first.starts("sub_1", ANN, midnight("2026-03-01"), monthly("basic", "50.00", "EUR"));
        first.becomes(
                "sub_1", ANN, SubscriptionStatus.PAUSED, midnight("2026-04-10"), monthly("basic", "50.00", "EUR"));
        MrrPolicy churned = MrrPolicy.standard().withZeroMrr(MrrPolicy.ZeroMrr.CHURNED);

        assertThatThrownBy(() -> Books.over(stores, clock, "two", builder -> builder.policy(churned)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("zeroMrr=ACTIVE is stored")
                .hasMessageContaining("zeroMrr=CHURNED is built");
        Books second = Books.over(
                stores, clock, "two", builder -> builder.policy(churned).revision(2));
        assertThat(told(second.months("2026-04-01", "2026-05-01"))).containsExactly("2026-04 50.00 CHURN 50.00 → 0.00");
        assertThat(second.verify()).isEmpty();

        // The node with the former settings counts nothing; what it left is counted by the other one.
        first.matrix.events().publish(Books.created("sub_2", Owner.user("ben"), active(first, "2026-05-01", "10.00")));
        first.drive();
        assertThat(told(second.months("2026-05-01", "2026-06-01"))).containsExactly("2026-05 0.00 → 0.00");
        clock.advance(Duration.ofMinutes(2));
        assertThat(told(second.months("2026-05-01", "2026-06-01"))).containsExactly("2026-05 0.00 NEW 10.00 → 10.00");
        assertThatThrownBy(() -> Books.over(stores, clock, "three", builder -> builder))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("revision 2");
    }

    @Test
    @Tag("AN61")
    @Tag("AN62")
    void whatCanNotBeCountedIsRejectedAndTheRestIsCounted() {
        Books books = Books.at("2026-08-15T12:00:00Z");
        books.publish(
                Books.created("sub_1", ANN, active(books, "2026-03-01", "50.00")),
                Books.created("sub_2", ANN, active(books, "2026-03-01", "1" + "0".repeat(39))),
                Books.created("sub_3", ANN, active(books, "1969-12-31", "50.00")),
                Books.created("sub_4", ANN, active(books, "2036-12-31", "50.00")),
                Books.created(
                        "sub_5",
                        Owner.user("ben"),
                        books.state(
                                SubscriptionStatus.ACTIVE,
                                midnight("2026-03-01"),
                                monthly("nul \u0000", "7.00", "EUR"))));
        RevenueReport report = books.report(ReportQuery.builder()
                .window(Window.between(midnight("2026-03-01"), midnight("2026-04-01")))
                .groupBy(Dimension.PLAN));
        assertThat(told(report))
                .containsExactly("2026-03 (none) 0.00 NEW 7.00 → 7.00", "2026-03 pro 0.00 NEW 50.00 → 50.00");
        assertThat(report.warnings()).extracting(Warning::code).containsOnly("rejected_events");
        assertThat(books.analytics.admin().freshness().rejected()).containsOnlyKeys("too_large", "out_of_range");
        assertThat(books.verify()).isEmpty();
    }

    @Test
    void aRollupThatWasTamperedWithIsFoundAndRebuilt() {
        Books books = Books.at("2026-08-15T12:00:00Z");
        books.starts("sub_1", ANN, midnight("2026-03-01"), monthly("basic", "50.00", "EUR"));
        var rollups = books.matrix.stores().get(RollupStore.class);
        books.matrix
                .transactions()
                .inTransaction(tx -> rollups.add(
                        tx,
                        List.of(new RollupRow(
                                0,
                                TimeRange.MONTH,
                                midnight("2026-03-01"),
                                LocalDate.of(2026, 8, 15),
                                1,
                                "EUR",
                                Movement.NEW,
                                BigInteger.ONE,
                                0,
                                0))));
        assertThat(books.verify())
                .singleElement()
                .extracting(Discrepancy::cell)
                .asString()
                .contains("MONTH");
        RebuildResult result =
                books.analytics.admin().rebuild(Window.between(midnight("2026-03-01"), midnight("2026-04-01")));
        assertThat(result.customers()).isEqualTo(1);
        assertThat(books.verify()).isEmpty();
    }
}
