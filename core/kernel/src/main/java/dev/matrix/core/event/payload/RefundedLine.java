package dev.matrix.core.event.payload;

import dev.matrix.core.money.Money;

/**
 * What of one line was refunded.
 *
 * @param amount gross
 */
public record RefundedLine(String lineId, Money amount, Money tax) {

    public RefundedLine {
        Checks.text(lineId, "RefundedLine.lineId");
        Checks.within(tax, amount, "RefundedLine.tax");
    }
}
