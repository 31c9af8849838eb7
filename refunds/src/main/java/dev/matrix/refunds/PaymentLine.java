package dev.matrix.refunds;

import dev.matrix.core.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * One line of a payment.
 *
 * @param amount gross
 * @param tax its part of the amount
 * @param period what it charges for; null: the payment's
 */
public record PaymentLine(
        String id,
        PriceKind kind,
        Money amount,
        Money tax,
        @Nullable ServicePeriod period) {

    public PaymentLine {
        Checks.text(id, 128, "A line's id");
        Checks.within(tax, amount, "A line's tax");
    }
}
