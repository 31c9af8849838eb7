package dev.matrix.sla;

import dev.matrix.core.event.payload.SlaObjective;
import dev.matrix.core.money.Money;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a period gives back in one currency, and how it was worked out.
 *
 * @param base net charges of the period's segments
 * @param percent amount before caps ÷ base × 100, to 4 decimals
 * @param amount net; what is due in all, earlier credits of the period included
 * @param tax in proportion
 * @param cut what caps took away
 * @param reasons the objectives that were missed
 * @param capped why something was cut; null: nothing was
 */
public record CreditLine(
        Money base,
        BigDecimal percent,
        Money amount,
        Money tax,
        Money cut,
        List<Reason> reasons,
        @Nullable String capped) {

    public CreditLine {
        reasons = List.copyOf(reasons);
    }

    /** A missed objective and what it gives, in percent of its segment's charges. */
    public record Reason(SlaObjective objective, BigDecimal percent) {}
}
