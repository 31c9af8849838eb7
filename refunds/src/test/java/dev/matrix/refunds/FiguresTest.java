package dev.matrix.refunds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.PageRequest;
import dev.matrix.core.event.EventQuery;
import dev.matrix.core.event.payload.PaymentRefunded;
import dev.matrix.core.event.payload.RefundedLine;
import dev.matrix.core.money.Money;
import dev.matrix.core.spi.Stores;
import dev.matrix.refunds.spi.LookupResult;
import dev.matrix.refunds.spi.ProviderCapabilities;
import dev.matrix.refunds.spi.ProviderContext;
import dev.matrix.refunds.spi.ProviderFacts;
import dev.matrix.refunds.spi.ProviderResult;
import dev.matrix.refunds.spi.ProviderStand;
import dev.matrix.refunds.spi.RefundCommand;
import dev.matrix.refunds.spi.RefundProbe;
import dev.matrix.refunds.spi.RefundProvider;
import dev.matrix.testkit.ManualClock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tax, lines and prorations to the cent. */
class FiguresTest {

    private final ManualClock clock = ManualClock.at("2026-03-01T10:00:00Z");
    private final FakeBank bank = new FakeBank(clock);
    private final Matrix matrix = TestNode.matrix(Stores.inMemory(clock), clock, bank.transport());
    private final Refunds refunds =
            Refunds.on(matrix).provider(BankRefunds.sound()).build();

    private static Money eur(String amount) {
        return Money.of(amount, "EUR");
    }

    private PaymentDraft draft(String amount) {
        return PaymentDraft.of(
                "pay_1",
                Owner.user("u_42"),
                "bank",
                Capture.of("c1", eur(amount), Instant.parse("2024-01-01T00:00:00Z")));
    }

    private RefundOutcome refund(RefundAmount amount, String key) {
        RefundOutcome outcome = refunds.refund(RefundRequest.of("pay_1", amount, RefundReason.CUSTOMER_REQUEST, key));
        TestNode.drive(matrix);
        return outcome;
    }

    private Money tax(RefundAmount amount, String key) {
        return ((RefundOutcome.Accepted) refund(amount, key)).refund().tax();
    }

    private static RefundAmount exact(String amount) {
        return new RefundAmount.Exact(eur(amount));
    }

    @Test
    @Tag("A15")
    @Tag("R21")
    void partsOfATaxAddUpToTheCent() {
        refunds.payments().record(draft("119.00").tax(eur("19.00"), "inv_1"));
        assertThat(tax(exact("39.67"), "a")).isEqualTo(eur("6.33"));
        assertThat(tax(exact("39.67"), "b")).isEqualTo(eur("6.34"));
        assertThat(tax(exact("39.66"), "c")).isEqualTo(eur("6.33"));
    }

    @Test
    @Tag("A15")
    @Tag("R16")
    void whatFailsLateGivesItsTaxBack() {
        refunds.payments().record(draft("119.00").tax(eur("19.00"), "inv_1"));
        tax(exact("39.67"), "a");
        RefundOutcome second = refund(exact("39.67"), "b");
        Refund failing = ((RefundOutcome.Accepted) second).refund();
        bank.finish(failing.legs().get(0).id(), ProviderStand.Finish.FAILED);
        refunds.advance(failing.id());

        assertThat(tax(new RefundAmount.Remaining(), "c")).isEqualTo(eur("12.67"));
    }

    @Test
    @Tag("A16")
    @Tag("R21")
    void linesHaveTheirOwnTaxAndTheLastRefundTakesTheRest() {
        refunds.payments()
                .record(draft("226.00")
                        .lines(List.of(
                                new PaymentLine("l1", PriceKind.RECURRING, eur("119.00"), eur("19.00"), null),
                                new PaymentLine("l2", PriceKind.ONE_TIME, eur("107.00"), eur("7.00"), null))));
        assertThat(tax(new RefundAmount.ByLines(Map.of("l2", eur("107.00"))), "a"))
                .isEqualTo(eur("7.00"));
        RefundOutcome more = refund(new RefundAmount.ByLines(Map.of("l2", eur("1.00"))), "b");
        assertThat(((RefundOutcome.Refused) more).code()).isEqualTo(RefusalCode.LINE_EXCEEDED);
        assertThat(tax(new RefundAmount.Remaining(), "c")).isEqualTo(eur("19.00"));
        PaymentRefunded first =
                (PaymentRefunded) matrix.events().page(EventQuery.all(), PageRequest.first(100)).items().stream()
                        .filter(event -> event.type().name().equals("payment.refunded"))
                        .findFirst()
                        .orElseThrow()
                        .payload();
        assertThat(first.lines()).containsExactly(new RefundedLine("l2", eur("107.00"), eur("7.00")));
    }

    @Test
    @Tag("A17")
    @Tag("R22")
    @Tag("R23")
    void anotherSettlementCurrencyIsPostedWithItsResult() {
        Capture capture =
                Capture.of("c1", Money.of("60.00", "USD"), clock.instant()).settled(eur("52.80"));
        PaymentDraft payment = PaymentDraft.of("pay_1", Owner.user("u"), "settling", capture);
        ManualClock time = ManualClock.at("2026-03-01T10:00:00Z");
        Matrix own = TestNode.matrix(Stores.inMemory(time), time, bank.transport());
        Deque<Money> settled = new ArrayDeque<>(List.of(eur("17.20"), eur("34.00")));
        Refunds all = Refunds.on(own).provider(new Settling(settled)).build();
        all.payments().record(payment);
        all.refund(RefundRequest.of(
                "pay_1", new RefundAmount.Exact(Money.of("20.00", "USD")), RefundReason.GOODWILL, "a"));
        TestNode.drive(own);
        assertThat(result(all)).isEqualTo(eur("0.40"));
        all.refundRemaining("pay_1", RefundReason.GOODWILL);
        TestNode.drive(own);
        assertThat(result(all)).as("52.80 less 51.20").isEqualTo(eur("1.60"));
        for (String code : List.of("USD", "EUR")) {
            assertThat(all.ledger().ofPayment("pay_1").stream()
                            .map(RefundLedger.Posting::amount)
                            .filter(amount -> amount.currency().code().equals(code))
                            .reduce(Money.of("0.00", code), Money::plus)
                            .isZero())
                    .as(code)
                    .isTrue();
        }
    }

    private static Money result(Refunds refunds) {
        return refunds.ledger().ofPayment("pay_1").stream()
                .filter(posting -> posting.account() == RefundLedger.Account.EXCHANGE_RESULT)
                .map(RefundLedger.Posting::amount)
                .reduce(eur("0.00"), Money::plus);
    }

    /** Takes what it was told from the merchant's balance. */
    private record Settling(Deque<Money> settled) implements RefundProvider {

        @Override
        public String name() {
            return "settling";
        }

        @Override
        public ProviderCapabilities capabilities() {
            return ProviderCapabilities.defaults().local();
        }

        @Override
        public ProviderResult submit(RefundCommand command, ProviderContext context) {
            return new ProviderResult.Succeeded(
                    command.ownReference(),
                    ProviderFacts.ofAmount(command.amount()).withSettled(settled.remove()));
        }

        @Override
        public LookupResult lookup(RefundProbe probe, ProviderContext context) {
            return new LookupResult.Absent();
        }
    }

    private static Money unused(ServicePeriod period, Proration how, String base) {
        return new Prorating(period, how, eur(base), eur("0.00")).unused();
    }

    private static ServicePeriod days(String from, String to, String zone) {
        ZoneId place = ZoneId.of(zone);
        return ServicePeriod.of(
                LocalDate.parse(from).atStartOfDay(place).toInstant(),
                LocalDate.parse(to).atStartOfDay(place).toInstant(),
                place);
    }

    private static Instant at(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }

    @Test
    @Tag("A18")
    @Tag("A19")
    @Tag("A20")
    @Tag("R24")
    @Tag("R25")
    void unusedPartsAreCountedBySecondAndByDayOfTheZone() {
        assertThat(unused(
                        days("2024-02-10", "2024-03-10", "UTC"), Proration.byDay(at("2024-02-20T00:00:00Z")), "290.00"))
                .isEqualTo(eur("190.00"));
        assertThat(unused(
                        days("2024-01-01", "2025-01-01", "UTC"), Proration.byDay(at("2024-03-01T00:00:00Z")), "366.00"))
                .isEqualTo(eur("306.00"));
        assertThat(unused(
                        days("2025-01-01", "2026-01-01", "UTC"), Proration.byDay(at("2025-03-01T00:00:00Z")), "365.00"))
                .isEqualTo(eur("306.00"));
        ServicePeriod march = days("2026-03-01", "2026-04-01", "Europe/Berlin");
        Instant half = at("2026-03-16T00:00:00+01:00");
        assertThat(unused(march, Proration.bySecond(half), "743.00")).isEqualTo(eur("383.00"));
        assertThat(unused(march, Proration.byDay(half), "310.00")).isEqualTo(eur("160.00"));
        ServicePeriod auckland = days("2026-01-01", "2026-02-01", "Pacific/Auckland");
        assertThat(unused(auckland, Proration.byDay(at("2026-01-11T00:30:00+13:00")), "310.00"))
                .isEqualTo(eur("200.00"));
        assertThat(unused(march, Proration.byFixedDays(half, 30), "300.00")).isEqualTo(eur("150.00"));
    }

    @Test
    @Tag("A21")
    @Tag("R25")
    void monthsAreCountedFromTheAnchor() {
        LocalDate anchor = LocalDate.parse("2024-01-31");
        List<LocalDate> ends = IntStream.range(0, 3)
                .mapToObj(n -> ServicePeriod.months(anchor, n, 1, ZoneOffset.UTC)
                        .end()
                        .atZone(ZoneOffset.UTC)
                        .toLocalDate())
                .toList();
        assertThat(ends).map(LocalDate::toString).containsExactly("2024-02-29", "2024-03-31", "2024-04-30");
    }

    @Test
    @Tag("A22")
    @Tag("R25")
    void aTrialIsNotCharged() {
        ServicePeriod january = days("2026-01-01", "2026-02-01", "UTC").chargeableFrom(at("2026-01-15T00:00:00Z"));
        assertThat(unused(january, Proration.byDay(at("2026-01-10T00:00:00Z")), "170.00"))
                .isEqualTo(eur("170.00"));
        assertThat(unused(january, Proration.byDay(at("2026-01-20T00:00:00Z")), "170.00"))
                .isEqualTo(eur("120.00"));
        assertThat(unused(january, Proration.bySecond(at("2026-02-01T00:00:00Z")), "170.00")
                        .isZero())
                .isTrue();
    }

    @Test
    @Tag("A22")
    @Tag("A23")
    @Tag("R24")
    void proratedRefundsCountEachOtherAndRecurringLinesAlone() {
        ServicePeriod january = days("2026-01-01", "2026-02-01", "UTC");
        refunds.payments().record(draft("31.00").period(january));
        RefundOutcome first =
                refunds.prorate("pay_1", Proration.byDay(at("2026-01-11T00:00:00Z")), RefundReason.CUSTOMER_REQUEST);
        assertThat(((RefundOutcome.Accepted) first).refund().amount()).isEqualTo(eur("21.00"));
        RefundOutcome same =
                refunds.prorate("pay_1", Proration.byDay(at("2026-01-11T00:00:00Z")), RefundReason.CUSTOMER_REQUEST);
        assertThat(((RefundOutcome.Accepted) same).replayed()).isTrue();
        RefundOutcome second =
                refunds.prorate("pay_1", Proration.byDay(at("2026-01-21T00:00:00Z")), RefundReason.CUSTOMER_REQUEST);
        assertThat(((RefundOutcome.Refused) second).code()).isEqualTo(RefusalCode.NOTHING_TO_REFUND);

        Capture capture = Capture.of("c2", eur("120.00"), clock.instant());
        refunds.payments()
                .record(PaymentDraft.of("pay_2", Owner.user("u_42"), "bank", capture)
                        .lines(List.of(
                                new PaymentLine(
                                        "r",
                                        PriceKind.RECURRING,
                                        eur("100.00"),
                                        eur("0.00"),
                                        days("2026-01-01", "2026-01-31", "UTC")),
                                new PaymentLine("u", PriceKind.USAGE, eur("20.00"), eur("0.00"), null))));
        RefundQuote half = refunds.quote(RefundRequest.of(
                "pay_2",
                new RefundAmount.Prorated(Proration.byDay(at("2026-01-16T00:00:00Z"))),
                RefundReason.PLAN_CHANGE,
                "q"));
        assertThat(half.amount()).isEqualTo(eur("50.00"));
        assertThat(half.lines()).extracting(LineShare::lineId).containsExactly("r");
        assertThat(refunds.payments().find("pay_2").orElseThrow().reserved().isZero())
                .isTrue();

        refunds.payments()
                .record(PaymentDraft.of(
                        "pay_3", Owner.user("u_42"), "bank", Capture.of("c3", eur("10.00"), clock.instant())));
        RefundOutcome none = refunds.prorate("pay_3", Proration.bySecond(clock.instant()), RefundReason.PLAN_CHANGE);
        assertThat(((RefundOutcome.Refused) none).code()).isEqualTo(RefusalCode.NOT_PRORATABLE);
    }
}
