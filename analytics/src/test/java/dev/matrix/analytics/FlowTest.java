package dev.matrix.analytics;

import static dev.matrix.analytics.Books.at;
import static dev.matrix.analytics.Books.midnight;
import static dev.matrix.analytics.Books.monthly;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Owner;
import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.EventDraft;
import dev.matrix.core.event.EventQuery;
import dev.matrix.core.event.EventType;
import dev.matrix.core.event.payload.DisputeChanged;
import dev.matrix.core.event.payload.EventTypes;
import dev.matrix.core.event.payload.InstanceChanged;
import dev.matrix.core.event.payload.InvoiceFailed;
import dev.matrix.core.event.payload.InvoicePaid;
import dev.matrix.core.event.payload.Line;
import dev.matrix.core.event.payload.LineKind;
import dev.matrix.core.event.payload.PaymentFailed;
import dev.matrix.core.event.payload.PaymentMethod;
import dev.matrix.core.event.payload.PaymentRefunded;
import dev.matrix.core.event.payload.PaymentSucceeded;
import dev.matrix.core.event.payload.Period;
import dev.matrix.core.event.payload.SubscriptionStatus;
import dev.matrix.core.event.payload.UsageRecorded;
import dev.matrix.core.money.Money;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Cash, usage and performance from the events that a platform publishes. */
class FlowTest {

    private static final Owner ANN = Owner.user("ann");
    private static final Owner BEN = Owner.user("ben");

    private final Books books = Books.at("2026-08-15T12:00:00Z");

    static EventDraft paid(String id, Owner owner, String amount, String tax, Instant at) {
        Money captured = Money.of(amount, "EUR");
        return BillingEvent.of(PaymentSucceeded.builder(id, owner, captured, PaymentMethod.CARD, at)
                .tax(Money.of(tax, "EUR"))
                .build());
    }

    private static EventDraft refund(EventType type, String leg, String amount, Instant at) {
        Money money = Money.of(amount, "EUR");
        return BillingEvent.of(PaymentRefunded.builder()
                .id("pay_1")
                .owner(ANN)
                .type(type)
                .refundId("ref_1")
                .legId(leg)
                .captureId("cap_1")
                .provider("bank")
                .amount(money)
                .reason("customer_request")
                .refundedTotal(money)
                .at(at)
                .build());
    }

    private static EventDraft dispute(String id, String status, Instant at) {
        Money amount = Money.of("100.00", "EUR");
        Money zero = Money.zero(amount.currency());
        EventType type = status.equals("needs_response") ? EventTypes.DISPUTE_OPENED : EventTypes.DISPUTE_CLOSED;
        return BillingEvent.of(DisputeChanged.builder()
                .id(id)
                .owner(ANN)
                .type(type)
                .paymentId("pay_1")
                .provider("bank")
                .providerRef("d1")
                .stage("chargeback")
                .status(status)
                .amount(amount)
                .tax(zero)
                .withdrawn(amount)
                .reinstated(zero)
                .reason("fraudulent")
                .at(at)
                .build());
    }

    private static EventDraft used(String id, Owner owner, String meter, String quantity, Instant at) {
        return used(id, owner, meter, quantity, at, Map.of());
    }

    private static EventDraft used(
            String id, Owner owner, String meter, String quantity, Instant at, Map<String, String> attributes) {
        return BillingEvent.of(UsageRecorded.builder()
                        .id(id)
                        .owner(owner)
                        .metric(meter)
                        .quantity(new BigDecimal(quantity))
                        .unit("call")
                        .period(Period.of(at, at.plusSeconds(60)))
                        .attributes(attributes)
                        .build())
                .withId(id);
    }

    private static ReportQuery.Builder spring() {
        return ReportQuery.builder().window(Window.between(midnight("2026-04-01"), midnight("2026-06-01")));
    }

    static List<String> told(List<Series> series) {
        return series.stream()
                .map(each -> each.name() + " "
                        + each.points().stream()
                                .map(point -> String.valueOf(point.value()))
                                .toList())
                .toList();
    }

    private List<String> revenue(Measure... measures) {
        return told(books.analytics.revenue(spring().measures(measures).build()).series());
    }

    @Test
    @Tag("AN24")
    @Tag("AC11")
    void refundsAndTaxAreTakenOffWhenTheyHappen() {
        books.starts("sub_1", ANN, midnight("2026-04-01"), monthly("basic", "50.00", "EUR"))
                .publish(
                        paid("pay_1", ANN, "100.00", "0.00", at("2026-04-10", 9)),
                        paid("pay_2", BEN, "120.00", "20.00", at("2026-04-11", 9)),
                        refund(EventTypes.PAYMENT_REFUNDED, "leg_1", "50.00", at("2026-05-02", 9)));
        assertThat(revenue(
                        Measure.MRR,
                        Measure.REVENUE,
                        Measure.TAX,
                        Measure.REFUNDS,
                        Measure.NET_REVENUE,
                        Measure.PAYMENTS))
                .containsExactly(
                        "MRR EUR [50.00, 50.00]",
                        "REVENUE EUR [200.00, 0.00]",
                        "TAX EUR [20.00, 0.00]",
                        "REFUNDS EUR [0.00, 50.00]",
                        "NET REVENUE EUR [200.00, -50.00]",
                        "PAYMENTS [2, 0]");
        books.publish(refund(EventTypes.PAYMENT_REFUND_REVERSED, "leg_1", "50.00", at("2026-05-20", 9)));
        assertThat(revenue(Measure.NET_REVENUE)).containsExactly("NET REVENUE EUR [200.00, 0.00]");
        assertThat(told(books.analytics
                        .revenue(spring().measures(Measure.REVENUE)
                                .metrics(Metric.COUNT, Metric.AVERAGE, Metric.MIN, Metric.MAX, Metric.GROWTH)
                                .build())
                        .series()))
                .containsExactly(
                        "REVENUE count [2, 0]",
                        "REVENUE average EUR [100.00, null]",
                        "REVENUE minimum EUR [100.00, null]",
                        "REVENUE maximum EUR [100.00, null]",
                        "REVENUE growth EUR [null, -1]");
    }

    @Test
    @Tag("AC34")
    @Tag("AC43")
    @Tag("AN60")
    void aDisputeIsLostOnceAndComesBackOnAppealWhateverIsToldFirst() {
        List<EventDraft> told = new ArrayList<>(List.of(
                dispute("dsp_1", "needs_response", at("2026-04-05", 9)).withId("evt_1"),
                dispute("dsp_1", "accepted", at("2026-04-20", 9)).withId("evt_2"),
                dispute("dsp_1", "lost", at("2026-04-21", 9)).withId("evt_3"),
                dispute("dsp_1", "won", at("2026-05-20", 9)).withId("evt_4"),
                dispute("dsp_2", "won", at("2026-04-20", 9)).withId("evt_5")));
        for (int seed = 0; seed < 8; seed++) {
            Books own = Books.at("2026-08-15T12:00:00Z", builder -> builder.batch(2));
            Collections.shuffle(told, new Random(seed));
            told.forEach(own::publish);
            own.matrix.events().replay("analytics", EventQuery.all());
            own.drive();
            RevenueReport report = own.analytics.revenue(
                    spring().measures(Measure.DISPUTES_LOST).build());
            assertThat(told(report.series())).containsExactly("DISPUTES LOST EUR [100.00, -100.00]");
        }
    }

    @Test
    @Tag("AN26")
    @Tag("AC15")
    @Tag("AN48")
    void usageIsCountedPerMeterAndUse() {
        books.publish(
                used("evt_1", ANN, "tokens", "10", at("2026-04-01", 1)),
                used("evt_2", ANN, "tokens", "20", at("2026-04-02", 1)),
                used("evt_3", ANN, "tokens", "20", at("2026-04-02", 2)),
                used("evt_4", BEN, "tokens", "20", at("2026-04-02", 3)),
                used("evt_5", BEN, "calls", "1", at("2026-04-03", 3)));
        UsageReport report = books.analytics.usage(spring().groupBy(Dimension.METER)
                .metrics(Metric.SUM, Metric.COUNT, Metric.AVERAGE, Metric.MIN, Metric.MAX)
                .build());
        assertThat(told(report.series()))
                .contains(
                        "USAGE tokens [70, 0]",
                        "USAGE calls [1, 0]",
                        "USAGE count tokens [4, 0]",
                        "USAGE average tokens [17.5, null]",
                        "USAGE minimum tokens [10, null]",
                        "USAGE maximum tokens [20, null]");
        assertThat(report.topCustomers())
                .extracting(top -> top.meter() + " " + top.customer().id() + " " + top.quantity() + " " + top.uses())
                .containsExactly("calls ben 1 1", "tokens ann 50 3", "tokens ben 20 1");
        assertThat(told(books.analytics
                        .usage(spring().measures(Measure.ACTIVE_CUSTOMERS, Measure.STICKINESS)
                                .build())
                        .series()))
                .containsExactly("ACTIVE CUSTOMERS [2, 0]", "STICKINESS [0.066667, null]");
        assertThat(report.csv()).contains("USAGE tokens,USAGE,SUM,,2026-04,2026-04-01T00:00:00Z");
    }

    @Test
    @Tag("AC43")
    @Tag("AN26")
    void correctionsChangeSumsButAreNoUses() {
        List<EventDraft> events = new ArrayList<>(List.of(
                used("evt_1", ANN, "tokens", "10", at("2026-04-01", 1)),
                correction("evt_2", ANN, "-4", "evt_1"),
                correction("evt_3", ANN, "-6", "evt_1"),
                correction("evt_4", ANN, "-1", "evt_1")));
        for (int seed = 0; seed < 6; seed++) {
            Books own = Books.at("2026-08-15T12:00:00Z");
            Collections.shuffle(events, new Random(seed));
            events.forEach(own::publish);
            assertThat(usageOf(own))
                    .containsExactly("USAGE [-1, 0]", "USAGE count [1, 0]", "USAGE minimum [null, null]");
        }
        Books own = Books.at("2026-08-15T12:00:00Z");
        own.publish(used("evt_1", ANN, "tokens", "10", at("2026-04-01", 1)));
        own.publish(correction("evt_2", BEN, "-4", "evt_1"));
        assertThat(usageOf(own))
                .as("a stranger's correction leaves the least use as it is")
                .containsExactly("USAGE [6, 0]", "USAGE count [1, 0]", "USAGE minimum [10, null]");
    }

    private static EventDraft correction(String id, Owner owner, String quantity, String of) {
        return used(id, owner, "tokens", quantity, at("2026-04-01", 1), Map.of(UsageRecorded.CORRECTION_OF, of));
    }

    private static List<String> usageOf(Books books) {
        return told(books.analytics
                .usage(spring().metrics(Metric.SUM, Metric.COUNT, Metric.MIN).build())
                .series());
    }

    @Test
    @Tag("AN27")
    @Tag("AC15")
    void customersAreCountedOncePerBucketInEveryRange() {
        books.publish(
                used("evt_1", ANN, "tokens", "1", at("2026-04-01", 1)),
                used("evt_2", ANN, "tokens", "1", at("2026-04-12", 1)),
                used("evt_3", ANN, "tokens", "1", at("2026-04-30", 1)),
                used("evt_4", BEN, "calls", "1", at("2026-04-30", 1)));
        for (TimeRange range : List.of(TimeRange.MONTH, TimeRange.QUARTER, TimeRange.YEAR)) {
            List<Point> points = books.analytics
                    .usage(ReportQuery.builder()
                            .window(Window.between(midnight("2026-01-01"), midnight("2027-01-01")))
                            .timeRange(range)
                            .measures(Measure.ACTIVE_CUSTOMERS)
                            .build())
                    .series()
                    .get(0)
                    .points();
            assertThat(points.stream().map(Point::value).reduce(BigDecimal.ZERO, BigDecimal::add))
                    .isEqualByComparingTo("2");
        }
        UsageReport tokens = books.analytics.usage(spring().measures(Measure.ACTIVE_CUSTOMERS)
                .filters(Filter.in(Dimension.METER, "tokens"))
                .build());
        assertThat(told(tokens.series())).containsExactly("ACTIVE CUSTOMERS [1, 0]");
    }

    @Test
    @Tag("AN25")
    @Tag("AC12")
    void performanceIsMadeOfAttemptsTrialsAndUnpaidEnds() {
        Money due = Money.of("50.00", "EUR");
        books.publish(
                paid("pay_1", ANN, "50.00", "0.00", at("2026-04-10", 9)),
                BillingEvent.of(PaymentFailed.builder("pay_2", ANN, due, "bank", at("2026-04-11", 9))
                        .build()),
                dispute("dsp_1", "needs_response", at("2026-04-20", 9)),
                failed("inv_1", at("2026-04-02", 0)),
                failed("inv_2", at("2026-04-02", 0)),
                BillingEvent.of(InvoicePaid.builder("inv_1", ANN, "1", due, at("2026-04-12", 0))
                        .issuedAt(at("2026-04-02", 0))
                        .build()),
                used(
                        "evt_1",
                        ANN,
                        "calls",
                        "1",
                        at("2026-04-03", 1),
                        Map.of(UsageRecorded.SUCCESS, "true", UsageRecorded.DURATION_MILLIS, "100")),
                used(
                        "evt_2",
                        ANN,
                        "calls",
                        "1",
                        at("2026-04-03", 2),
                        Map.of(UsageRecorded.SUCCESS, "false", UsageRecorded.DURATION_MILLIS, "300")));
        books.becomes("sub_1", ANN, SubscriptionStatus.TRIALING, midnight("2026-04-01"), monthly("a", "50.00", "EUR"))
                .changes("sub_1", ANN, midnight("2026-04-15"), monthly("a", "50.00", "EUR"))
                .becomes(
                        "sub_2", BEN, SubscriptionStatus.TRIALING, midnight("2026-04-01"), monthly("a", "50.00", "EUR"))
                .ends("sub_2", BEN, midnight("2026-04-15"), monthly("a", "50.00", "EUR"))
                .becomes("sub_1", ANN, SubscriptionStatus.UNPAID, midnight("2026-05-15"), monthly("a", "50.00", "EUR"));
        PerformanceReport report = books.analytics.performance(spring().measures(
                        Measure.PAYMENT_SUCCESS,
                        Measure.RECOVERY,
                        Measure.DAYS_TO_PAY,
                        Measure.DISPUTE_RATE,
                        Measure.TRIAL_CONVERSION,
                        Measure.INVOLUNTARY_CHURN,
                        Measure.ERROR_RATE,
                        Measure.REQUEST_TIME,
                        Measure.SLA_BREACHES)
                .build());
        assertThat(told(report.series()))
                .containsExactly(
                        "PAYMENT SUCCESS [0.5, null]",
                        "RECOVERY [0.5, null]",
                        "DAYS TO PAY [10, null]",
                        "DISPUTE RATE [1, null]",
                        "TRIAL CONVERSION [0.5, null]",
                        "INVOLUNTARY CHURN [null, 1]",
                        "ERROR RATE [0.5, null]",
                        "REQUEST TIME [200, null]",
                        "SLA BREACHES [0, 0]");
        assertThat(Books.told(books.months("2026-04-01", "2026-06-01")))
                .containsExactly("2026-04 0.00 NEW 50.00 → 50.00", "2026-05 50.00 CHURN 50.00 → 0.00");
    }

    private static EventDraft failed(String invoice, Instant at) {
        Money due = Money.of("50.00", "EUR");
        return BillingEvent.of(InvoiceFailed.builder()
                        .id(invoice)
                        .owner(ANN)
                        .number("1")
                        .amountDue(due)
                        .attempt(1)
                        .build())
                .at(at);
    }

    @Test
    @Tag("AN23")
    void meteredBillingHasARunRateAndIsNeverInMrr() {
        Instant issued = at("2026-05-20", 0);
        Money zero = Money.of("0.00", "EUR");
        Line metered = new Line(
                "line_1", LineKind.USAGE, null, null, "tokens", null, null, Money.of("36.00", "EUR"), zero, null);
        books.publish(BillingEvent.of(InvoicePaid.builder("inv_1", ANN, "1", Money.of("36.00", "EUR"), issued)
                .lines(List.of(metered))
                .build()));
        assertThat(revenue(Measure.BILLED, Measure.USAGE_RUN_RATE))
                .containsExactly("BILLED EUR [0.00, 36.00]", "USAGE RUN RATE EUR [0.00, 36.50]");
        assertThat(revenue(Measure.MRR)).isEmpty();
    }

    @Test
    void instancesRunFromTheirStartToTheirStop() {
        books.publish(
                instance(EventTypes.INSTANCE_STARTED, at("2026-04-30", 22)),
                instance(EventTypes.INSTANCE_STOPPED, at("2026-05-01", 3)),
                instance(EventTypes.INSTANCE_STARTED, at("2026-08-15", 10)));
        UsageReport report = books.analytics.usage(ReportQuery.builder()
                .window(Window.between(midnight("2026-04-01"), midnight("2026-09-01")))
                .measures(Measure.INSTANCE_HOURS)
                .build());
        assertThat(told(report.series())).containsExactly("INSTANCE HOURS [2, 3, 0, 0, 2]");
    }

    private static EventDraft instance(EventType type, Instant at) {
        return BillingEvent.of(
                new InstanceChanged("i_1", ANN, type, "gpu.large", "eu", null, null, Map.of(), null, null, at));
    }

    @Test
    @Tag("AN10")
    @Tag("AN68")
    @Tag("AC50")
    void whatIsNotThereIsRefusedWithWhatIs() {
        assertRefused(() -> books.analytics.usage(spring().measures(Measure.MRR).build()), "ACTIVE_CUSTOMERS");
        assertRefused(
                () -> books.analytics.revenue(spring().groupBy(Dimension.METER).build()), "plan");
        assertRefused(
                () -> books.analytics.usage(spring().groupBy(Dimension.PLAN).build()), "meter");
        assertRefused(
                () -> books.analytics.revenue(
                        spring().measures(Measure.MRR).metrics(Metric.MAX).build()),
                "GROWTH");
        assertRefused(
                () -> books.analytics.performance(spring().measures(Measure.RECOVERY)
                        .groupBy(Dimension.PARTNER)
                        .build()),
                "can't be grouped");
    }

    private static void assertRefused(ThrowingCallable call, String told) {
        assertThatThrownBy(call).isInstanceOf(InvalidRequestException.class).hasMessageContaining(told);
    }

    @Test
    @Tag("AN61")
    @Tag("AC45")
    void whatCanNotBeCountedIsRejectedAndTheRestOfItsBatchCounts() {
        books.publish(
                used("evt_1", ANN, "tokens", "1" + "0".repeat(18), at("2026-04-01", 1)),
                used("evt_2", ANN, "nul \u0000", "3", at("2026-04-01", 1)),
                used("evt_3", ANN, "tokens", "4", Instant.parse("2026-08-17T13:00:00Z")),
                used("evt_4", ANN, "tokens", "5", Instant.EPOCH.minus(Duration.ofDays(400L * 365))),
                paid("pay_1", ANN, "1" + "0".repeat(27), "0.00", at("2026-04-10", 9)));
        assertThat(told(books.analytics
                        .usage(spring().groupBy(Dimension.METER).build())
                        .series()))
                .containsExactly("USAGE (none) [3, 0]");
        assertThat(books.analytics.admin().freshness().rejected())
                .isEqualTo(Map.of("too_large", 2L, "out_of_range", 2L));
    }

    @Test
    @Tag("AN63")
    @Tag("AC46")
    void whoHasHadAHundredMetersHasNoMoreNamesForOthers() {
        List<EventDraft> events = new ArrayList<>();
        for (int i = 0; i < 103; i++) {
            events.add(used("evt_" + i, ANN, "m" + (1_000 + i), "1", at("2026-04-01", 1)));
        }
        events.add(used("evt_x", ANN, "(other)", "5", at("2026-04-01", 1)));
        books.publish(events.toArray(EventDraft[]::new));
        books.publish(used("evt_ben", BEN, "bens", "7", at("2026-04-01", 1)));
        List<String> told = told(books.analytics
                .usage(spring().groupBy(Dimension.METER).topGroups(100).build())
                .series());
        assertThat(told).contains("USAGE bens [7, 0]");
        assertThat(books.analytics
                        .usage(spring().filters(Filter.in(Dimension.METER, Segment.OTHER))
                                .build())
                        .topCustomers())
                .singleElement()
                .extracting(UsageReport.TopCustomer::quantity)
                .asString()
                .isIn("3", "4", "8");
    }

    @Test
    @Tag("AC30")
    void aScopeSeesItsOwnAlone() {
        Owner partner = Owner.partner("acme");
        books.publish(
                used("evt_1", ANN, "tokens", "10", at("2026-04-01", 1)).visibleTo(partner),
                used("evt_2", BEN, "tokens", "5", at("2026-04-01", 1)));
        UsageReport partners =
                books.analytics.usage(spring().scope(Scope.of(partner)).build());
        assertThat(told(partners.series())).containsExactly("USAGE [10, 0]");
        assertThat(partners.topCustomers())
                .extracting(top -> top.customer().id())
                .containsExactly("ann");
        assertThat(told(books.analytics
                        .usage(spring().scope(Scope.of(BEN)).build())
                        .series()))
                .containsExactly("USAGE [5, 0]");
        assertThat(told(books.analytics
                        .usage(spring().scope(Scope.of(Owner.user("zoe"))).build())
                        .series()))
                .containsExactly("USAGE [0, 0]");
    }
}
