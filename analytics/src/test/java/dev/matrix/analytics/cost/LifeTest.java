package dev.matrix.analytics.cost;

import static dev.matrix.analytics.cost.CostNode.ADA;
import static dev.matrix.analytics.cost.CostNode.ENTERPRISE;
import static dev.matrix.analytics.cost.CostNode.PRO;
import static dev.matrix.analytics.cost.RecommendationStatus.ACCEPTED;
import static dev.matrix.analytics.cost.RecommendationStatus.APPLIED;
import static dev.matrix.analytics.cost.RecommendationStatus.DISMISSED;
import static dev.matrix.analytics.cost.RecommendationStatus.EXPIRED;
import static dev.matrix.analytics.cost.RecommendationStatus.OPEN;
import static dev.matrix.analytics.cost.RecommendationStatus.REVERTED;
import static dev.matrix.analytics.cost.RecommendationStatus.VERIFIED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.analytics.Window;
import dev.matrix.analytics.cost.spi.PlanCatalog;
import dev.matrix.core.ConflictException;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.NotFoundException;
import dev.matrix.core.Owner;
import dev.matrix.core.PageRequest;
import dev.matrix.core.event.payload.CostRecommendationChanged;
import dev.matrix.core.money.Money;
import dev.matrix.core.money.PreciseMoney;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of recommendations, and what they saved. */
class LifeTest {

    private final CostNode node = CostNode.inApril().ada(ENTERPRISE, "100000", "100000", "100000");

    private RecommendationStatus status(Recommendation it) {
        return node.costs.recommendation(ADA, it.id()).orElseThrow().status();
    }

    @Test
    @Tag("CC21")
    @Tag("CO24")
    void anAnalysisRenewsWhatIsOpenAndEndsWhatNoLongerHolds() {
        Recommendation first = node.only();
        Recommendation again = node.only();
        assertThat(again.id()).isEqualTo(first.id());
        assertThat(again.version()).isEqualTo(2);
        assertThat(node.events("cost.recommendation_opened")).hasSize(1);
        node.moves(ADA, "sub_1", PRO, "2026-04-01").drive();
        assertThat(node.analyze().recommendations()).isEmpty();
        assertThat(status(first)).isEqualTo(EXPIRED);
        assertThat(node.events("cost.recommendation_changed")).hasSize(1);
        node.moves(ADA, "sub_1", ENTERPRISE, "2026-04-02").until("2026-08-15T00:00:00Z");
        for (String month : List.of("05", "06", "07")) {
            node.uses(ADA, "sub_1", "2026-" + month + "-02", "100000");
        }
        node.drive();
        assertThat(node.only().id()).isNotEqualTo(first.id());
    }

    @Test
    @Tag("CC21")
    void whatWasDismissedOpensAgainWhenItsTimeIsUpOrItsSavingDoubled() {
        Recommendation found = node.only();
        Instant until = Instant.parse("2026-04-20T00:00:00Z");
        node.costs.dismiss(ADA, found.id(), DismissReason.TOO_RISKY, until, "u_1");
        assertThat(node.only().status()).isEqualTo(DISMISSED);
        node.until("2026-04-20T00:00:00Z");
        Recommendation reopened = node.only();
        assertThat(reopened.status()).isEqualTo(OPEN);
        assertThat(reopened.dismissedUntil()).isNull();
        node.costs.dismiss(ADA, found.id(), DismissReason.OTHER, null, "u_1");
        node.uses(ADA, "sub_1", "2026-01-02", "-90000").uses(ADA, "sub_1", "2026-02-02", "-90000");
        assertThat(node.drive().only().status()).isEqualTo(OPEN);
        CostRecommendationChanged dismissed = (CostRecommendationChanged)
                node.events("cost.recommendation_changed").get(0).payload();
        assertThat(dismissed.actor()).isEqualTo("u_1");
        assertThat(dismissed.reason()).isEqualTo("too_risky");
    }

    @Test
    @Tag("CC22")
    void illegalChangesAreConflicts() {
        Recommendation found = node.only();
        node.costs.markApplied(ADA, found.id(), node.clock.instant(), "u_1");
        assertThatThrownBy(() -> node.costs.accept(ADA, found.id(), "u_1")).isInstanceOf(ConflictException.class);
        assertThatThrownBy(() -> node.costs.accept(Owner.user("bob"), found.id(), "u_1"))
                .isInstanceOf(NotFoundException.class);
        for (RecommendationStatus each : RecommendationStatus.values()) {
            assertThat(RecommendationStatus.EXPIRED.canBecome(each)).isFalse();
        }
        assertThat(ACCEPTED.canBecome(APPLIED)).isTrue();
        assertThat(DISMISSED.canBecome(ACCEPTED)).isFalse();
    }

    @Test
    @Tag("CC41")
    @Tag("CO41")
    void whatWasNotJudgedIsNotGone() {
        Recommendation found = node.only();
        node.costs.analyze(CostQuery.of(ADA).only(RecommendationType.USAGE));
        assertThat(status(found)).isEqualTo(OPEN);
        node.costs.analyze(CostQuery.of(ADA)
                .in(new Window(Instant.parse("2026-03-01T00:00:00Z"), Instant.parse("2026-04-15T00:00:00Z"))));
        assertThat(status(found)).isEqualTo(OPEN);
        Recommendation other = node.costs
                .analyze(CostQuery.of(ADA).as(Profile.AGGRESSIVE))
                .recommendations()
                .get(0);
        assertThat(other).isEqualTo(node.costs.recommendation(ADA, found.id()).orElseThrow());
        node.clock.set(Instant.parse("2026-05-16T00:00:00Z"));
        node.costs.analyze(CostQuery.of(ADA).only(RecommendationType.USAGE));
        assertThat(status(found)).isEqualTo(EXPIRED);
        assertThat(Parts.fingerprint("a|b", "c")).isNotEqualTo(Parts.fingerprint("a", "b|c"));
    }

    @Test
    @Tag("CC15")
    @Tag("CO25")
    void growthInUseNeverTurnsASavingNegative() {
        Baseline baseline = Baseline.of("sub_1", List.of(bill("10000", "1000.00")), node.clock.instant());
        SavingsStatement.Month month = baseline.compare(bill("18000", "1440.00"), 1);
        assertThat(month.realised()).isEqualTo(Money.of("360.00", "EUR"));
        assertThat(month.volumeEffect()).isEqualTo(Money.of("-800.00", "EUR"));
        assertThat(month.totalChange()).isEqualTo(Money.of("-440.00", "EUR"));
        Baseline idle = Baseline.of("sub_1", List.of(bill("0", "10.00")), node.clock.instant());
        assertThat(idle.compare(bill("0", "4.00"), 1).realised()).isEqualTo(Money.of("6.00", "EUR"));
    }

    private static RatedBill bill(String quantity, String cost) {
        Money total = Money.of(cost, "EUR");
        Window march = new Window(Instant.parse("2026-03-01T00:00:00Z"), Instant.parse("2026-04-01T00:00:00Z"));
        return new RatedBill(
                "p",
                march,
                Money.of("0.00", "EUR"),
                List.of(new RatedBill.Line("tokens", new BigDecimal(quantity), total)),
                total,
                Set.of(),
                Set.of());
    }

    private Recommendation applied(String at) {
        Recommendation found = node.only();
        node.costs.accept(ADA, found.id(), "u_1");
        return node.costs.markApplied(ADA, found.id(), Instant.parse(at), "u_1");
    }

    @Test
    @Tag("CO26")
    @Tag("CC47")
    @Tag("CO47")
    void afterThreeClosedMonthsTheLedgerSaysWhetherItSaved() {
        Recommendation it = applied("2026-04-01T00:00:00Z");
        node.moves(ADA, "sub_1", PRO, "2026-04-01").drive();
        for (int month = 4; month <= 6; month++) {
            node.uses(ADA, "sub_1", "2026-0" + month + "-02", "100000");
            node.until("2026-0" + (month + 1) + "-03T00:00:00Z");
            node.analyze();
            assertThat(node.costs.savings(ADA, it.id()).months()).hasSize(month - 3);
            if (month == 5) {
                node.uses(ADA, "sub_1", "2026-05-03", "1000").drive();
                node.analyze();
                SavingsStatement two = node.costs.savings(ADA, it.id());
                assertThat(two.months())
                        .extracting(SavingsStatement.Month::revision)
                        .containsExactly(1, 2);
                assertThat(two.status()).isEqualTo(APPLIED);
            }
        }
        SavingsStatement three = node.costs.savings(ADA, it.id());
        assertThat(three.status()).isEqualTo(VERIFIED);
        assertThat(three.promised()).isEqualTo(Money.of("90.00", "EUR"));
        assertThat(three.months().get(0).realised()).isEqualTo(Money.of("90.00", "EUR"));
        assertThat(three.months().get(1).realised()).isEqualTo(Money.of("90.99", "EUR"));
        assertThat(node.events("cost.savings_verified")).hasSize(1);
    }

    @Test
    @Tag("CO26")
    void whatWasChangedBackIsToldSo() {
        Recommendation it = applied("2026-04-01T00:00:00Z");
        node.moves(ADA, "sub_1", PRO, "2026-04-16")
                .moves(ADA, "sub_1", ENTERPRISE, "2026-04-17")
                .until("2026-04-18T00:00:00Z");
        node.analyze();
        assertThat(status(it)).isEqualTo(REVERTED);
    }

    @Test
    @Tag("CC47")
    void aDateAheadOrLongPastIsRefused() {
        Recommendation found = node.only();
        for (String at : List.of("2026-04-15T13:00:00Z", "2026-01-01T00:00:00Z")) {
            assertThatThrownBy(() -> node.costs.markApplied(ADA, found.id(), Instant.parse(at), "u_1"))
                    .isInstanceOf(InvalidRequestException.class);
        }
        assertThat(status(found)).isEqualTo(OPEN);
    }

    @Test
    @Tag("CO37")
    void anErasedOwnerIsInNoTable() {
        Recommendation found = node.only();
        assertThat(node.costs.erase(ADA)).isPositive();
        assertThat(node.costs.recommendation(ADA, found.id())).isEmpty();
        assertThat(node.costs.page(ADA, PageRequest.first(9)).items()).isEmpty();
        assertThatThrownBy(node::analyze).isInstanceOf(InvalidRequestException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "900.00, 3000.00, HIGH",
        "9.00, 22.50, LOW",
        "10.00, 200.00, MEDIUM",
        "1000.00, 3000.00, CRITICAL",
        "99.99, 100.00, MEDIUM"
    })
    @Tag("CC20")
    @Tag("CO23")
    void severityNeedsShareAndAmount(String saving, String cost, Severity expected) {
        Money saved = Money.of(saving, "EUR");
        assertThat(SeverityPolicy.standard().of(saved, Money.of(cost, "EUR"), saved))
                .isEqualTo(expected);
    }

    @Test
    @Tag("CC24")
    void withoutARateTheShareAloneDecides() {
        Charge free = Charge.of("tokens", "0", new Price.PerUnit(PreciseMoney.of("0", "JPY")));
        Plan pro = Plan.monthly("pro", Money.of("4900", "JPY")).charging(free);
        Plan small = Plan.monthly("small", Money.of("1000", "JPY")).charging(free);
        CostNode japan = CostNode.inApril(builder -> builder.plans(PlanCatalog.of(List.of(pro, small))))
                .ada(pro, "5", "5", "5");
        CostAnalysis analysis = japan.analyze();
        assertThat(analysis.recommendations()).singleElement().satisfies(each -> {
            assertThat(each.severity()).isEqualTo(Severity.CRITICAL);
            assertThat(each.savings()).isEqualTo(Money.of("3900", "JPY"));
        });
        assertThat(analysis.diagnostics()).extracting(Diagnostic::reason).containsExactly(Reason.NO_RATE);
    }

    @Test
    @Tag("CO35")
    void allOwnersAreAnalysedAndOneThatCantBeStopsNobody() {
        for (int i = 0; i < 150; i++) {
            Owner owner = Owner.user("u" + i);
            node.subscribes(owner, "sub_u" + i, ENTERPRISE, "2026-01-01").uses(owner, "sub_u" + i, "2026-01-01", "5");
        }
        node.uses(Owner.user("stray"), "sub_none", "2026-01-01", "5").drive();
        List<Owner> analysed = new ArrayList<>();
        List<Owner> failed = new ArrayList<>();
        long made = node.costs.analyzeAll(
                Profile.STANDARD, each -> analysed.add(each.owner()), (owner, why) -> failed.add(owner));
        assertThat(made).isEqualTo(151);
        assertThat(analysed).doesNotHaveDuplicates().hasSize(151).contains(ADA);
        assertThat(failed).isEmpty();
    }

    @Test
    @Tag("CC45")
    void quotesKnowAnOwnersPlansAlone() {
        List<List<RatedBill>> quotes = node.costs.quote(
                ADA, List.of("pro", "enterprise"), List.of(Map.of("tokens", new BigDecimal("100000"))));
        assertThat(quotes)
                .extracting(bills -> bills.get(0).total().toString())
                .containsExactly("409.00 EUR", "499.00 EUR");
        assertThatThrownBy(() -> node.costs.quote(ADA, List.of("invented"), List.of(Map.of())))
                .isInstanceOf(InvalidRequestException.class);
        for (String huge : List.of("1E+40", "1E+999999999", "0.0000000001", "-1")) {
            assertThatThrownBy(() ->
                            node.costs.quote(ADA, List.of("pro"), List.of(Map.of("tokens", new BigDecimal(huge)))))
                    .isInstanceOf(InvalidRequestException.class);
        }
    }
}
