package dev.matrix.analytics;

import static dev.matrix.analytics.Books.midnight;
import static dev.matrix.analytics.Books.monthly;
import static dev.matrix.analytics.Books.told;
import static dev.matrix.analytics.Books.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.analytics.chart.ChartType;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Owner;
import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.EventDraft;
import dev.matrix.core.event.payload.PaymentMethod;
import dev.matrix.core.event.payload.PaymentSucceeded;
import dev.matrix.core.event.payload.SubscriptionState;
import dev.matrix.core.event.payload.SubscriptionStatus;
import dev.matrix.core.money.AppliedRate;
import dev.matrix.core.money.Conversion;
import dev.matrix.core.money.Currencies;
import dev.matrix.core.money.Currency;
import dev.matrix.core.money.Freshness;
import dev.matrix.core.money.Money;
import dev.matrix.core.money.RateLeg;
import dev.matrix.core.money.RatePoint;
import dev.matrix.core.money.RateQuery;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Windows, zones, currencies, groups and scopes of reports. */
class ReportTest {

    private static final Owner ANN = Owner.user("ann");
    private static final Owner BEN = Owner.user("ben");
    private static final LocalDate DEVALUED = LocalDate.of(2026, 4, 15);

    /** EUR to USD at 1.10, from 15 April on at 1.20; nothing else. */
    private static Conversion rates(Money source, Currency target, RateQuery query) {
        boolean known = source.currency().code().equals("EUR") && target.code().equals("USD");
        if (!known) {
            return new Conversion.NoRate(source, target, Conversion.NoRate.Reason.NO_RATE, null);
        }
        boolean early = query.point() instanceof RatePoint.OnDate on && on.day().isBefore(DEVALUED);
        RateLeg leg =
                new RateLeg("fxs_1", "test", source.currency(), target, new BigDecimal(early ? "1.10" : "1.20"), false);
        AppliedRate rate = AppliedRate.of(
                source.currency(), target, List.of(leg), query.side(), BigDecimal.ZERO, LocalDate.EPOCH, 0);
        return new Conversion.Converted(source, rate.apply(source, RoundingMode.HALF_UP), rate, Freshness.FRESH);
    }

    private final Books books = Books.at("2026-08-15T12:00:00Z", builder -> builder.converter(ReportTest::rates));

    private static ReportQuery.Builder april() {
        return ReportQuery.builder().window(Window.between(midnight("2026-04-01"), midnight("2026-05-01")));
    }

    @Test
    @Tag("AC6")
    @Tag("AN19")
    void aChangeOfRatesIsAMovementOfItsOwn() {
        books.starts("sub_1", ANN, midnight("2026-03-01"), monthly("basic", "100.00", "EUR"));
        Currency dollar = Currencies.iso().get("USD");
        assertThat(told(books.report(april().currency(dollar)))).containsExactly("2026-04 110.00 FX 10.00 → 120.00");
        books.starts("sub_2", BEN, midnight("2026-04-20"), monthly("basic", "0.33", "EUR"))
                .starts("sub_3", BEN, midnight("2026-04-20"), monthly("basic", "1.00", "USD"));
        assertThat(told(books.report(april().currency(dollar))))
                .containsExactly("2026-04 110.00 NEW 1.40 FX 10.00 → 121.40");
    }

    @Test
    void nothingNeedsNoRate() {
        books.starts("sub_1", BEN, midnight("2026-03-05"), monthly("basic", "500", "JPY"))
                .ends("sub_1", BEN, midnight("2026-03-09"), monthly("basic", "500", "JPY"))
                .starts("sub_2", ANN, midnight("2026-04-10"), monthly("basic", "10.00", "EUR"));
        assertThat(told(books.report(april().currency(Currencies.iso().get("USD")))))
                .containsExactly("2026-04 0.00 NEW 12.00 → 12.00");
    }

    @Test
    @Tag("AC16")
    @Tag("AN12")
    void unlikeCurrenciesAreNeverAdded() {
        books.starts("sub_1", ANN, midnight("2026-03-01"), monthly("basic", "100.00", "EUR"))
                .starts("sub_2", BEN, midnight("2026-03-01"), monthly("basic", "500", "JPY"));
        RevenueReport report = books.report(april().measures(Measure.MRR, Measure.CUSTOMERS));
        assertThat(report.series()).extracting(Series::name).containsExactly("MRR EUR", "MRR JPY", "CUSTOMERS");
        assertThat(values(report, Measure.MRR)).containsExactly("100.00", "500");
        assertThat(values(report, Measure.CUSTOMERS)).containsExactly("2");
        assertThatThrownBy(() -> report.chart(ChartType.LINE)).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> books.report(april().currency(Currencies.iso().get("USD"))))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("JPY/USD")
                .hasMessageContaining("2026-03-31");
        Books without = Books.at("2026-08-15T12:00:00Z");
        assertThatThrownBy(
                        () -> without.report(april().currency(Currencies.iso().get("USD"))))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("converter");
    }

    @Test
    @Tag("AN18")
    void whoeverStaysExpandsInOneCurrencyAndContractsInAnother() {
        books.starts("sub_1", ANN, midnight("2026-03-01"), monthly("basic", "100.00", "EUR"))
                .changes("sub_1", ANN, midnight("2026-04-10"), monthly("basic", "120.00", "USD"));
        assertThat(told(books.report(april())))
                .containsExactly("2026-04 100.00 CONTRACTION 100.00 → 0.00", "2026-04 0.00 EXPANSION 120.00 → 120.00");
    }

    @Test
    @Tag("AC13")
    @Tag("AN6")
    @Tag("AN1")
    void daysAndMonthsAreThoseOfTheZone() {
        Calendar calendar = Calendar.STANDARD;
        ZoneId newYork = ZoneId.of("America/New_York");
        assertThat(hours(newYork, "2024-03-10")).isEqualTo(23);
        assertThat(hours(newYork, "2024-11-03")).isEqualTo(25);
        Window week = Window.between(Instant.parse("2024-12-30T00:00:00Z"), Instant.parse("2025-01-06T00:00:00Z"));
        assertThat(calendar.buckets(week, TimeRange.WEEK, ZoneId.of("UTC")))
                .extracting(Bucket::label)
                .containsExactly("2025-W01");

        Books here = Books.at("2024-08-15T12:00:00Z", builder -> builder.zones(newYork));
        Instant end = Instant.parse("2024-04-01T03:30:00Z");
        here.starts("sub_1", ANN, midnight("2024-02-01"), monthly("basic", "5.00", "EUR"))
                .ends("sub_1", ANN, end, monthly("basic", "5.00", "EUR"));
        Instant march = Instant.parse("2024-03-01T05:00:00Z");
        Instant may = Instant.parse("2024-05-01T04:00:00Z");
        assertThat(told(here.report(ReportQuery.builder().window(Window.between(march, may)))))
                .containsExactly("2024-03 5.00 CHURN 5.00 → 0.00", "2024-04 0.00 → 0.00");
        RevenueReport utc = here.report(ReportQuery.builder()
                .zone(ZoneId.of("UTC"))
                .window(Window.between(midnight("2024-03-01"), midnight("2024-05-01"))));
        assertThat(utc.header().answeredBy()).isEqualTo("timelines");
        assertThat(told(utc)).containsExactly("2024-03 5.00 → 5.00", "2024-04 5.00 CHURN 5.00 → 0.00");
    }

    private static int hours(ZoneId zone, String day) {
        LocalDate date = LocalDate.parse(day);
        Window window = Window.between(
                date.atStartOfDay(zone).toInstant(),
                date.plusDays(1).atStartOfDay(zone).toInstant());
        List<Bucket> hours = Calendar.STANDARD.buckets(window, TimeRange.HOUR, zone);
        assertThat(hours.stream().map(Bucket::label).distinct()).hasSameSizeAs(hours);
        return hours.size();
    }

    @Test
    @Tag("AN69")
    void oddHoursAndMissingDays() {
        ZoneId lordHowe = ZoneId.of("Australia/Lord_Howe");
        assertThat(hours(lordHowe, "2024-04-07")).isEqualTo(25);
        LocalDate date = LocalDate.of(2024, 4, 7);
        Window window = Window.between(
                date.atStartOfDay(lordHowe).toInstant(),
                date.plusDays(1).atStartOfDay(lordHowe).toInstant());
        assertThat(Calendar.STANDARD.buckets(window, TimeRange.HOUR, lordHowe))
                .filteredOn(hour -> Duration.between(hour.from(), hour.to()).equals(Duration.ofMinutes(30)))
                .hasSize(1);
        ZoneId apia = ZoneId.of("Pacific/Apia");
        Window missing = Window.between(
                LocalDate.of(2011, 12, 29).atStartOfDay(apia).toInstant(),
                LocalDate.of(2012, 1, 1).atStartOfDay(apia).toInstant());
        assertThat(Calendar.STANDARD.buckets(missing, TimeRange.DAY, apia))
                .extracting(Bucket::label)
                .containsExactly("2011-12-29", "2011-12-31");
    }

    @Test
    void fiscalYearsMoveQuarters() {
        Calendar fiscal = new Calendar(DayOfWeek.SUNDAY, Month.APRIL);
        Window year = Window.between(midnight("2026-04-01"), midnight("2027-04-01"));
        ZoneId utc = ZoneId.of("UTC");
        assertThat(fiscal.buckets(year, TimeRange.QUARTER, utc))
                .extracting(Bucket::label)
                .containsExactly("FY2027-Q1", "FY2027-Q2", "FY2027-Q3", "FY2027-Q4");
        assertThat(fiscal.buckets(year, TimeRange.YEAR, utc))
                .extracting(Bucket::label)
                .containsExactly("FY2027");
        assertThat(fiscal.span(midnight("2026-04-01"), TimeRange.WEEK, utc).from())
                .isEqualTo(midnight("2026-03-29"));
        assertThat(fiscal.last(2, TimeRange.YEAR, utc, midnight("2026-03-31")))
                .isEqualTo(Window.between(midnight("2024-04-01"), midnight("2026-04-01")));
    }

    @Test
    @Tag("AC14")
    @Tag("AN11")
    void growthOfNothingAndOfAnOpenBucketIsUnknown() {
        books.starts("sub_1", ANN, midnight("2026-05-10"), monthly("basic", "100.00", "EUR"))
                .changes("sub_1", ANN, midnight("2026-07-10"), monthly("basic", "150.00", "EUR"));
        RevenueReport report = books.report(ReportQuery.builder()
                .window(Window.last(5, TimeRange.MONTH, ZoneId.of("UTC"), Instant.parse("2026-08-15T12:00:00Z")))
                .metrics(Metric.SUM, Metric.GROWTH));
        assertThat(report.series()).extracting(Series::metric).containsExactly(Metric.SUM, Metric.GROWTH);
        assertThat(values(report, Measure.MRR))
                .containsExactly("0.00", "100.00", "100.00", "150.00", "150.00", "null", "null", "0", "0.5", "null");
        assertThat(report.series().get(0).points())
                .extracting(Point::state)
                .endsWith(BucketState.FINAL, BucketState.PARTIAL);
    }

    @Test
    @Tag("AN9")
    void aPartnerSeesItsOwnCustomersAlone() {
        Owner acme = Owner.partner("acme");
        Owner other = Owner.partner("(none)");
        books.publish(Books.created("sub_1", ANN, state("basic")).visibleTo(acme))
                .publish(Books.created("sub_2", BEN, state("basic")).visibleTo(other))
                .publish(Books.created("sub_3", Owner.user("cat"), state("basic")));
        assertThat(told(books.report(april().scope(Scope.of(acme))))).containsExactly("2026-04 10.00 → 10.00");
        RevenueReport partners = books.report(april().groupBy(Dimension.PARTNER));
        assertThat(partners.rollForwards())
                .extracting(row -> row.group().get("partner"))
                .containsExactly("((none)", "(none)", "acme");
        RevenueReport own = books.report(april().scope(Scope.of(acme)).groupBy(Dimension.PARTNER));
        assertThat(own.rollForwards()).extracting(RollForward::group).containsExactly(Map.of("partner", "acme"));
        RevenueReport users = books.report(april().scope(Scope.of(BEN)));
        assertThat(told(users)).containsExactly("2026-04 10.00 → 10.00");
        assertThat(books.report(april().scope(Scope.of(Owner.user("nobody")))).rollForwards())
                .isEmpty();

        SavedChart chart = books.analytics.save(own.chart(ChartType.LINE), Scope.of(acme));
        assertThat(books.analytics.chart(chart.id(), Scope.of(acme))).contains(chart);
        assertThat(books.analytics.chart(chart.id(), Scope.platform())).contains(chart);
        assertThat(books.analytics.chart(chart.id(), Scope.of(other))).isEmpty();
        books.clock.advance(Duration.ofDays(31));
        assertThat(books.drive().analytics.chart(chart.id(), Scope.of(acme))).isEmpty();
    }

    private SubscriptionState state(String plan) {
        return books.state(SubscriptionStatus.ACTIVE, midnight("2026-03-01"), monthly(plan, "10.00", "EUR"));
    }

    @Test
    void theLargestGroupsAreShownAndTheOthersAsOne() {
        for (int i = 1; i <= 5; i++) {
            books.starts(
                    "sub_" + i, Owner.user("u" + i), midnight("2026-03-01"), monthly("plan" + i, i + ".00", "EUR"));
        }
        books.starts("sub_9", Owner.user("u9"), midnight("2026-03-01"), monthly("(other)", "9.00", "EUR"));
        RevenueReport report = books.report(april().groupBy(Dimension.PLAN).topGroups(3));
        assertThat(told(report))
                .containsExactly(
                        "2026-04 ((other) 9.00 → 9.00",
                        "2026-04 plan4 4.00 → 4.00",
                        "2026-04 plan5 5.00 → 5.00",
                        "2026-04 (other) 6.00 → 6.00");
        RevenueReport filtered = books.report(april().filters(Filter.notIn(Dimension.PLAN, "plan1", "unheard")));
        assertThat(told(filtered)).containsExactly("2026-04 23.00 → 23.00");
        assertThat(filtered.warnings()).extracting(Warning::code).containsExactly("unknown_value");
    }

    @Test
    @Tag("AN68")
    void whatCanHaveNoEffectIsRefused() {
        assertThatThrownBy(() -> books.report(april().groupBy(new Dimension("colour"))))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("colour")
                .hasMessageContaining("plan");
        assertThatThrownBy(() -> april().topGroups(0).build()).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> april().topGroups(101).build()).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> Window.between(midnight("2026-05-01"), midnight("2026-05-01")))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> books.report(ReportQuery.builder()
                        .timeRange(TimeRange.HOUR)
                        .window(Window.between(midnight("1970-01-01"), midnight("9999-01-01")))))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("20000");
        assertThatThrownBy(() -> Books.at(
                        "2026-01-01T00:00:00Z",
                        builder -> builder.zones().batch(0).revision(0)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("zones")
                .hasMessageContaining("batch")
                .hasMessageContaining("revision");
    }

    private static EventDraft paid(String id, Owner owner, String amount, String currency, String day) {
        return BillingEvent.of(
                PaymentSucceeded.builder(id, owner, Money.of(amount, currency), PaymentMethod.CARD, midnight(day))
                        .build());
    }

    @Test
    @Tag("AC16")
    @Tag("AN12")
    void cashIsConvertedBucketByBucketAndCountsKnowNoCurrency() {
        books.publish(
                paid("pay_1", ANN, "10.00", "EUR", "2026-03-05"),
                paid("pay_2", ANN, "20.00", "EUR", "2026-04-20"),
                paid("pay_3", BEN, "5.00", "USD", "2026-04-21"));
        ReportQuery.Builder query = ReportQuery.builder()
                .window(Window.between(midnight("2026-03-01"), midnight("2026-05-01")))
                .measures(Measure.REVENUE, Measure.PAYMENTS);
        assertThat(books.report(query).series())
                .extracting(series -> series.name()
                        + series.points().stream().map(Point::value).toList())
                .containsExactly("REVENUE EUR[10.00, 20.00]", "REVENUE USD[0.00, 5.00]", "PAYMENTS[1, 2]");
        assertThat(books.report(query.currency(Currencies.iso().get("USD"))).series())
                .extracting(series -> series.name()
                        + series.points().stream().map(Point::value).toList())
                .containsExactly("REVENUE USD[11.00, 29.00]", "PAYMENTS[1, 2]");
        assertThat(books.analytics
                        .customers(query.measures(Measure.CUSTOMERS).build())
                        .scores())
                .extracting(score -> score.customer().id() + " " + score.revenue())
                .containsExactly("ann 35.00", "ben 5.00");
        assertThat(books.analytics.customers(query.currency(null).build()).warnings())
                .extracting(Warning::code)
                .containsExactly("currency_needed");
        books.publish(paid("pay_4", BEN, "500", "JPY", "2026-04-22"));
        assertThatThrownBy(() -> books.report(query.measures(Measure.REVENUE)
                        .currency(Currencies.iso().get("USD"))))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("JPY/USD");
    }
}
