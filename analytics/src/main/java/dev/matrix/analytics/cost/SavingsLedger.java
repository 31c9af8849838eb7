package dev.matrix.analytics.cost;

import dev.matrix.analytics.Window;
import dev.matrix.analytics.cost.spi.SavingsLedgerStore;
import dev.matrix.analytics.cost.spi.SavingsLedgerStore.BaselineRow;
import dev.matrix.analytics.cost.spi.SavingsLedgerStore.LedgerRow;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Owner;
import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.EventLog;
import dev.matrix.core.event.payload.CostSavingsVerified;
import dev.matrix.core.money.Money;
import dev.matrix.core.spi.Tx;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Freezes what was before a recommendation was applied, and adds a month to the ledger when it has closed. */
record SavingsLedger(
        SavingsLedgerStore store,
        Documents documents,
        OwnerFacts facts,
        Recommendations recommendations,
        EventLog events) {

    private static final Duration LONGEST_PAST = Duration.ofDays(90);
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);
    private static final Duration BEFORE = Duration.ofDays(124);
    private static final int MONTHS_OF_A_BASELINE = 3;
    private static final int MONTHS_UNTIL_THE_OUTCOME = 3;
    private static final BigDecimal HALF = new BigDecimal("0.5");

    /**
     * Keeps the baseline of a recommendation that was applied.
     *
     * @throws InvalidRequestException for an instant ahead or more than 90 days past
     */
    void freeze(Tx tx, Recommendation it, Instant at, Instant now) {
        if (at.isAfter(now.plus(CLOCKS_DIFFER)) || at.isBefore(now.minus(LONGEST_PAST))) {
            throw new InvalidRequestException(
                    "appliedAt is at most 90 days past and not ahead; " + at + " isn't, as it is now " + now + ".");
        }
        Instant settled = now.minus(facts.closeAfter());
        Instant closed = at.isBefore(settled) ? at : settled;
        List<RatedBill> bills = bills(tx, it, new Window(at.minus(BEFORE), at), now, closed, former(it));
        List<RatedBill> last = bills.subList(Math.max(0, bills.size() - MONTHS_OF_A_BASELINE), bills.size());
        if (!last.isEmpty()) {
            Baseline baseline = Baseline.of(it.advice().subject(), last, at);
            store.insertBaseline(tx, new BaselineRow(it.id(), it.owner(), at, documents.write(baseline)));
        }
    }

    /** The plan that a change of plan left; null: the one that it has. */
    private static @Nullable String former(Recommendation it) {
        if (it.advice().action() instanceof Action.ChangePlan change) {
            return change.fromPlan();
        }
        return it.advice().action() instanceof Action.PrepayYearly prepay ? prepay.fromPlan() : null;
    }

    private List<RatedBill> bills(
            Tx tx, Recommendation it, Window window, Instant now, Instant closed, @Nullable String plan) {
        OwnerFacts.Picture picture = facts.read(tx, it.owner(), window, now, closed);
        Optional<BilledSubscription> found = picture.rated().stream()
                .filter(each -> each.id().equals(it.advice().subject()))
                .findFirst();
        if (found.isEmpty()) {
            return List.of();
        }
        Plan on = plan == null ? found.get().plan() : picture.plans().get(plan);
        return on == null
                ? List.of()
                : found.get().periods().stream()
                        .map(usage -> Rating.rate(on, usage))
                        .toList();
    }

    /** Adds the months that have closed since, and says how it ended once there are three. */
    void settle(Tx tx, Owner owner, Instant now, Instant closed) {
        for (Recommendation it : recommendations.applied(tx, owner)) {
            Optional<BaselineRow> row = store.baseline(tx, owner, it.id());
            if (row.isPresent() && row.get().appliedAt().isBefore(now)) {
                settle(tx, it, documents.read(row.get().document(), Baseline.class), now, closed);
            }
        }
    }

    private void settle(Tx tx, Recommendation it, Baseline baseline, Instant now, Instant closed) {
        List<SavingsStatement.Month> known = months(tx, it.owner(), it.id());
        for (RatedBill bill : bills(tx, it, new Window(baseline.appliedAt(), now), now, closed, null)) {
            Optional<SavingsStatement.Month> former = known.stream()
                    .filter(month -> month.from().equals(bill.window().from()))
                    .findFirst();
            int revision = former.map(month -> month.revision() + 1).orElse(1);
            SavingsStatement.Month month = baseline.compare(bill, revision);
            if (former.filter(same ->
                            same.cost().equals(month.cost()) && same.realised().equals(month.realised()))
                    .isEmpty()) {
                store.append(tx, new LedgerRow(it.id(), it.owner(), month.from(), revision, documents.write(month)));
            }
        }
        List<SavingsStatement.Month> months = months(tx, it.owner(), it.id());
        if (isBack(tx, it, now)) {
            end(tx, it, months, RecommendationStatus.REVERTED);
        } else if (months.size() >= MONTHS_UNTIL_THE_OUTCOME) {
            Money half = it.savings().times(months.size()).times(HALF, RoundingMode.HALF_UP);
            boolean met = realised(it, months).compareTo(half) >= 0;
            end(tx, it, months, met ? RecommendationStatus.VERIFIED : RecommendationStatus.NOT_REALISED);
        }
    }

    /** Whether it was on another plan since, and now has the former one again. */
    private boolean isBack(Tx tx, Recommendation it, Instant now) {
        String former = former(it);
        return former != null
                && facts.wasLeftAndIsBack(tx, it.owner(), it.advice().subject(), former, now);
    }

    private void end(Tx tx, Recommendation it, List<SavingsStatement.Month> months, RecommendationStatus outcome) {
        Recommendation ended =
                recommendations.decide(tx, it.owner(), it.id(), outcome, null, null, "the ledger's outcome");
        events.publish(
                tx,
                BillingEvent.of(new CostSavingsVerified(
                                it.id(),
                                it.owner(),
                                it.id(),
                                it.savings(),
                                realised(it, months),
                                Documents.word(outcome)))
                        .withKey(it.id() + "." + ended.version() + ".outcome"));
    }

    private static Money realised(Recommendation it, List<SavingsStatement.Month> months) {
        return months.stream()
                .map(SavingsStatement.Month::realised)
                .collect(Money.summing(it.savings().currency()));
    }

    /** The newest revision of each month. */
    private List<SavingsStatement.Month> months(Tx tx, Owner owner, String id) {
        return new ArrayList<>(store.entries(tx, owner, id).stream()
                .map(row -> documents.read(row.document(), SavingsStatement.Month.class))
                .collect(Collectors.toMap(
                        SavingsStatement.Month::from, month -> month, (older, newer) -> newer, TreeMap::new))
                .values());
    }

    SavingsStatement statement(Tx tx, Owner owner, String id) {
        Recommendation it = recommendations.find(tx, owner, id);
        List<SavingsStatement.Month> months = months(tx, owner, id);
        return new SavingsStatement(
                id,
                it.status(),
                store.baseline(tx, owner, id).map(BaselineRow::appliedAt).orElse(null),
                it.savings(),
                realised(it, months),
                months);
    }
}
