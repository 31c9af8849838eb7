package dev.matrix.sla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.ConflictException;
import dev.matrix.core.Owner;
import dev.matrix.core.PageRequest;
import dev.matrix.core.event.payload.EventTypes;
import dev.matrix.core.event.payload.InvoicePaid;
import dev.matrix.core.event.payload.Line;
import dev.matrix.core.event.payload.LineKind;
import dev.matrix.core.event.payload.PaymentRefunded;
import dev.matrix.core.event.payload.Period;
import dev.matrix.core.event.payload.SlaObjective;
import dev.matrix.core.money.Money;
import dev.matrix.sla.spi.CreditStore;
import dev.matrix.sla.spi.CreditStore.CreditRow;
import dev.matrix.sla.spi.ServiceCharge;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What comes after a close, from whom, and under which caps. */
class AdjustmentTest {

    private static final Instant FROM = Instant.parse("2025-11-30T23:00:00Z");
    private static final Instant END = Instant.parse("2025-12-01T00:00:00Z");
    private static final SlaPeriod NOVEMBER = SlaPeriod.parse("2025-11");
    private static final Owner BOB = Owner.user("bob");

    private final SlaNode node = SlaNode.at("2025-11-30T23:00:00Z");

    private static Money eur(String amount) {
        return Money.of(amount, "EUR");
    }

    private static CreditPolicy steps(String percent) {
        return CreditPolicy.automatic(
                List.of(CreditSchedule.of(SlaObjective.UPTIME, CreditStep.of("99.9", percent))), new BigDecimal("100"));
    }

    private void bind(CreditPolicy credits) {
        node.slas.define(SlaDefinition.builder("gold")
                .objective(new Objective.Uptime(new BigDecimal("99.9"), UptimeRule.standard()))
                .credits(credits)
                .freezeAfter(Duration.ofMinutes(10))
                .build());
        node.bind("gold");
    }

    private void hour() {
        node.minutes(57, 20, 0).minutes(3, 0, 20).minutes(12, 20, 0);
    }

    private List<SlaCredit> credits() {
        return node.slas.credits(CreditQuery.all(), PageRequest.first(10)).items();
    }

    private static InvoicePaid invoice(String id, Owner owner, String line, String net) {
        return InvoicePaid.builder(id, owner, "1", eur(net), FROM)
                .subscriptionId(SlaNode.SUB)
                .lines(List.of(Line.builder(line, LineKind.RECURRING, eur(net), eur("0"))
                        .period(Period.of(FROM, END))
                        .build()))
                .build();
    }

    private static PaymentRefunded refund(Owner owner, String leg, String amount) {
        return PaymentRefunded.builder()
                .id("pay_" + leg)
                .owner(owner)
                .type(EventTypes.PAYMENT_REFUNDED)
                .refundId("ref_" + leg)
                .legId(leg)
                .captureId("cap_1")
                .provider("bank")
                .amount(eur(amount))
                .reason("customer_request")
                .refundedTotal(eur(amount))
                .at(FROM)
                .invoiceId("inv_1")
                .build();
    }

    @Test
    @Tag("C69")
    @Tag("S48")
    void chargesRefundsAndSamplesAfterTheCloseAreAdjustedOrKeptApart() {
        bind(steps("25"));
        hour();
        assertThat(node.slas.statements(SlaNode.SUB, PageRequest.first(5)).items())
                .extracting(SlaStatement::state)
                .containsExactly(ComplianceState.BREACHED);
        assertThat(credits()).isEmpty();
        node.clock.advance(Duration.ofDays(10));
        node.matrix.events().publish(invoice("inv_1", SlaNode.ADA, "l1", "100.00"));
        node.drive();
        assertThat(credits()).extracting(SlaCredit::amount).containsExactly(eur("25.00"));
        node.matrix.events().publish(refund(SlaNode.ADA, "leg_1", "80.00"));
        node.drive();
        assertThat(credits()).extracting(SlaCredit::amount).containsExactly(eur("25.00"), eur("-5.00"));
        assertThat(credits()).extracting(SlaCredit::state).containsExactly(CreditState.ISSUED, CreditState.PROPOSED);

        long stated = node.slas.report(SlaNode.SUB, NOVEMBER).days().get(0).valid();
        node.slas.add(new MeasurementBatch(
                "edge",
                "late",
                List.of(),
                List.of(new MeasurementBatch.Minute(SlaNode.SUB, FROM.plusSeconds(600), 500, 500L, 0L, 0L))));
        node.minutes(8, 20, 0);
        node.slas.exclude(Exclusion.correction(
                ExclusionScope.subscription(SlaNode.SUB), FROM, FROM.plusSeconds(60), "tests", "ops_1", node.now()));
        node.drive();
        SlaReport second = node.slas.report(SlaNode.SUB, NOVEMBER);
        assertThat(second.version()).isEqualTo(2);
        assertThat(second.days().get(0).valid()).isEqualTo(stated - 20);
    }

    @Test
    @Tag("C77")
    @Tag("S53")
    void anothersEventsChangeNothing() {
        bind(steps("25"));
        node.matrix.events().publish(invoice("inv_1", SlaNode.ADA, "l1", "100.00"));
        node.drive();
        node.matrix.events().publish(invoice("inv_2", BOB, "l1", "900.00"));
        node.drive();
        node.matrix.events().publish(refund(BOB, "leg_1", "80.00"));
        node.drive();
        node.matrix.events().publish(refund(SlaNode.ADA, "leg_1", "20.00"));
        node.drive();
        hour();
        assertThat(credits()).extracting(SlaCredit::amount).containsExactly(eur("25.00"));
        assertThat(credits().get(0).base()).isEqualTo(eur("100.00"));
    }

    @Test
    @Tag("C77")
    void idsThatLookAlikeWhenJoinedAreTwo() {
        bind(steps("25"));
        node.matrix.events().publish(invoice("a:b", SlaNode.ADA, "c", "100.00"));
        node.matrix.events().publish(invoice("a", SlaNode.ADA, "b:c", "100.00"));
        node.drive();
        hour();
        assertThat(credits()).extracting(SlaCredit::amount).containsExactly(eur("50.00"));
    }

    @Test
    @Tag("C56")
    @Tag("S40")
    void aYearlyCapCutsAndSaysSo() {
        bind(steps("100").yearlyCap(new BigDecimal("20")));
        node.slas.recordCharge(ServiceCharge.of(
                "year", SlaNode.SUB, Instant.parse("2024-12-01T00:00:00Z"), FROM, eur("1100.00"), eur("0")));
        node.slas.recordCharge(ServiceCharge.of("now", SlaNode.SUB, FROM, END, eur("100.00"), eur("0")));
        SlaCredit e = SlaExamples.CREDIT;
        SlaCredit earlier = new SlaCredit(
                "scr_may",
                "slaCredit:sub_7:2025-05:v1",
                SlaNode.SUB,
                "2025-05",
                e.tier(),
                1,
                CreditState.ISSUED,
                e.settlement(),
                e.base(),
                e.percent(),
                eur("200.00"),
                eur("0"),
                e.reasons(),
                null,
                null,
                Instant.parse("2025-05-01T00:00:00Z"),
                Instant.parse("2025-06-01T00:00:00Z"),
                e.madeAt(),
                null,
                null);
        CreditStore store = node.matrix.stores().get(CreditStore.class);
        node.matrix
                .transactions()
                .inTransaction(tx -> store.insert(
                        tx,
                        new CreditRow(
                                earlier.id(),
                                earlier.key(),
                                SlaNode.SUB,
                                SlaNode.ADA,
                                1,
                                earlier.state().name(),
                                earlier.periodStart(),
                                new Text(node.matrix.json()).of(earlier))));
        hour();
        SlaCredit now = credits().stream()
                .filter(each -> each.period().equals("2025-11"))
                .findFirst()
                .orElseThrow();
        assertThat(now.amount()).isEqualTo(eur("40.00"));
        assertThat(now.why()).contains("yearly cap leaves").contains("40.00");
        assertThat(node.slas.report(SlaNode.SUB, NOVEMBER).credits().get(0).cut())
                .isEqualTo(eur("60.00"));
    }

    @Test
    @Tag("C44")
    @Tag("S31")
    void aCreditIsNoMoreThanWhatWasPaidAndObjectivesCombine() {
        Money net = eur("100.00");
        ServiceCharge refunded = new ServiceCharge(
                "c", SlaNode.SUB, Instant.parse("2025-11-01T00:00:00Z"), END, net, eur("0"), eur("60.00"));
        assertThat(due(steps("50"), refunded).amount()).isEqualTo(eur("40.00"));
        CreditPolicy both = CreditPolicy.automatic(
                List.of(
                        CreditSchedule.of(SlaObjective.UPTIME, CreditStep.of("99.9", "25")),
                        CreditSchedule.of(SlaObjective.LATENCY, CreditStep.of("95", "5"))),
                new BigDecimal("100"));
        ServiceCharge whole =
                ServiceCharge.of("c", SlaNode.SUB, Instant.parse("2025-11-01T00:00:00Z"), END, net, eur("0"));
        assertThat(due(both, whole).amount()).isEqualTo(eur("25.00"));
        assertThat(due(both.combined(Combine.SUM), whole).amount()).isEqualTo(eur("30.00"));
    }

    private static CreditLine due(CreditPolicy policy, ServiceCharge charge) {
        SlaDefinition definition = SlaDefinition.builder("gold")
                .objectives(SlaDefinition.enterprise().objectives())
                .credits(policy)
                .build();
        Month month = Month.of(
                "2025-11",
                definition,
                UnaryOperator.identity(),
                minute -> minute < 44 ? Month.DOWN : Month.slow(100, 6));
        return CreditRules.lines(month.judged.timeline().segments(NOVEMBER), month.judged, List.of(charge))
                .get(0);
    }

    @Test
    @Tag("C45")
    void whatGivesNothingIsKeptAndAnEndedSubscriptionIsRefunded() {
        bind(CreditPolicy.none());
        node.slas.recordCharge(ServiceCharge.of("c", SlaNode.SUB, FROM, END, eur("100.00"), eur("0")));
        hour();
        assertThat(node.events("sla.breached")).hasSize(1);
        assertThat(credits()).extracting(SlaCredit::state).containsExactly(CreditState.SUPPRESSED);

        AdjustmentTest ended = new AdjustmentTest();
        ended.bind(steps("25"));
        ended.node.slas.recordCharge(ServiceCharge.of("c", SlaNode.SUB, FROM, END, eur("100.00"), eur("0")));
        ended.node.slas.end(SlaNode.SUB, END);
        ended.hour();
        assertThat(ended.credits()).extracting(SlaCredit::settlement).containsExactly(Settlement.REFUND);
    }

    @Test
    @Tag("C67")
    @Tag("S47")
    void refusalsLeaveAHostsTransactionUsable() {
        bind(steps("25"));
        node.matrix.transactions().inTransaction(tx -> {
            SlaBinding again = SlaBinding.of(SlaNode.SUB, SlaNode.ADA, "gold", FROM);
            assertThatThrownBy(() -> node.slas.bind(tx, again)).isInstanceOf(ConflictException.class);
            assertThatThrownBy(() -> node.slas.decide(tx, "scr_none", CreditDecision.ISSUE, "ops_1"))
                    .isInstanceOf(RuntimeException.class);
            Exclusion future = Exclusion.correction(
                    ExclusionScope.everyone(),
                    FROM,
                    END,
                    "x",
                    "ops_1",
                    node.now().plusSeconds(60));
            assertThatThrownBy(() -> node.slas.exclude(tx, future)).isInstanceOf(RuntimeException.class);
            node.slas.bind(tx, SlaBinding.of("sub_8", BOB, "gold", FROM));
        });
        assertThat(node.slas.bindings(PageRequest.first(5)).items()).hasSize(2);

        assertThatThrownBy(() -> node.matrix.transactions().inTransaction(tx -> {
                    node.slas.bind(tx, SlaBinding.of("sub_9", BOB, "gold", FROM));
                    throw new IllegalStateException("the host rolls back");
                }))
                .isInstanceOf(IllegalStateException.class);
        node.drive();
        node.slas.recorder("sub_9").record(1, Outcome.GOOD);
        assertThat(node.slas.health().overflowed()).isEqualTo(1);
    }
}
