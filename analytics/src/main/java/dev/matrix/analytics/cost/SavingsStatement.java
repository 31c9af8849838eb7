package dev.matrix.analytics.cost;

import dev.matrix.core.money.Money;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an applied recommendation promised and what it really saved.
 *
 * @param status applied while it is measured, then verified, not_realised or reverted
 * @param appliedAt null: it wasn't applied
 * @param promised a month
 * @param realised over all months so far: what their use would have cost before, less what it cost
 * @param months closed billing months since then, oldest first
 */
public record SavingsStatement(
        String recommendationId,
        RecommendationStatus status,
        @Nullable Instant appliedAt,
        Money promised,
        Money realised,
        List<Month> months) {

    public SavingsStatement {
        months = List.copyOf(months);
    }

    /**
     * One billing month. Realised and volume effect add up to the total change.
     *
     * @param revision 1, or more after its bill was restated
     * @param cost what it cost
     * @param realised its use at the former cost per unit, less what it cost: growth in use never makes it negative
     * @param volumeEffect the former use less its use, at the former cost per unit
     * @param totalChange the former month's cost less its cost
     */
    public record Month(
            Instant from,
            Instant to,
            int revision,
            Money cost,
            Money realised,
            Money volumeEffect,
            Money totalChange) {}
}
