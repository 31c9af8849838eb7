package dev.matrix.analytics;

import static dev.matrix.analytics.Books.at;
import static dev.matrix.analytics.Books.midnight;
import static dev.matrix.analytics.Books.monthly;
import static dev.matrix.analytics.Books.told;
import static dev.matrix.analytics.Books.values;
import static dev.matrix.analytics.Books.yearly;
import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Owner;
import dev.matrix.core.event.payload.BillingInterval;
import dev.matrix.core.event.payload.Discount;
import dev.matrix.core.event.payload.Period;
import dev.matrix.core.event.payload.SubscriptionItem;
import dev.matrix.core.event.payload.SubscriptionState;
import dev.matrix.core.event.payload.SubscriptionStatus;
import dev.matrix.core.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What counts as MRR, and which movement a change of it is. */
class RevenueTest {

    private static final Owner ANN = Owner.user("ann");
    private static final Owner BEN = Owner.user("ben");
    private static final Owner CAT = Owner.user("cat");

    private final Books books = Books.at("2026-08-15T12:00:00Z");

    @Test
    @Tag("AC1")
    @Tag("AN14")
    @Tag("AN15")
    void threeYearlyCustomersMakeATwelfthEach() {
        for (Owner owner : List.of(ANN, BEN, CAT)) {
            books.starts("sub_" + owner.id(), owner, midnight("2026-03-01"), yearly("basic", "100.00", "EUR", 1));
        }
        RevenueReport report = books.report(ReportQuery.builder()
                .window(Window.between(midnight("2026-03-01"), midnight("2026-05-01")))
                .measures(Measure.MRR, Measure.ARR));

        assertThat(values(report, Measure.MRR)).containsExactly("25.00", "25.00");
        assertThat(values(report, Measure.ARR)).containsExactly("300.00", "300.00");
        assertThat(told(report)).containsExactly("2026-03 0.00 NEW 25.00 → 25.00", "2026-04 25.00 → 25.00");
    }

    @Test
    @Tag("AC2")
    @Tag("AC3")
    void everyIntervalIsOneMonthsWorth() {
        assertThat(mrr("1.00", BillingInterval.Unit.DAY, 1)).isEqualTo("30.4167");
        assertThat(mrr("7.00", BillingInterval.Unit.WEEK, 1)).isEqualTo("30.4167");
        assertThat(mrr("365.00", BillingInterval.Unit.YEAR, 1)).isEqualTo("30.4167");
        assertThat(mrr("2400.00", BillingInterval.Unit.YEAR, 2)).isEqualTo("100.0000");

        books.starts("sub_1", ANN, midnight("2026-03-01"), interval("1.00", BillingInterval.Unit.DAY))
                .starts("sub_2", BEN, midnight("2026-03-01"), interval("7.00", BillingInterval.Unit.WEEK))
                .starts("sub_3", CAT, midnight("2026-03-01"), interval("365.00", BillingInterval.Unit.YEAR))
                .changes("sub_2", BEN, midnight("2026-04-01"), interval("1.00", BillingInterval.Unit.DAY))
                .changes("sub_3", CAT, midnight("2026-05-01"), interval("7.00", BillingInterval.Unit.WEEK));
        assertThat(told(books.months("2026-03-01", "2026-06-01")))
                .containsExactly("2026-03 0.00 NEW 91.25 → 91.25", "2026-04 91.25 → 91.25", "2026-05 91.25 → 91.25");
    }

    @Test
    @Tag("AC3")
    void seatsAndYearsAddUp() {
        books.starts(
                "sub_1",
                ANN,
                midnight("2026-03-01"),
                Books.item("team", "100.00", "EUR", BillingInterval.monthly(), 100),
                yearly("support", "600.00", "EUR", 50));
        assertThat(values(books.months("2026-03-01", "2026-04-01"), Measure.MRR))
                .containsExactly("12500.00");
    }

    private static String mrr(String price, BillingInterval.Unit unit, int count) {
        return Mrr.monthly(new BigDecimal(price), new BillingInterval(unit, count), 4, RoundingMode.HALF_EVEN)
                .toString();
    }

    private static SubscriptionItem interval(String price, BillingInterval.Unit unit) {
        return Books.item("basic", price, "EUR", new BillingInterval(unit, 1), 1);
    }

    @Test
    @Tag("AC4")
    @Tag("AN17")
    @Tag("AN21")
    @Tag("AN52")
    void ratiosAreThoseOfAMonth() {
        Owner returning = Owner.user("returning");
        books.starts("sub_r", returning, midnight("2026-01-10"), monthly("basic", "200.00", "EUR"))
                .ends("sub_r", returning, midnight("2026-02-10"), monthly("basic", "200.00", "EUR"))
                .starts("sub_a", ANN, midnight("2026-03-01"), monthly("basic", "9200.00", "EUR"))
                .starts("sub_b", BEN, midnight("2026-03-01"), monthly("basic", "300.00", "EUR"))
                .starts("sub_c", CAT, midnight("2026-03-01"), monthly("basic", "500.00", "EUR"))
                .starts("sub_d", Owner.user("dan"), midnight("2026-04-05"), monthly("basic", "2000.00", "EUR"))
                .changes("sub_a", ANN, midnight("2026-04-05"), monthly("basic", "10400.00", "EUR"))
                .starts("sub_r2", returning, midnight("2026-04-05"), monthly("basic", "200.00", "EUR"))
                .becomes(
                        "sub_b",
                        BEN,
                        SubscriptionStatus.PAUSED,
                        midnight("2026-04-05"),
                        monthly("basic", "300.00", "EUR"))
                .ends("sub_c", CAT, midnight("2026-04-05"), monthly("basic", "500.00", "EUR"));

        RevenueReport report = books.report(ReportQuery.builder()
                .window(Window.between(midnight("2026-04-01"), midnight("2026-05-01")))
                .measures(EnumSet.range(Measure.MRR, Measure.LTV).toArray(Measure[]::new)));
        assertThat(told(report))
                .containsExactly("2026-04 10000.00 NEW 2000.00 REACTIVATION 200.00 EXPANSION 1200.00"
                        + " CONTRACTION 300.00 CHURN 500.00 → 12600.00");
        assertThat(values(report, Measure.GRR)).containsExactly("0.92");
        assertThat(values(report, Measure.NRR)).containsExactly("1.04");
        assertThat(values(report, Measure.GROSS_CHURN)).containsExactly("0.08");
        assertThat(values(report, Measure.NET_CHURN)).containsExactly("-0.06");
        assertThat(values(report, Measure.QUICK_RATIO)).containsExactly("4.25");
        assertThat(values(report, Measure.LOGO_CHURN)).containsExactly("0.333333");
        assertThat(values(report, Measure.CUSTOMERS)).containsExactly("4");
        assertThat(values(report, Measure.PAYING_CUSTOMERS)).containsExactly("3");
        assertThat(values(report, Measure.ARPA)).containsExactly("4200.00");
        assertThat(values(report, Measure.LTV)).containsExactly("12600.00");
        RollForward month = report.rollForwards().get(0);
        assertThat(month.customersOpening() + month.customersIn() - month.customersOut())
                .isEqualTo(month.customersClosing());

        RevenueReport quiet = books.report(ReportQuery.builder()
                .window(Window.between(midnight("2026-05-01"), midnight("2026-06-01")))
                .measures(Measure.QUICK_RATIO));
        assertThat(values(quiet, Measure.QUICK_RATIO)).containsExactly("null");
    }

    @Test
    @Tag("AC5")
    void whatChangesBackWithinABucketIsNoMovementOfIt() {
        books.starts("sub_1", ANN, midnight("2026-03-01"), monthly("basic", "100.00", "EUR"))
                .changes("sub_1", ANN, midnight("2026-04-05"), monthly("basic", "150.00", "EUR"))
                .changes("sub_1", ANN, midnight("2026-04-20"), monthly("basic", "100.00", "EUR"));

        RevenueReport month = books.report(ReportQuery.builder()
                .window(Window.between(midnight("2026-04-01"), midnight("2026-05-01")))
                .measures(Measure.GRR));
        assertThat(told(month)).containsExactly("2026-04 100.00 → 100.00");
        assertThat(values(month, Measure.GRR)).containsExactly("1");
        RevenueReport days = books.report(ReportQuery.builder()
                .timeRange(TimeRange.DAY)
                .window(Window.between(midnight("2026-04-01"), midnight("2026-05-01"))));
        assertThat(told(days))
                .hasSize(30)
                .contains("2026-04-05 100.00 EXPANSION 50.00 → 150.00", "2026-04-20 150.00 CONTRACTION 50.00 → 100.00");
    }

    @Test
    @Tag("AC7")
    void movementsAreACustomersNotASubscriptions() {
        books.starts("sub_1", ANN, midnight("2026-03-10"), monthly("basic", "100.00", "EUR"))
                .starts("sub_2", ANN, midnight("2026-04-10"), monthly("basic", "50.00", "EUR"))
                .ends("sub_1", ANN, midnight("2026-05-10"), monthly("basic", "100.00", "EUR"))
                .ends("sub_2", ANN, midnight("2026-06-10"), monthly("basic", "50.00", "EUR"))
                .starts("sub_3", BEN, midnight("2026-03-10"), monthly("basic", "10.00", "EUR"))
                .starts("sub_4", BEN, midnight("2026-03-10"), monthly("basic", "20.00", "EUR"))
                .starts("sub_5", CAT, midnight("2026-05-10"), monthly("basic", "1.00", "EUR"))
                .ends("sub_5", CAT, midnight("2026-05-20"), monthly("basic", "1.00", "EUR"));

        RevenueReport report = books.months("2026-03-01", "2026-07-01");
        assertThat(told(report))
                .containsExactly(
                        "2026-03 0.00 NEW 130.00 → 130.00",
                        "2026-04 130.00 EXPANSION 50.00 → 180.00",
                        "2026-05 180.00 CONTRACTION 100.00 → 80.00",
                        "2026-06 80.00 CHURN 50.00 → 30.00");
        assertThat(report.rollForwards()).extracting(RollForward::customersIn).containsExactly(2L, 0L, 0L, 0L);
    }

    @Test
    @Tag("AC8")
    @Tag("AN16")
    void aCustomersWholeLife() {
        assertThat(told(wholeLife(books)))
                .containsExactly(
                        "2026-01 0.00 NEW 166.67 → 166.67",
                        "2026-02 166.67 EXPANSION 60.00 → 226.67",
                        "2026-03 226.67 CONTRACTION 60.00 → 166.67",
                        "2026-04 166.67 CHURN 166.67 → 0.00",
                        "2026-05 0.00 → 0.00",
                        "2026-06 0.00 → 0.00",
                        "2026-07 0.00 REACTIVATION 150.00 → 150.00");
        Books windowed = Books.at(
                "2026-08-15T12:00:00Z",
                builder -> builder.policy(MrrPolicy.standard().withReactivationWindow(Duration.ofDays(90))));
        assertThat(told(wholeLife(windowed))).endsWith("2026-07 0.00 NEW 150.00 → 150.00");
    }

    private static RevenueReport wholeLife(Books books) {
        books.starts("sub_1", ANN, midnight("2026-01-05"), yearly("pro", "500.00", "EUR", 4))
                .starts(
                        "sub_2",
                        ANN,
                        midnight("2026-02-05"),
                        Books.item("seat", "30.00", "EUR", BillingInterval.monthly(), 2))
                .ends("sub_2", ANN, midnight("2026-03-05"), monthly("seat", "30.00", "EUR"));
        // Cancelled in March, paid until 5 April.
        books.publish(Books.cancelled(
                "sub_1",
                ANN,
                books.state(SubscriptionStatus.ACTIVE, midnight("2026-03-20"), yearly("pro", "500.00", "EUR", 4)),
                midnight("2026-04-05")));
        books.starts(
                "sub_3", ANN, midnight("2026-07-05"), Books.item("pro", "50.00", "EUR", BillingInterval.monthly(), 3));
        return books.months("2026-01-01", "2026-08-01");
    }

    @Test
    @Tag("AC12")
    void aTrialCountsOnceItIsPaid() {
        books.becomes(
                        "sub_1",
                        ANN,
                        SubscriptionStatus.TRIALING,
                        midnight("2026-03-01"),
                        monthly("basic", "9.00", "EUR"))
                .changes("sub_1", ANN, midnight("2026-03-15"), monthly("basic", "9.00", "EUR"))
                .becomes(
                        "sub_2",
                        BEN,
                        SubscriptionStatus.TRIALING,
                        midnight("2026-03-01"),
                        monthly("basic", "9.00", "EUR"))
                .ends("sub_2", BEN, midnight("2026-03-20"), monthly("basic", "9.00", "EUR"));
        RevenueReport days = books.report(ReportQuery.builder()
                .timeRange(TimeRange.DAY)
                .window(Window.between(midnight("2026-03-14"), midnight("2026-03-16"))));
        assertThat(told(days)).containsExactly("2026-03-14 0.00 → 0.00", "2026-03-15 0.00 NEW 9.00 → 9.00");
        assertThat(told(books.months("2026-03-01", "2026-05-01")))
                .containsExactly("2026-03 0.00 NEW 9.00 → 9.00", "2026-04 9.00 → 9.00");
    }

    @Test
    @Tag("AC18")
    void policiesDifferInWhatADiscountIs() {
        var free = Books.discounted(monthly("basic", "10.00", "EUR"), Books.percent("100", Discount.Term.FOREVER));
        assertThat(told(freeFrom(books, free))).containsExactly("2026-04 10.00 CONTRACTION 10.00 → 0.00");
        Books churned = Books.at(
                "2026-08-15T12:00:00Z",
                builder -> builder.policy(MrrPolicy.standard().withZeroMrr(MrrPolicy.ZeroMrr.CHURNED)));
        assertThat(told(freeFrom(churned, free))).containsExactly("2026-04 10.00 CHURN 10.00 → 0.00");

        var once = Books.discounted(yearly("basic", "120.00", "EUR", 1), Books.percent("10", Discount.Term.ONCE));
        assertThat(policyMrr(MrrPolicy.likeStripe(), once)).containsExactly("10.00");
        assertThat(policyMrr(MrrPolicy.likeChartMogul(), once)).containsExactly("10.00");
        assertThat(policyMrr(MrrPolicy.likeProfitWell(), once)).containsExactly("9.00");
    }

    private static RevenueReport freeFrom(Books books, SubscriptionItem free) {
        books.starts("sub_1", ANN, midnight("2026-03-01"), monthly("basic", "10.00", "EUR"))
                .changes("sub_1", ANN, midnight("2026-04-10"), free);
        return books.months("2026-04-01", "2026-05-01");
    }

    private static List<String> policyMrr(MrrPolicy policy, SubscriptionItem item) {
        Books own = Books.at("2026-08-15T12:00:00Z", builder -> builder.policy(policy));
        own.starts("sub_1", ANN, midnight("2026-03-01"), item);
        return values(own.months("2026-03-01", "2026-04-01"), Measure.MRR);
    }

    @Test
    @Tag("AC19")
    void pausesFailuresAndRevokedCancellations() {
        var item = monthly("basic", "50.00", "EUR");
        books.starts("sub_1", ANN, midnight("2026-02-01"), item)
                .becomes("sub_1", ANN, SubscriptionStatus.PAUSED, midnight("2026-03-10"), item)
                .changes("sub_1", ANN, midnight("2026-04-10"), item)
                .becomes("sub_1", ANN, SubscriptionStatus.PAST_DUE, midnight("2026-05-10"), item)
                .becomes("sub_1", ANN, SubscriptionStatus.UNPAID, midnight("2026-06-10"), item);
        assertThat(told(books.months("2026-02-01", "2026-07-01")))
                .containsExactly(
                        "2026-02 0.00 NEW 50.00 → 50.00",
                        "2026-03 50.00 CONTRACTION 50.00 → 0.00",
                        "2026-04 0.00 EXPANSION 50.00 → 50.00",
                        "2026-05 50.00 → 50.00",
                        "2026-06 50.00 CHURN 50.00 → 0.00");

        Books revoked = Books.at("2026-08-15T12:00:00Z");
        revoked.starts("sub_1", ANN, midnight("2026-02-01"), item)
                .publish(Books.cancelled(
                        "sub_1",
                        ANN,
                        revoked.state(SubscriptionStatus.ACTIVE, midnight("2026-03-05"), item),
                        midnight("2026-04-01")));
        revoked.changes("sub_1", ANN, midnight("2026-03-20"), item);
        assertThat(told(revoked.months("2026-03-01", "2026-06-01")))
                .containsExactly("2026-03 50.00 → 50.00", "2026-04 50.00 → 50.00", "2026-05 50.00 → 50.00");
    }

    @Test
    @Tag("AN22")
    @Tag("AC19")
    void aSwitchOfPlansIsOneExpansionAndATransfer() {
        books.starts("sub_1", ANN, midnight("2026-03-01"), monthly("small", "50.00", "EUR"))
                .changes("sub_1", ANN, midnight("2026-04-10"), monthly("large", "80.00", "EUR"));
        RevenueReport report = books.report(ReportQuery.builder()
                .window(Window.between(midnight("2026-04-01"), midnight("2026-05-01")))
                .groupBy(Dimension.PLAN));
        assertThat(told(report))
                .containsExactly(
                        "2026-04 large 0.00 EXPANSION 30.00 TRANSFER 50.00 → 80.00",
                        "2026-04 small 50.00 TRANSFER -50.00 → 0.00");
        assertThat(report.rollForwards())
                .extracting(RollForward::customersMoved)
                .containsExactly(1L, -1L);
        assertThat(told(books.months("2026-04-01", "2026-05-01")))
                .containsExactly("2026-04 50.00 EXPANSION 30.00 → 80.00");
    }

    @Test
    @Tag("AC35")
    void amountsOffCountPerIntervalAndAreSpread() {
        var quarterly = Books.item("basic", "60.00", "EUR", new BillingInterval(BillingInterval.Unit.MONTH, 3), 1);
        Discount off = Discount.ofAmount(Money.of("15.00", "EUR"), Discount.Term.FOREVER);
        assertThat(policyMrr(MrrPolicy.standard(), Books.discounted(quarterly, off)))
                .containsExactly("15.00");

        var state = SubscriptionState.builder(
                        SubscriptionStatus.ACTIVE,
                        List.of(quarterly, monthly("extra", "10.00", "EUR")),
                        Period.of(midnight("2026-03-01"), midnight("2026-04-01")),
                        midnight("2026-03-01"))
                .discounts(List.of(off))
                .build();
        books.publish(Books.created("sub_1", ANN, state));
        RevenueReport report = books.report(ReportQuery.builder()
                .window(Window.between(midnight("2026-03-01"), midnight("2026-04-01")))
                .groupBy(Dimension.PLAN));
        assertThat(told(report))
                .containsExactly("2026-03 basic 0.00 NEW 16.67 → 16.67", "2026-03 extra 0.00 NEW 8.33 → 8.33");
    }

    @Test
    @Tag("AC37")
    @Tag("AN51")
    void aMovedSubscriptionIsNoMovement() {
        books.starts("sub_1", ANN, midnight("2026-03-01"), monthly("basic", "50.00", "EUR"))
                .starts("sub_2", BEN, midnight("2026-03-01"), monthly("basic", "50.00", "EUR"))
                .ends("sub_1", ANN, midnight("2026-04-10"), monthly("basic", "50.00", "EUR"))
                .starts("sub_1b", ANN, midnight("2026-04-10"), monthly("basic", "50.00", "EUR"))
                .ends("sub_2", BEN, midnight("2026-04-10"), monthly("basic", "50.00", "EUR"))
                .starts("sub_2b", BEN, midnight("2026-04-10"), monthly("basic", "80.00", "EUR"));
        RevenueReport hours = books.report(ReportQuery.builder()
                .timeRange(TimeRange.HOUR)
                .window(Window.between(at("2026-04-10", 0), at("2026-04-10", 2))));
        assertThat(told(hours))
                .containsExactly(
                        "2026-04-10T00:00 100.00 EXPANSION 30.00 → 130.00", "2026-04-10T01:00 130.00 → 130.00");
    }

    @Test
    @Tag("AC39")
    void aChangeAtABoundBelongsToTheBucketThatBeginsThere() {
        Books berlin = Books.at("2026-08-15T12:00:00Z", builder -> builder.zones(ZoneId.of("Europe/Berlin")));
        Instant may = Instant.parse("2024-04-30T22:00:00Z");
        berlin.starts("sub_1", ANN, midnight("2024-03-05"), monthly("basic", "5.00", "EUR"))
                .ends("sub_1", ANN, may, monthly("basic", "5.00", "EUR"))
                .starts("sub_2", BEN, may, monthly("basic", "7.00", "EUR"));
        RevenueReport report = berlin.report(ReportQuery.builder()
                .window(Window.between(Instant.parse("2024-03-31T22:00:00Z"), Instant.parse("2024-05-31T22:00:00Z"))));
        assertThat(told(report)).containsExactly("2024-04 5.00 → 5.00", "2024-05 5.00 NEW 7.00 CHURN 5.00 → 7.00");
        assertThat(report.header().answeredBy()).isEqualTo("rollups");

        RevenueReport weeks = berlin.report(ReportQuery.builder()
                .timeRange(TimeRange.WEEK)
                .window(Window.between(Instant.parse("2024-04-30T22:00:00Z"), Instant.parse("2024-05-12T22:00:00Z"))));
        assertThat(weeks.series().get(0).points())
                .extracting(Point::label)
                .containsExactly("2024-05-01T00:00/2024-05-06T00:00", "2024-W19");
        assertThat(weeks.header().answeredBy()).isEqualTo("timelines");
    }

    @Test
    @Tag("AC17")
    void amountsBeyondALongAreExact() {
        String price = "12345.678901234567890123";
        books.starts("sub_1", ANN, midnight("2026-03-01"), monthly("whale", price, "ETH"))
                .starts("sub_2", BEN, midnight("2026-03-01"), monthly("whale", "0.000000000000000001", "ETH"));
        assertThat(values(books.months("2026-03-01", "2026-04-01"), Measure.MRR))
                .containsExactly("12345.678901234567890124");
    }

    @Test
    void theReplayNeedsNoMatrix() {
        var state = books.state(SubscriptionStatus.ACTIVE, midnight("2026-03-01"), monthly("basic", "5.00", "EUR"));
        SubscriptionVersion version = new SubscriptionVersion(
                "evt_1", 1, midnight("2026-03-01"), new Terms("sub_1", state, null, midnight("2026-04-10"), null));
        assertThat(told(RevenueEngine.replay(
                        List.of(version), MrrPolicy.standard(), TimeRange.MONTH, ZoneId.of("UTC"))))
                .containsExactly("2026-03 0.00 NEW 5.00 → 5.00", "2026-04 5.00 CHURN 5.00 → 0.00");
    }
}
