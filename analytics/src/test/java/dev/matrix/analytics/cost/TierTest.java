package dev.matrix.analytics.cost;

import static dev.matrix.analytics.cost.CostNode.ADA;
import static dev.matrix.analytics.cost.CostNode.ENTERPRISE;
import static dev.matrix.analytics.cost.CostNode.PRO;
import static dev.matrix.analytics.cost.CostNode.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.analytics.Window;
import dev.matrix.analytics.cost.Price.PerUnit;
import dev.matrix.analytics.cost.spi.Assignment;
import dev.matrix.analytics.cost.spi.CostContext;
import dev.matrix.analytics.cost.spi.CostRule;
import dev.matrix.analytics.cost.spi.PlanCatalog;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Owner;
import dev.matrix.core.money.Currencies;
import dev.matrix.core.money.Money;
import dev.matrix.core.money.PreciseMoney;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Another plan is advised for what was really used, or it is said why not. */
class TierTest {

    private static CostNode with(Plan... plans) {
        return CostNode.inApril(builder -> builder.plans(PlanCatalog.of(List.of(plans))));
    }

    private static List<Reason> reasons(CostAnalysis analysis) {
        return analysis.diagnostics().stream().map(Diagnostic::reason).toList();
    }

    private static Recommendation find(CostAnalysis analysis, Class<? extends Action> action) {
        return analysis.recommendations().stream()
                .filter(each -> action.isInstance(each.advice().action()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @Tag("CC2")
    @Tag("CO1")
    @Tag("CO4")
    void theEvidenceLetsTheSavingBeComputedByHand() {
        Recommendation found =
                CostNode.inApril().ada(ENTERPRISE, "100000", "100000", "100000").only();
        Advice advice = found.advice();
        assertThat(advice.action()).isEqualTo(new Action.ChangePlan("sub_1", "enterprise", "pro"));
        assertThat(advice.currentMonthlyCost()).isEqualTo(Money.of("499.00", "EUR"));
        assertThat(advice.projectedMonthlyCost()).isEqualTo(Money.of("409.00", "EUR"));
        assertThat(advice.monthlySavings()).isEqualTo(Money.of("90.00", "EUR"));
        assertThat(advice.confidence()).isEqualTo(Confidence.HIGH);
        Map<String, BigDecimal> figures = advice.evidence().get(0).figures();
        assertThat(figures.get("currentTotal")).isEqualByComparingTo("1497.00");
        assertThat(figures.get("projectedTotal")).isEqualByComparingTo("1227.00");
        assertThat(figures.get("breakEven")).isEqualByComparingTo("122500");
        assertThat(found.severity()).isEqualTo(Severity.MEDIUM);
    }

    @Test
    @Tag("CC3")
    void theBillIsReplayedMonthByMonthAndNotAtItsMean() {
        CostAnalysis analysis =
                CostNode.inApril().ada(PRO, "20000", "300000", "20000").analyze();
        assertThat(analysis.cost()).isEqualTo(Money.of("1387.00", "EUR"));
        Recommendation switching = find(analysis, Action.SwitchMonthly.class);
        Map<String, BigDecimal> figures = switching.advice().evidence().get(0).figures();
        assertThat(figures.get("projectedTotal")).isEqualByComparingTo("877.00");
        assertThat(figures.get("currentTotal")).isEqualByComparingTo("1387.00");
        assertThat(switching.savings()).isEqualTo(Money.of("170.00", "EUR"));
        assertThat(analysis.recommendations()).hasSize(1);
        CostAnalysis enterprise =
                CostNode.inApril().ada(ENTERPRISE, "20000", "300000", "20000").analyze();
        assertThat(enterprise.cost()).isEqualTo(Money.of("1697.00", "EUR"));
        Recommendation change = find(enterprise, Action.ChangePlan.class);
        assertThat(change.conflictsWith())
                .containsExactly(find(enterprise, Action.SwitchMonthly.class).id());
        assertThat(find(enterprise, Action.SwitchMonthly.class).leads()).isNotEqualTo(change.leads());
    }

    @Test
    @Tag("CC4")
    @Tag("CO3")
    void aPlanWhoseCapOneMonthExceedsIsNoCandidate() {
        Plan free = Plan.monthly("free", Money.of("0.00", "EUR"))
                .charging(Charge.of("tokens", "1000", new PerUnit(PreciseMoney.of("0", "EUR")))
                        .cappedAt("1000"));
        CostAnalysis over = with(PRO, free).ada(PRO, "900", "1001", "100").analyze();
        assertThat(over.recommendations()).isEmpty();
        assertThat(reasons(over)).containsExactly(Reason.CONSTRAINT);
        Recommendation within = with(PRO, free).ada(PRO, "900", "1000", "100").only();
        assertThat(within.savings()).isEqualTo(Money.of("49.00", "EUR"));
    }

    @Test
    @Tag("CO3")
    void closedPlansOtherCurrenciesAndMissingFeaturesAreNoCandidates() {
        Plan cheap = plan("cheap", "1.00", "1000000", "0.001");
        Plan dollars = Plan.monthly("dollars", Money.of("1.00", "USD"))
                .charging(Charge.of("tokens", "1000000", new PerUnit(PreciseMoney.of("0", "USD"))));
        assertThat(with(PRO, cheap.closed(), dollars)
                        .ada(PRO, "1", "1", "1")
                        .analyze()
                        .recommendations())
                .isEmpty();
        CostNode needs = CostNode.inApril(builder ->
                builder.plans(PlanCatalog.of(List.of(PRO, cheap))).limits((owner, resource) -> Set.of("sso")));
        CostAnalysis analysis = needs.ada(PRO, "1", "1", "1").analyze();
        assertThat(analysis.recommendations()).isEmpty();
        assertThat(reasons(analysis)).containsExactly(Reason.CONSTRAINT);
    }

    @Test
    @Tag("CC13")
    void tooFewMonthsAndACentMoreGiveNoAdvice() {
        CostNode young = CostNode.inApril()
                .subscribes(ADA, "sub_1", ENTERPRISE, "2026-02-01")
                .uses(ADA, "sub_1", "2026-02-01", "1")
                .drive();
        CostAnalysis analysis = young.analyze();
        assertThat(analysis.recommendations()).isEmpty();
        assertThat(reasons(analysis)).containsExactly(Reason.INSUFFICIENT_DATA);
        Plan dearer = plan("dearer", "49.01", "10000", "0.004");
        assertThat(with(PRO, dearer).ada(PRO, "1", "1", "1").analyze().recommendations())
                .isEmpty();
    }

    @Test
    @Tag("CO22")
    @Tag("CC27")
    void aSavingBelowTheLeastIsNotOffered() {
        Plan less = plan("less", "48.01", "10000", "0.004");
        Plan one = plan("one", "48.00", "10000", "0.004");
        assertThat(with(PRO, less).ada(PRO, "1", "1", "1").analyze().recommendations())
                .isEmpty();
        assertThat(with(PRO, one).ada(PRO, "1", "1", "1").only().severity()).isEqualTo(Severity.LOW);
    }

    @Test
    @Tag("CO1")
    @Tag("CO30")
    void usageWithoutAPriceIsADiagnosticAndNeverFree() {
        CostNode node = CostNode.inApril()
                .ada(ENTERPRISE, "1", "1", "1")
                .uses(ADA, "sub_1", "2026-02-03", "images", "5", Map.of())
                .drive();
        CostAnalysis analysis = node.analyze();
        assertThat(analysis.recommendations()).isEmpty();
        assertThat(analysis.incomplete()).isTrue();
        assertThat(analysis.diagnostics())
                .singleElement()
                .satisfies(each -> assertThat(each.detail()).contains("images", "enterprise", "not the price 0"));
        Plan images = Plan.monthly("images", Money.of("499.00", "EUR"))
                .charging(
                        Charge.of("tokens", "0", new PerUnit(PreciseMoney.of("0.1", "EUR"))),
                        Charge.of("images", "0", new PerUnit(PreciseMoney.of("0.1", "EUR"))));
        CostNode candidates = with(images, PRO)
                .ada(images, "1", "1", "1")
                .uses(ADA, "sub_1", "2026-02-03", "images", "5", Map.of())
                .drive();
        assertThat(candidates.analyze().recommendations()).isEmpty();
        assertThat(reasons(candidates.analyze())).containsExactly(Reason.NO_PRICE);
    }

    @Test
    @Tag("CO40")
    @Tag("CC40")
    void aMonthThatIsOpenClosingOrWaitsForItsEventsIsNotRated() {
        CostNode node = CostNode.inApril().ada(ENTERPRISE, "1", "1", "1");
        node.clock.set(Instant.parse("2026-05-01T12:00:00Z"));
        CostAnalysis closing = node.analyze();
        assertThat(closing.cost()).isEqualTo(Money.of("1497.00", "EUR"));
        assertThat(closing.incomplete()).isTrue();
        node.clock.set(Instant.parse("2026-05-02T12:00:00Z"));
        assertThat(node.analyze().cost()).isEqualTo(Money.of("1996.00", "EUR"));
    }

    @Test
    void monthsBeforeRecordingBeganDontCount() {
        CostNode node = CostNode.inApril()
                .subscribes(ADA, "sub_1", ENTERPRISE, "2025-06-01")
                .uses(ADA, "sub_1", "2026-02-10", "5")
                .drive();
        CostAnalysis analysis = node.analyze();
        assertThat(analysis.cost()).isEqualTo(Money.of("499.00", "EUR"));
        assertThat(analysis.recommendations()).isEmpty();
        assertThat(reasons(analysis)).containsExactly(Reason.INSUFFICIENT_DATA);
    }

    @Test
    @Tag("CO33")
    void aContractsTermIsPartOfTheCost() {
        Instant soon = Instant.parse("2026-05-01T00:00:00Z");
        Plan cheap = plan("cheap", "1.00", "1000000", "0.001");
        CostNode bound = CostNode.inApril(builder -> builder.plans(new PlanCatalog() {
            @Override
            public List<Plan> plans(Owner owner, Instant at) {
                return List.of(PRO, cheap);
            }

            @Override
            public Optional<Assignment> assignment(Owner owner, String subscription, Instant at) {
                return Optional.of(new Assignment("pro", soon, null));
            }
        }));
        CostAnalysis analysis = bound.ada(PRO, "1", "1", "1").analyze();
        assertThat(analysis.recommendations()).isEmpty();
        assertThat(reasons(analysis)).containsExactly(Reason.CONSTRAINT);
    }

    @Test
    @Tag("CO35")
    @Tag("CC37")
    void billsInTwoCurrenciesAreNeverAddedUp() {
        Plan dollars = Plan.monthly("dollars", Money.of("9.00", "USD"))
                .charging(Charge.of("tokens", "1000000", new PerUnit(PreciseMoney.of("0", "USD"))));
        CostNode node = with(PRO, ENTERPRISE, dollars)
                .ada(ENTERPRISE, "1", "1", "1")
                .subscribes(ADA, "sub_2", dollars, "2026-01-01")
                .drive();
        assertThatThrownBy(node::analyze)
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("EUR and USD");
        CostQuery query = CostQuery.of(ADA);
        assertThat(node.costs.analyze(query.of(Currencies.iso().get("EUR"))).cost())
                .isEqualTo(Money.of("1497.00", "EUR"));
        assertThat(node.costs.analyze(query.of(Currencies.iso().get("USD"))).cost())
                .isEqualTo(Money.of("27.00", "USD"));
    }

    @Test
    void termsThatTheCatalogueDoesntHaveAreNotGuessed() {
        Plan grandfathered = plan("pro", "39.00", "10000", "0.004");
        CostAnalysis analysis =
                CostNode.inApril().ada(grandfathered, "1", "1", "1").analyze();
        assertThat(analysis.recommendations()).isEmpty();
        assertThat(analysis.diagnostics().get(0).detail()).contains("39.00 EUR", "49.00 EUR");
        CostNode twice = with(PRO, PRO);
        assertThat(reasons(twice.ada(PRO, "1", "1", "1").analyze())).contains(Reason.NO_PRICE);
        CostNode unknown = CostNode.inApril();
        assertThatThrownBy(unknown::analyze).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void useThatNamesNoSubscriptionStopsAdviceWhereSeveralCouldBeMeant() {
        CostNode node = CostNode.inApril()
                .ada(ENTERPRISE, "1", "1", "1")
                .subscribes(ADA, "sub_2", PRO, "2026-01-01")
                .uses(ADA, "sub_none", "2026-02-01", "7")
                .drive();
        CostAnalysis analysis = node.analyze();
        assertThat(analysis.recommendations()).isEmpty();
        assertThat(reasons(analysis)).containsExactly(Reason.INSUFFICIENT_DATA);
    }

    @Test
    void anAssignmentNamesTermsOfItsOwn() {
        Plan grandfathered = plan("old", "39.00", "10000", "0.004").closed();
        CostNode node = CostNode.inApril(builder -> builder.plans(new PlanCatalog() {
            @Override
            public List<Plan> plans(Owner owner, Instant at) {
                return List.of(PRO, grandfathered, plan("cheap", "30.00", "10000", "0.004"));
            }

            @Override
            public Optional<Assignment> assignment(Owner owner, String subscription, Instant at) {
                return Optional.of(Assignment.of("old"));
            }
        }));
        assertThat(node.ada(PRO, "1", "1", "1").only().savings()).isEqualTo(Money.of("9.00", "EUR"));
    }

    @Test
    void shippedRulesAnswerAsRulesOfHostsDo() {
        Instant now = Instant.parse("2026-04-15T12:00:00Z");
        CostContext nothing = new CostContext(
                ADA,
                new Window(now.minusSeconds(1), now),
                now,
                Profile.STANDARD,
                Currencies.iso().get("EUR"),
                List.of(),
                List.of(),
                List.of(),
                Map.of());
        CostRule waste = new WasteRule();
        assertThat(waste.examine(nothing)).isEmpty();
        assertThat(nothing.types("eu")).isEmpty();
    }
}
