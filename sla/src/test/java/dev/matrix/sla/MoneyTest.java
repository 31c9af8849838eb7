package dev.matrix.sla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.ConflictException;
import dev.matrix.core.PageRequest;
import dev.matrix.core.event.payload.EventTypes;
import dev.matrix.core.event.payload.InvoicePaid;
import dev.matrix.core.event.payload.Line;
import dev.matrix.core.event.payload.LineKind;
import dev.matrix.core.event.payload.PaymentRefunded;
import dev.matrix.core.event.payload.Period;
import dev.matrix.core.event.payload.SlaBreached;
import dev.matrix.core.event.payload.SlaObjective;
import dev.matrix.core.money.Money;
import dev.matrix.sla.spi.ServiceCharge;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** From minutes that were down to money that comes back, on the last day of November. */
class MoneyTest {

    private static final SlaPeriod NOVEMBER = SlaPeriod.parse("2025-11");
    private static final Instant FROM = Instant.parse("2025-11-30T23:00:00Z");
    private static final Instant END = Instant.parse("2025-12-01T00:00:00Z");

    private final SlaNode node = SlaNode.at("2025-11-30T23:00:00Z");

    private static CreditPolicy steps() {
        return CreditPolicy.automatic(
                List.of(CreditSchedule.of(
                        SlaObjective.UPTIME,
                        CreditStep.of("99.9", "10"),
                        CreditStep.of("99.0", "25"),
                        CreditStep.of("95.0", "50"))),
                new BigDecimal("100"));
    }

    private static SlaDefinition gold(CreditPolicy credits) {
        return SlaDefinition.builder("gold")
                .objective(new Objective.Uptime(new BigDecimal("99.9"), UptimeRule.standard()))
                .credits(credits)
                .freezeAfter(Duration.ofMinutes(10))
                .build();
    }

    private void bind(CreditPolicy credits) {
        node.slas.define(gold(credits));
        node.bind("gold");
    }

    private void charge(String id, String amount, String currency) {
        node.slas.recordCharge(
                ServiceCharge.of(id, SlaNode.SUB, FROM, END, Money.of(amount, currency), Money.of("0", currency)));
    }

    /** An hour with so many down minutes, and the 11 minutes until the period is frozen. */
    private void hour(int down) {
        node.minutes(60 - down, 20, 0).minutes(down, 0, 20).minutes(11, 20, 0);
    }

    private List<SlaCredit> credits() {
        return node.slas.credits(CreditQuery.all(), PageRequest.first(10)).items();
    }

    @Test
    @Tag("C45")
    @Tag("S27")
    @Tag("S29")
    @Tag("S30")
    void aMissedMonthIsStatedOnceWithItsBreachAndItsCredit() {
        bind(steps());
        charge("c1", "100.00", "EUR");
        hour(3);

        SlaStatement statement = node.slas.close(SlaNode.SUB, NOVEMBER);
        assertThat(node.slas.close(SlaNode.SUB, NOVEMBER)).isEqualTo(statement);
        assertThat(statement.version()).isEqualTo(1);
        assertThat(statement.state()).isEqualTo(ComplianceState.BREACHED);
        assertThat(credits()).hasSize(1);
        SlaCredit credit = credits().get(0);
        assertThat(credit.state()).isEqualTo(CreditState.ISSUED);
        assertThat(credit.amount()).isEqualTo(Money.of("25.00", "EUR"));
        assertThat(credit.key()).isEqualTo("slaCredit:sub_7:2025-11:v1");
        assertThat(node.events("sla.breached")).hasSize(1);
        assertThat(((SlaBreached) node.events("sla.breached").get(0).payload()).basis())
                .isEqualTo(SlaBreached.Basis.CERTAIN);
        assertThat(node.events("sla.statement_issued", "sla.credit_issued")).hasSize(2);
        SlaReport report = node.slas.report(SlaNode.SUB, NOVEMBER);
        assertThat(report.provisional()).isFalse();
        assertThat(Names.sha256(node.matrix.json().encode(report))).isEqualTo(statement.sha256());
    }

    @Test
    @Tag("S46")
    void aPeriodIsNotClosedBeforeItIsFrozen() {
        bind(steps());
        node.minutes(65, 20, 0);

        assertThatThrownBy(() -> node.slas.close(SlaNode.SUB, NOVEMBER))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("2025-12-01T00:10:00Z");
    }

    @Test
    @Tag("C41")
    void aBreachIsCertainWithTheFirstMinuteOverTheBudget() {
        node.slas.define(SlaDefinition.builder("gold")
                .objective(new Objective.Uptime(new BigDecimal("95"), UptimeRule.standard()))
                .build());
        node.bind("gold");
        node.minutes(10, 20, 0).minutes(3, 0, 20);
        assertThat(node.events("sla.breached")).isEmpty();
        node.minutes(1, 0, 20);
        assertThat(node.events("sla.breached")).hasSize(1);
        node.minutes(3, 0, 20);
        assertThat(node.events("sla.breached")).hasSize(1);
    }

    @Test
    @Tag("C43")
    void amountsAreRoundedHalfEvenAtTheCurrencysScale() {
        assertThat(tenPercent("1005", "JPY")).isEqualTo(Money.of("100", "JPY"));
        assertThat(tenPercent("1.005", "KWD")).isEqualTo(Money.of("0.100", "KWD"));
    }

    private static Money tenPercent(String net, String currency) {
        Month month = Month.of("2025-11", gold(steps()), UnaryOperator.identity(), Month.down(44));
        List<Segment> segments = month.judged.timeline().segments(NOVEMBER);
        ServiceCharge charge = ServiceCharge.of(
                "c",
                SlaNode.SUB,
                Instant.parse("2025-11-01T00:00:00Z"),
                END,
                Money.of(net, currency),
                Money.of("0", currency));
        return CreditRules.lines(segments, month.judged, List.of(charge)).get(0).amount();
    }

    @Test
    @Tag("C44")
    @Tag("C53")
    @Tag("S37")
    void refundsLowerWhatACreditCanGiveUnlessTheyAreThatCredit() {
        assertThat(refunded("customer_request")).isEqualTo(Money.of("20.00", "EUR"));
        assertThat(refunded("sla_credit")).isEqualTo(Money.of("25.00", "EUR"));
    }

    private static Money refunded(String reason) {
        MoneyTest other = new MoneyTest();
        other.bind(steps());
        Money net = Money.of("100.00", "EUR");
        Line line = Line.builder("l1", LineKind.RECURRING, net, Money.of("0", "EUR"))
                .period(Period.of(FROM, END))
                .build();
        Line once = Line.builder("l2", LineKind.ONE_TIME, net, Money.of("0", "EUR"))
                .period(Period.of(FROM, END))
                .build();
        other.node
                .matrix
                .events()
                .publish(PaymentRefunded.builder()
                        .id("pay_1")
                        .owner(SlaNode.ADA)
                        .type(EventTypes.PAYMENT_REFUNDED)
                        .refundId("ref_1")
                        .legId("leg_1")
                        .captureId("cap_1")
                        .provider("bank")
                        .amount(Money.of("80.00", "EUR"))
                        .reason(reason)
                        .refundedTotal(Money.of("80.00", "EUR"))
                        .at(FROM)
                        .invoiceId("inv_1")
                        .build());
        other.node
                .matrix
                .events()
                .publish(InvoicePaid.builder("inv_1", SlaNode.ADA, "1", Money.of("200.00", "EUR"), FROM)
                        .subscriptionId(SlaNode.SUB)
                        .lines(List.of(line, once))
                        .build());
        other.hour(3);
        other.node.slas.close(SlaNode.SUB, NOVEMBER);
        return other.credits().get(0).amount();
    }

    @Test
    @Tag("C54")
    @Tag("S38")
    void eachCurrencyHasACreditOfItsOwn() {
        bind(CreditPolicy.automatic(
                List.of(CreditSchedule.of(SlaObjective.UPTIME, CreditStep.of("99.9", "10"))), new BigDecimal("100")));
        charge("c1", "100.00", "EUR");
        charge("c2", "50.00", "USD");
        hour(3);
        node.slas.close(SlaNode.SUB, NOVEMBER);

        assertThat(credits())
                .extracting(SlaCredit::amount)
                .containsExactly(Money.of("10.00", "EUR"), Money.of("5.00", "USD"));
        assertThat(credits()).extracting(SlaCredit::key).allMatch(key -> key.matches(".*:(EUR|USD)"));
    }

    @Test
    @Tag("C55")
    @Tag("S39")
    void aLargeCreditWaitsForADecision() {
        bind(steps().reviewedAbove(Money.of("24.99", "EUR")));
        charge("c1", "100.00", "EUR");
        hour(3);
        node.slas.close(SlaNode.SUB, NOVEMBER);

        SlaCredit proposed = credits().get(0);
        assertThat(proposed.state()).isEqualTo(CreditState.PROPOSED);
        assertThat(node.events("sla.credit_issued")).isEmpty();
        assertThat(node.slas
                        .decide(proposed.id(), CreditDecision.ISSUE, "ops_1")
                        .state())
                .isEqualTo(CreditState.ISSUED);
        assertThat(node.events("sla.credit_issued")).hasSize(1);
        assertThatThrownBy(() -> node.slas.decide(proposed.id(), CreditDecision.DECLINE, "ops_1"))
                .isInstanceOf(ConflictException.class);
        assertThat(node.slas
                        .decide(proposed.id(), CreditDecision.SETTLE, "ops_1")
                        .state())
                .isEqualTo(CreditState.SETTLED);
    }

    @Test
    @Tag("C18")
    @Tag("S48")
    void aCorrectionAfterTheCloseMakesASecondVersionAndTakesBack() {
        bind(steps());
        charge("c1", "100.00", "EUR");
        hour(3);
        node.drive();
        Instant down = Instant.parse("2025-11-30T23:57:00Z");
        node.slas.exclude(Exclusion.correction(
                ExclusionScope.subscription(SlaNode.SUB), down, END, "wrong probe", "ops_1", node.now()));
        node.drive();

        List<SlaStatement> statements =
                node.slas.statements(SlaNode.SUB, PageRequest.first(10)).items();
        assertThat(statements).extracting(SlaStatement::version).containsExactly(1, 2);
        assertThat(statements)
                .extracting(SlaStatement::state)
                .containsExactly(ComplianceState.BREACHED, ComplianceState.MET);
        assertThat(credits())
                .extracting(SlaCredit::amount)
                .containsExactly(Money.of("25.00", "EUR"), Money.of("-25.00", "EUR"));
        assertThat(node.events("sla.breach_withdrawn")).hasSize(1);
        node.minutes(3, 20, 0);
        assertThat(node.slas.statements(SlaNode.SUB, PageRequest.first(10)).items())
                .hasSize(2);
    }

    @Test
    @Tag("C58")
    @Tag("S41")
    void aWhatIfStoresNothing() {
        bind(CreditPolicy.none());
        charge("c1", "100.00", "EUR");
        node.minutes(57, 20, 0).minutes(3, 0, 20);
        int before = node.events().size();

        SlaReport report = node.slas.whatIf(SlaNode.SUB, NOVEMBER, gold(steps()));

        assertThat(report.state()).isEqualTo(ComplianceState.BREACHED);
        assertThat(report.credits().get(0).amount()).isEqualTo(Money.of("25.00", "EUR"));
        assertThat(credits()).isEmpty();
        assertThat(node.events()).hasSize(before);
    }
}
