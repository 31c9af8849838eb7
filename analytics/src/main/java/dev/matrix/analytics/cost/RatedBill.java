package dev.matrix.analytics.cost;

import dev.matrix.analytics.Window;
import dev.matrix.core.money.Money;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;

/**
 * What a plan would have charged for one billing month.
 *
 * @param baseFee of this month
 * @param lines one per charge of the plan, in its order
 * @param total the greater of the plan's least bill and of base fee plus lines
 * @param unpriced meters that were used and that the plan has no price for; while there are any, the total lacks them
 * @param overCap meters whose use is beyond what the plan allows
 */
public record RatedBill(
        String planId,
        Window window,
        Money baseFee,
        List<Line> lines,
        Money total,
        Set<String> unpriced,
        Set<String> overCap) {

    public RatedBill {
        lines = List.copyOf(lines);
        unpriced = Set.copyOf(unpriced);
        overCap = Set.copyOf(overCap);
    }

    /**
     * One meter of a bill.
     *
     * @param amount rounded once, half up
     */
    public record Line(String meter, BigDecimal quantity, Money amount) {}
}
