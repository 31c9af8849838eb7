package dev.matrix.sla;

import dev.matrix.core.money.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Money that a period gives back; never edited. A correction is a new credit with the difference.
 *
 * @param key the same for the same credit, for idempotent bookings
 * @param base net charges
 * @param percent of the base, before caps
 * @param amount net; negative where it takes back
 * @param why why it is in this state, in words; null: as the policy has it
 * @param adjusts the credit before it in this period; null for the first
 * @param claimUntil until when it can be claimed; null: it needn't be
 */
public record SlaCredit(
        String id,
        String key,
        String subscriptionId,
        String period,
        String tier,
        int definitionVersion,
        CreditState state,
        Settlement settlement,
        Money base,
        BigDecimal percent,
        Money amount,
        Money tax,
        List<CreditLine.Reason> reasons,
        @Nullable String why,
        @Nullable String adjusts,
        Instant periodStart,
        Instant periodEnd,
        Instant madeAt,
        @Nullable Instant claimUntil,
        @Nullable String decidedBy) {

    public SlaCredit {
        reasons = List.copyOf(reasons);
    }

    SlaCredit in(CreditState other, @Nullable String by) {
        return new SlaCredit(
                id,
                key,
                subscriptionId,
                period,
                tier,
                definitionVersion,
                other,
                settlement,
                base,
                percent,
                amount,
                tax,
                reasons,
                why,
                adjusts,
                periodStart,
                periodEnd,
                madeAt,
                claimUntil,
                by);
    }
}
