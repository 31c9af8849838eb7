package dev.matrix.analytics.cost;

import dev.matrix.core.money.Money;
import java.time.LocalDate;
import java.util.List;

/**
 * What to change and what that is worth, as one analysis computed it. The saving is the difference of two replays.
 *
 * @param subject the subscription or machine that would change
 * @param currentMonthlyCost the subject's, with the advice that comes before this one in the replay already followed
 * @param projectedMonthlyCost the same with the action applied
 * @param range of the months that were replayed
 * @param undoneBy what would undo the saving
 * @param paysFrom the first day on which it has paid for itself
 */
public record Advice(
        RecommendationType type,
        String subject,
        Action action,
        Money currentMonthlyCost,
        Money projectedMonthlyCost,
        Money monthlySavings,
        SavingsRange range,
        Confidence confidence,
        List<Evidence> evidence,
        Effort effort,
        boolean restart,
        boolean reversible,
        List<String> undoneBy,
        LocalDate paysFrom) {

    public Advice {
        evidence = List.copyOf(evidence);
        undoneBy = List.copyOf(undoneBy);
    }
}
