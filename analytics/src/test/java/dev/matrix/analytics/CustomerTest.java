package dev.matrix.analytics;

import static dev.matrix.analytics.Books.at;
import static dev.matrix.analytics.Books.midnight;
import static dev.matrix.analytics.Books.monthly;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.matrix.analytics.HealthScore.Signal;
import dev.matrix.analytics.SurvivalCurve.Tenure;
import dev.matrix.analytics.chart.ChartType;
import dev.matrix.analytics.forecast.PurchaseModel;
import dev.matrix.analytics.forecast.PurchaseModel.History;
import dev.matrix.analytics.spi.FactKind;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.EventDraft;
import dev.matrix.core.event.EventQuery;
import dev.matrix.core.event.payload.PaymentMethod;
import dev.matrix.core.event.payload.PaymentSucceeded;
import dev.matrix.core.event.payload.Period;
import dev.matrix.core.event.payload.UsageRecorded;
import dev.matrix.core.money.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Cohorts, survival, scores, and the customers behind a movement. */
class CustomerTest {

    private static final Owner ANN = Owner.user("ann");
    private static final Owner BEN = Owner.user("ben");

    private static List<BigDecimal> decimals(int... values) {
        return IntStream.of(values).mapToObj(BigDecimal::valueOf).toList();
    }

    @Test
    @Tag("AC21")
    @Tag("AN29")
    void survivalCountsWhoIsStillThere() {
        SurvivalCurve curve = SurvivalCurve.of(List.of(
                new Tenure(1, true),
                new Tenure(2, true),
                new Tenure(2, false),
                new Tenure(3, true),
                new Tenure(4, false)));
        assertThat(curve.at(0.5)).isEqualTo(1);
        assertThat(curve.at(1)).isCloseTo(0.8, within(1e-12));
        assertThat(curve.at(2)).isCloseTo(0.6, within(1e-12));
        assertThat(curve.at(3)).isCloseTo(0.3, within(1e-12));
        assertThat(curve.mean(4)).isCloseTo(2.7, within(1e-12));
        // Greenwood: S² Σ d / (n (n − d)) = 0.64 × 1/20
        assertThat(curve.steps().get(0).deviation()).isCloseTo(Math.sqrt(0.64 / 20), within(1e-12));
        assertThat(curve.steps().get(2).lower()).isZero();
        assertThat(SurvivalCurve.of(List.of()).mean(3)).isEqualTo(3);
        assertThatThrownBy(() -> new Tenure(-1, true)).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    @Tag("AC22")
    @Tag("AN31")
    void scoresAreRanks() {
        assertThat(Rfm.scores(decimals(1, 2, 3, 4, 5))).containsExactly(1, 2, 3, 4, 5);
        assertThat(Rfm.scores(decimals(10, 10, 10, 10))).containsExactly(3, 3, 3, 3);
        assertThat(Rfm.scores(decimals(7))).containsExactly(3);
        assertThat(Rfm.scores(decimals(5, 1))).containsExactly(5, 1);
    }

    @Test
    @Tag("AC22")
    void aPowerUserIsActiveOnTwentyOneDays() {
        Books books = Books.at("2026-08-28T12:00:00Z");
        for (int day = 1; day <= 21; day++) {
            Instant at = at("2026-08-" + (day < 10 ? "0" : "") + day, 3);
            books.publish(used("ann_" + day, ANN, at), used("ann_again_" + day, ANN, at));
            if (day > 1) {
                books.publish(used("ben_" + day, BEN, at));
            }
        }
        ActiveDays days =
                books.analytics.customers(ReportQuery.builder().build()).activeDays();
        assertThat(days.histogram().get(21)).isEqualTo(1);
        assertThat(days.histogram().get(20)).isEqualTo(1);
        assertThat(days.powerUsers()).isEqualTo(1);
    }

    private static EventDraft used(String id, Owner owner, Instant at) {
        return BillingEvent.of(UsageRecorded.builder()
                .id(id)
                .owner(owner)
                .metric("calls")
                .quantity(BigDecimal.ONE)
                .unit("call")
                .period(Period.of(at, at.plusSeconds(60)))
                .build());
    }

    private static EventDraft paid(String id, Owner owner, String amount, Instant at) {
        return BillingEvent.of(PaymentSucceeded.builder(id, owner, Money.of(amount, "EUR"), PaymentMethod.CARD, at)
                .build());
    }

    @Test
    @Tag("AN30")
    void purchasesAreExpectedAsPublished() {
        // The example of Fader, Hardie and Lee (2005), section 4: 39 weeks ahead.
        PurchaseModel model = new PurchaseModel(0.243, 4.414, 0.793, 2.426);
        assertThat(model.expected(new History(2, 30.43, 38.86), 39)).isCloseTo(1.226, within(0.002));
        assertThat(model.alive(new History(0, 0, 38.86))).isEqualTo(1);
        assertThat(model.expected(new History(2, 30.43, 38.86), 0)).isCloseTo(0, within(1e-9));
        assertThatThrownBy(() -> new History(1, 5, 4)).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> PurchaseModel.fit(List.of())).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    @Tag("AN30")
    void aFitFindsWhatMadeTheHistories() {
        PurchaseModel truth = new PurchaseModel(0.8, 6, 1.2, 2.5);
        List<History> histories = simulated(truth, 3_000, 52, new Random(4));
        PurchaseModel fitted = PurchaseModel.fit(histories);
        double made =
                histories.stream().mapToDouble(each -> truth.expected(each, 26)).sum();
        double expected = histories.stream()
                .mapToDouble(each -> fitted.expected(each, 26))
                .sum();
        assertThat(expected / made).isCloseTo(1, within(0.08));
        assertThat(fitted.r() / fitted.alpha()).isCloseTo(0.8 / 6, within(0.03));
    }

    private static List<History> simulated(PurchaseModel model, int customers, double age, Random random) {
        List<History> histories = new ArrayList<>();
        for (int i = 0; i < customers; i++) {
            double rate = gamma(model.r(), random) / model.alpha();
            double x = gamma(model.a(), random);
            double gone = x / (x + gamma(model.b(), random));
            double at = 0;
            double last = 0;
            long repeats = 0;
            while (true) {
                at += -Math.log(1 - random.nextDouble()) / rate;
                if (at > age) {
                    break;
                }
                repeats++;
                last = at;
                if (random.nextDouble() < gone) {
                    break;
                }
            }
            histories.add(new History(repeats, last, age));
        }
        return histories;
    }

    /** Marsaglia and Tsang. */
    private static double gamma(double shape, Random random) {
        if (shape < 1) {
            return gamma(shape + 1, random) * Math.pow(random.nextDouble(), 1 / shape);
        }
        double d = shape - 1.0 / 3;
        while (true) {
            double x = random.nextGaussian();
            double v = Math.pow(1 + x / Math.sqrt(9 * d), 3);
            if (v > 0 && Math.log(random.nextDouble()) < x * x / 2 + d - d * v + d * Math.log(v)) {
                return d * v;
            }
        }
    }

    @Test
    @Tag("AN32")
    void healthIsRobustAndExplained() {
        List<Owner> owners = new ArrayList<>();
        List<Map<Signal, Double>> signals = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            owners.add(Owner.user("u" + i));
            signals.add(Map.of(Signal.IDLE_DAYS, i * 10.0));
        }
        List<HealthScore> scores = HealthScore.of(owners, signals);
        // Median 20, median deviation 10: 10 days more are 1/1.4826 deviations, weighing −0.25.
        assertThat(scores.get(2).score()).isEqualTo(50);
        assertThat(scores.get(3).score()).isCloseTo(50 - 50.0 / 3 * 0.25 / 1.4826, within(1e-9));
        assertThat(scores.get(3).contributions().get(Signal.IDLE_DAYS))
                .isCloseTo(scores.get(3).score() - 50, within(1e-9));
        assertThat(scores.get(3).contributions().get(Signal.USAGE_SLOPE)).isZero();
        signals.set(4, Map.of(Signal.IDLE_DAYS, 1e9));
        assertThat(HealthScore.of(owners, signals).get(4).score()).isCloseTo(50 - 50 * 0.25, within(1e-9));
    }

    @Test
    @Tag("AN28")
    @Tag("AN9")
    void cohortsAreByFirstPaymentAndNothingIsSaidOfTheFuture() {
        Books books = Books.at("2026-05-15T12:00:00Z");
        books.starts("sub_1", ANN, midnight("2026-03-10"), monthly("small", "10.00", "EUR"))
                .starts("sub_2", BEN, midnight("2026-03-20"), monthly("large", "90.00", "EUR"))
                .ends("sub_2", BEN, midnight("2026-04-20"), monthly("large", "90.00", "EUR"))
                .starts("sub_3", Owner.user("cy"), midnight("2026-04-02"), monthly("small", "10.00", "EUR"))
                .publish(
                        paid("pay_1", ANN, "10.00", at("2026-03-10", 1)),
                        paid("pay_2", ANN, "10.00", at("2026-04-10", 1)),
                        paid("pay_3", BEN, "90.00", at("2026-03-20", 1)),
                        used("evt_1", ANN, at("2026-04-11", 1)));
        CustomerReport report = books.analytics.customers(ReportQuery.builder()
                .window(Window.between(midnight("2026-03-01"), midnight("2026-08-01")))
                .build());
        assertThat(report.cohorts())
                .extracting(cohort -> cohort.label() + " " + cohort.size() + " "
                        + cohort.ages().stream()
                                .map(age ->
                                        age.paying() + "/" + age.active() + "/" + age.mrr() + "/" + age.netRevenue())
                                .toList())
                .containsExactly(
                        "2026-03 2 [2/0/{EUR=100.00}/{EUR=100.00}, 1/1/{EUR=10.00}/{EUR=110.00},"
                                + " 1/0/{EUR=10.00}/{EUR=110.00}]",
                        "2026-04 1 [1/0/{EUR=10.00}/{}, 1/0/{EUR=10.00}/{}]");
        assertThat(report.survival().steps()).singleElement().satisfies(step -> {
            assertThat(step.tenure()).isEqualTo(31);
            assertThat(step.survival()).isEqualTo(2.0 / 3, within(1e-12));
        });
        assertThat(report.topTenShare()).isEqualTo(Map.of("EUR", new BigDecimal("1.000000")));
        assertThat(report.scores())
                .extracting(score ->
                        score.customer().id() + " " + score.lastPaid() + " " + score.payments() + " " + score.revenue())
                .containsExactly("ben 2026-03-20 1 90.00", "ann 2026-04-10 2 20.00");
        assertThat(report.health())
                .extracting(score -> score.customer().id())
                .as("who is gone does neither well nor badly")
                .containsExactly("cy", "ann");
        assertThat(report.purchases()).isNull();
    }

    @Test
    void whoPaysWithoutASubscriptionIsExpectedToComeAgain() {
        Books books = Books.at("2026-08-15T12:00:00Z");
        List<EventDraft> payments = new ArrayList<>();
        Random random = new Random(2);
        for (int customer = 0; customer < 30; customer++) {
            Owner owner = Owner.user("c" + customer);
            for (int i = 0; i < 1 + random.nextInt(6); i++) {
                payments.add(paid(
                        "pay_" + customer + "_" + i,
                        owner,
                        "5.00",
                        midnight("2026-01-01").plusSeconds(random.nextInt(220 * 86_400))));
            }
        }
        books.publish(payments.toArray(EventDraft[]::new));
        PurchaseOutlook outlook = Objects.requireNonNull(
                books.analytics.customers(ReportQuery.builder().build()).purchases());
        assertThat(outlook.customers()).isEqualTo(30);
        assertThat(outlook.alive()).isBetween(1.0, 30.0);
        assertThat(outlook.purchases()).isPositive();
        CustomerViews.PurchasesView told = Objects.requireNonNull(CustomerViews.CustomerDetails.of(
                        books.analytics.customers(ReportQuery.builder().build()))
                .purchases());
        assertThat(told.customers()).isEqualTo(30);
        assertThat(told.r()).isEqualTo(outlook.model().r());
    }

    @Test
    @Tag("AN17")
    void behindAMovementStandCustomers() {
        Books books = Books.at("2026-08-15T12:00:00Z");
        for (int i = 0; i < 7; i++) {
            books.starts(
                    "sub_" + i, Owner.user("c" + i), midnight("2026-03-01"), monthly("a", (10 + i) + ".00", "EUR"));
            if (i % 2 == 0) {
                books.ends("sub_" + i, Owner.user("c" + i), midnight("2026-04-20"), monthly("a", "1.00", "EUR"));
            }
        }
        ReportQuery query = ReportQuery.builder()
                .window(Window.between(midnight("2026-03-01"), midnight("2026-06-01")))
                .measures(Measure.CHURN_MRR)
                .build();
        List<MrrActivity> all = new ArrayList<>();
        String cursor = null;
        do {
            Page<MrrActivity> page = books.analytics.mrrActivity(query, new PageRequest(3, cursor));
            assertThat(page.items().size()).isLessThanOrEqualTo(3);
            all.addAll(page.items());
            cursor = page.nextCursor();
        } while (cursor != null);
        assertThat(all)
                .extracting(activity -> activity.customer().id() + " " + activity.bucket() + " " + activity.amount())
                .containsExactly("c0 2026-04 10.00", "c2 2026-04 12.00", "c4 2026-04 14.00", "c6 2026-04 16.00");
        assertThat(all).allSatisfy(activity -> {
            assertThat(activity.at()).isEqualTo(midnight("2026-04-20"));
            assertThat(activity.eventId()).isNotNull();
        });
        BigDecimal churned = books.analytics.revenue(query).rollForwards().stream()
                .map(row -> row.movements().getOrDefault(Movement.CHURN, BigDecimal.ZERO))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(all.stream().map(MrrActivity::amount).reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualTo(churned);
        ReportQuery own = ReportQuery.builder()
                .window(Window.between(midnight("2026-03-01"), midnight("2026-06-01")))
                .scope(Scope.of(Owner.user("c2")))
                .build();
        assertThat(books.analytics.mrrActivity(own, PageRequest.first(10)).items())
                .extracting(MrrActivity::movement)
                .containsExactly(Movement.NEW, Movement.CHURN);
        assertThatThrownBy(() -> books.analytics.mrrActivity(
                        ReportQuery.builder().measures(Measure.MRR).build(), PageRequest.first(10)))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> books.analytics.mrrActivity(own, new PageRequest(10, "x")))
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    @Tag("AN42")
    @Tag("AC30")
    @Tag("AN65")
    void whoIsErasedCountsUnnamedEvenAfterAReplay() {
        Books books = Books.at("2026-08-15T12:00:00Z");
        books.starts("sub_ann", ANN, midnight("2026-03-01"), monthly("a", "10.00", "EUR"))
                .starts("sub_ben", BEN, midnight("2026-03-01"), monthly("a", "20.00", "EUR"))
                .publish(paid("pay_ann", ANN, "10.00", at("2026-03-10", 1)), used("evt_1", ANN, at("2026-04-11", 1)));
        SavedChart chart =
                books.analytics.save(books.months("2026-03-01", "2026-05-01").chart(ChartType.BAR), Scope.of(ANN));
        ReportQuery query =
                ReportQuery.builder().measures(Measure.MRR, Measure.REVENUE).build();
        List<Series> before = books.analytics.revenue(query).series();

        assertThat(books.analytics.admin().erase(ANN)).isTrue();
        assertThat(books.analytics.admin().erase(ANN)).isFalse();
        books.matrix.events().replay("analytics", EventQuery.all());
        books.drive();

        assertThat(books.analytics.revenue(query).series()).isEqualTo(before);
        assertThat(books.verify()).isEmpty();
        assertThat(books.analytics.chart(chart.id(), Scope.of(ANN))).isEmpty();
        CustomerHistory history = books.analytics.history();
        books.matrix.transactions().inTransaction(tx -> {
            assertThat(history.number(tx, ANN)).isNull();
            Map<Integer, Owner> customers = history.customers(tx, 0, 10);
            assertThat(customers.values().toString()).doesNotContain("ann").contains("ben");
            Owner pseudonym = Objects.requireNonNull(customers.get(1));
            assertThat(history.subscriptions(tx, pseudonym).toString()).doesNotContain("ann");
            List<String> facts = new ArrayList<>();
            history.facts(
                    tx,
                    pseudonym,
                    Set.of(FactKind.values()),
                    Window.between(midnight("2026-01-01"), midnight("2027-01-01")),
                    fact -> facts.add(fact.toString()));
            assertThat(facts).hasSize(3);
            assertThat(facts.toString()).doesNotContain("pay_ann");
        });
        books.publish(paid("pay_2", ANN, "5.00", at("2026-05-10", 1)));
        assertThat(books.analytics
                        .usage(ReportQuery.builder().scope(Scope.of(ANN)).build())
                        .topCustomers())
                .as("a new customer with nothing of the former one")
                .isEmpty();
    }

    @Test
    void onlyTheCustomersOfTheScopeAreTold() {
        Books books = Books.at("2026-08-15T12:00:00Z");
        books.starts("sub_ann", ANN, midnight("2026-03-01"), monthly("a", "10.00", "EUR"))
                .starts("sub_ben", BEN, midnight("2026-03-01"), monthly("a", "20.00", "EUR"))
                .publish(paid("pay_1", BEN, "10.00", at("2026-03-10", 1)));
        CustomerReport own = books.analytics.customers(
                ReportQuery.builder().scope(Scope.of(ANN)).build());
        assertThat(own.scores()).isEmpty();
        assertThat(own.health()).extracting(score -> score.customer().id()).containsExactly("ann");
        assertThat(own.cohorts()).singleElement().extracting(Cohort::size).isEqualTo(1L);
        CustomerReport none = books.analytics.customers(
                ReportQuery.builder().scope(Scope.of(Owner.partner("acme"))).build());
        assertThat(none.health()).isEmpty();
        assertThat(none.cohorts()).isEmpty();
    }
}
