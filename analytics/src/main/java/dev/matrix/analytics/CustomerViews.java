package dev.matrix.analytics;

import dev.matrix.core.Owner;
import dev.matrix.core.wire.Describe;
import dev.matrix.core.wire.Size;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What a report about customers has besides its series. */
final class CustomerViews {

    private static final int MOST_STEPS = 1_000;

    private CustomerViews() {}

    record AgeView(
            int age, long paying, long active, Map<String, BigDecimal> mrr, Map<String, BigDecimal> netRevenue) {}

    record CohortView(
            String label, long size, @Size(max = 20_000) List<AgeView> ages) {

        static CohortView of(Cohort cohort) {
            return new CohortView(
                    cohort.label(),
                    cohort.size(),
                    cohort.ages().stream()
                            .map(age -> new AgeView(age.age(), age.paying(), age.active(), age.mrr(), age.netRevenue()))
                            .toList());
        }
    }

    record SurvivalView(double days, long atRisk, long left, double survival, double lower, double upper) {}

    record ScoreView(
            Owner customer,
            LocalDate lastPaid,
            long payments,
            BigDecimal revenue,
            int recency,
            int frequency,
            int monetary) {}

    record ContributionView(HealthScore.Signal signal, double contribution) {}

    record HealthView(Owner customer, double score, List<ContributionView> contributions) {

        static HealthView of(HealthScore health) {
            return new HealthView(
                    health.customer(),
                    health.score(),
                    new EnumMap<>(health.contributions())
                            .entrySet().stream()
                                    .map(each -> new ContributionView(each.getKey(), each.getValue()))
                                    .toList());
        }
    }

    record PurchasesView(long customers, double alive, double purchases, double r, double alpha, double a, double b) {}

    record CustomerDetails(
            @Size(max = 20_000) List<CohortView> cohorts,

            @Describe("How long customers stay, in days (Kaplan-Meier), with intervals of 95 %.")
            @Size(max = MOST_STEPS)
            List<SurvivalView> survival,

            @Describe("Days until the last step, on average.")
            double expectedDays,

            @Describe("By revenue; 5 is best.") @Size(max = 1_000)
            List<ScoreView> scores,

            @Describe("The worst first; 50 is the middle.") @Size(max = 1_000)
            List<HealthView> health,

            @Describe("At place n, how many customers used something on n of the last 28 days.") @Size(max = 29)
            List<Long> activeDays,

            long powerUsers,

            @Describe("The ten largest customers' share of MRR, by currency.")
            Map<String, BigDecimal> topTenShare,

            @Describe("Of customers without a subscription, within 90 days; null with fewer than 20 of them.") @Nullable
            PurchasesView purchases) {

        static CustomerDetails of(CustomerReport report) {
            List<SurvivalCurve.Step> steps = report.survival().steps();
            double last = steps.isEmpty() ? 0 : steps.get(steps.size() - 1).tenure();
            PurchaseOutlook outlook = report.purchases();
            return new CustomerDetails(
                    report.cohorts().stream().map(CohortView::of).toList(),
                    thinned(steps).stream()
                            .map(step -> new SurvivalView(
                                    step.tenure(),
                                    step.atRisk(),
                                    step.left(),
                                    step.survival(),
                                    step.lower(),
                                    step.upper()))
                            .toList(),
                    report.survival().mean(last),
                    report.scores().stream()
                            .map(score -> new ScoreView(
                                    score.customer(),
                                    score.lastPaid(),
                                    score.payments(),
                                    score.revenue(),
                                    score.rfm().recency(),
                                    score.rfm().frequency(),
                                    score.rfm().monetary()))
                            .toList(),
                    report.health().stream().map(HealthView::of).toList(),
                    report.activeDays().histogram(),
                    report.activeDays().powerUsers(),
                    new TreeMap<>(report.topTenShare()),
                    outlook == null
                            ? null
                            : new PurchasesView(
                                    outlook.customers(),
                                    outlook.alive(),
                                    outlook.purchases(),
                                    outlook.model().r(),
                                    outlook.model().alpha(),
                                    outlook.model().a(),
                                    outlook.model().b()));
        }

        /** At most so many steps, evenly, the last one among them. */
        private static List<SurvivalCurve.Step> thinned(List<SurvivalCurve.Step> steps) {
            int every = (steps.size() + MOST_STEPS - 1) / MOST_STEPS;
            return every <= 1
                    ? steps
                    : IntStream.range(0, steps.size())
                            .filter(i -> (steps.size() - 1 - i) % every == 0)
                            .mapToObj(steps::get)
                            .toList();
        }
    }
}
