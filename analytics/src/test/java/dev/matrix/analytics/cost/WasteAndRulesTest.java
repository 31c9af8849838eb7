package dev.matrix.analytics.cost;

import static dev.matrix.analytics.cost.CostNode.ADA;
import static dev.matrix.analytics.cost.CostNode.ENTERPRISE;
import static dev.matrix.analytics.cost.CostNode.PRO;
import static dev.matrix.analytics.cost.CostNode.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.analytics.cost.spi.CostContext;
import dev.matrix.analytics.cost.spi.CostRule;
import dev.matrix.analytics.cost.spi.Finding;
import dev.matrix.analytics.cost.spi.PlanCatalog;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.money.Money;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Waste is worth what the bill is less without it; a host's rules count like the shipped ones and can harm nobody. */
class WasteAndRulesTest {

    private static final Map<String, String> FAILED = Map.of("success", "false");

    private record HostRule(String name, RecommendationType type, Function<CostContext, List<Finding>> work)
            implements CostRule {

        @Override
        public List<Finding> examine(CostContext context) {
            return work.apply(context);
        }
    }

    private static CostNode with(Function<CostContext, List<Finding>> work) {
        return CostNode.inApril(builder -> builder.rule(new HostRule("own", RecommendationType.TIER, work)));
    }

    private static Finding claims(String subject, @Nullable Money claimed) {
        return new Finding(
                subject,
                new Action.ChangePlan(subject, "pro", "negotiated"),
                claimed,
                Confidence.HIGH,
                List.of(),
                List.of(),
                null);
    }

    @Test
    @Tag("CO9")
    void wasteIsWorthTheBillRatedAgainWithoutItAndNotItsListPrice() {
        CostNode node = CostNode.inApril().ada(PRO, "8000", "8000", "8000");
        for (String month : List.of("2026-01", "2026-02", "2026-03")) {
            node.uses(ADA, "sub_1", month + "-05", "tokens", "3000", FAILED)
                    .uses(ADA, "sub_1", month + "-06", "tokens", "1000", Map.of("waste", "duplicate"));
        }
        Recommendation found = node.drive().only();
        assertThat(found.advice().action())
                .isEqualTo(new Action.ReduceUsage(
                        "sub_1",
                        "tokens",
                        Map.of(
                                "failed",
                                new java.math.BigDecimal("9000"),
                                "duplicate",
                                new java.math.BigDecimal("3000"))));
        assertThat(found.savings()).isEqualTo(Money.of("8.00", "EUR"));
    }

    @Test
    @Tag("CC14")
    @Tag("CO22")
    @Tag("CO28")
    void aPlanIsJudgedOnWhatRemainsAndSavingsAreNotCountedTwice() {
        Plan small = plan("small", "10.00", "5000", "0.02");
        CostNode node = CostNode.inApril(builder -> builder.plans(PlanCatalog.of(List.of(PRO, small))))
                .ada(PRO, "5000", "5000", "5000");
        for (String month : List.of("2026-01", "2026-02", "2026-03")) {
            node.uses(ADA, "sub_1", month + "-05", "tokens", "20000", FAILED);
        }
        CostAnalysis analysis = node.drive().analyze();
        assertThat(analysis.monthlyCost()).isEqualTo(Money.of("109.00", "EUR"));
        assertThat(analysis.recommendations())
                .extracting(each -> each.savings().amount().toPlainString())
                .containsExactlyInAnyOrder("60.00", "39.00");
        assertThat(analysis.combinedMonthlySavings()).isEqualTo(Money.of("99.00", "EUR"));
        CostAnalysis alone = node.costs.analyze(CostQuery.of(ADA).only(RecommendationType.TIER));
        assertThat(alone.recommendations()).isEmpty();
    }

    @Test
    @Tag("CC29")
    void aRuleThatClaimsMoreThanTheSubjectCostsIsNotBelieved() {
        CostAnalysis more = with(context -> List.of(claims("sub_1", Money.of("49.01", "EUR"))))
                .ada(PRO, "1", "1", "1")
                .analyze();
        assertThat(more.recommendations()).isEmpty();
        assertThat(more.diagnostics()).extracting(Diagnostic::reason).containsExactly(Reason.INVALID_SAVING);
        CostAnalysis all = with(context -> List.of(claims("sub_1", Money.of("49.00", "EUR"))))
                .ada(PRO, "1", "1", "1")
                .analyze();
        assertThat(all.combinedMonthlySavings()).isEqualTo(Money.of("49.00", "EUR"));
        CostAnalysis unknown = with(context -> List.of(claims("sub_9", Money.of("1.00", "EUR"))))
                .ada(PRO, "1", "1", "1")
                .analyze();
        assertThat(unknown.recommendations()).isEmpty();
        CostAnalysis elsewhere = with(context -> List.of(claims("sub_1", Money.of("1.00", "USD"))))
                .ada(PRO, "1", "1", "1")
                .analyze();
        assertThat(elsewhere.recommendations()).isEmpty();
    }

    @Test
    @Tag("CC26")
    @Tag("CC49")
    @Tag("CO49")
    void aRuleThatThrowsOverflowsOrFindsTooMuchIsADiagnosticOfItsOwn() {
        List<Function<CostContext, List<Finding>>> bad = List.of(
                context -> {
                    throw new IllegalStateException("secret text");
                },
                context -> {
                    throw new StackOverflowError();
                },
                context -> Collections.nCopies(1_001, claims("sub_1", null)));
        for (Function<CostContext, List<Finding>> work : bad) {
            CostAnalysis analysis = with(work).ada(ENTERPRISE, "1", "1", "1").analyze();
            assertThat(analysis.recommendations()).hasSize(1);
            assertThat(analysis.diagnostics())
                    .singleElement()
                    .satisfies(each -> assertThat(each.detail()).contains("own").doesNotContain("secret"));
        }
        assertThatThrownBy(() -> CostNode.inApril(
                        builder -> builder.rule(new HostRule("tier", RecommendationType.TIER, context -> List.of()))))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("tier");
    }

    @Test
    void aRulesChangeOfPlanIsReplayedLikeAShippedOne() {
        CostAnalysis analysis = with(context -> context.subscriptions().stream()
                        .map(each -> Finding.of(each.id(), new Action.ChangePlan(each.id(), "enterprise", "pro")))
                        .toList())
                .ada(ENTERPRISE, "1", "1", "1")
                .analyze();
        assertThat(analysis.recommendations())
                .isNotEmpty()
                .allSatisfy(each -> assertThat(each.savings()).isEqualTo(Money.of("450.00", "EUR")));
        assertThat(analysis.combinedMonthlySavings()).isEqualTo(Money.of("450.00", "EUR"));
    }
}
