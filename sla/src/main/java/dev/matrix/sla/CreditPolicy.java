package dev.matrix.sla;

import static dev.matrix.sla.Requirements.range;
import static java.util.Objects.requireNonNull;

import dev.matrix.core.money.Money;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a missed promise gives back, as a share of the period's net charges.
 *
 * @param combine of several missed objectives the largest share counts, or their sum
 * @param capPercent the most that one period gives
 * @param yearlyCapPercent the most that 12 months give, of their charges; null: no such cap
 * @param minimum credits below are suppressed; at most one amount per currency
 * @param reviewAbove automatic credits above wait for a decision; at most one amount per currency
 * @param claimWithin for how long after the period's end a credit can be claimed; 30 days by default
 */
public record CreditPolicy(
        CreditMode mode,
        List<CreditSchedule> schedules,
        Combine combine,
        BigDecimal capPercent,
        @Nullable BigDecimal yearlyCapPercent,
        List<Money> minimum,
        List<Money> reviewAbove,
        Duration claimWithin) {

    public CreditPolicy {
        requireNonNull(mode, "mode");
        requireNonNull(combine, "combine");
        schedules = List.copyOf(schedules);
        minimum = List.copyOf(minimum);
        reviewAbove = List.copyOf(reviewAbove);
        Requirements.that(
                schedules.stream().map(CreditSchedule::objective).distinct().count() == schedules.size(),
                "credits.schedules",
                "name each objective once");
        Requirements.percent(capPercent, "credits.capPercent");
        if (yearlyCapPercent != null) {
            Requirements.percent(yearlyCapPercent, "credits.yearlyCapPercent");
        }
        oneEach(minimum, "credits.minimum");
        oneEach(reviewAbove, "credits.reviewAbove");
        range(claimWithin, Duration.ZERO, Duration.ofDays(400), "credits.claimWithin");
    }

    private static void oneEach(List<Money> amounts, String field) {
        Set<String> codes = new HashSet<>();
        for (Money amount : amounts) {
            Requirements.that(amount.signum() >= 0, field, "isn't negative");
            Requirements.that(codes.add(amount.currency().code()), field, "has one amount per currency");
        }
    }

    /** No credits. */
    public static CreditPolicy none() {
        return automatic(List.of(), BigDecimal.ZERO);
    }

    /** Issued at close; the largest share counts, up to a cap; no minimum, no review. */
    public static CreditPolicy automatic(List<CreditSchedule> schedules, BigDecimal capPercent) {
        return new CreditPolicy(
                CreditMode.AUTOMATIC,
                schedules,
                Combine.MAX,
                capPercent,
                null,
                List.of(),
                List.of(),
                Duration.ofDays(30));
    }

    /** This policy with another mode. */
    public CreditPolicy in(CreditMode other) {
        return new CreditPolicy(
                other, schedules, combine, capPercent, yearlyCapPercent, minimum, reviewAbove, claimWithin);
    }

    /** This policy with another way to combine. */
    public CreditPolicy combined(Combine other) {
        return new CreditPolicy(
                mode, schedules, other, capPercent, yearlyCapPercent, minimum, reviewAbove, claimWithin);
    }

    /** This policy with a cap on 12 months, in percent of their net charges. */
    public CreditPolicy yearlyCap(BigDecimal percent) {
        return new CreditPolicy(mode, schedules, combine, capPercent, percent, minimum, reviewAbove, claimWithin);
    }

    /** This policy, suppressing credits below these amounts. */
    public CreditPolicy atLeast(Money... amounts) {
        return new CreditPolicy(
                mode, schedules, combine, capPercent, yearlyCapPercent, List.of(amounts), reviewAbove, claimWithin);
    }

    /** This policy, leaving credits above these amounts to a decision. */
    public CreditPolicy reviewedAbove(Money... amounts) {
        return new CreditPolicy(
                mode, schedules, combine, capPercent, yearlyCapPercent, minimum, List.of(amounts), claimWithin);
    }
}
