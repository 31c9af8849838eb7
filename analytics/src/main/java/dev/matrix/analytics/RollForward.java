package dev.matrix.analytics;

import dev.matrix.core.money.Currency;
import java.math.BigDecimal;
import java.util.Map;

/**
 * How MRR went from a bucket's start to its end. Exactly, as shown: opening + NEW + REACTIVATION + EXPANSION − CONTRACTION − CHURN +
 * FX + TRANSFER = closing, and the next bucket opens with this one's closing.
 *
 * @param group dimension → value; empty without groups
 * @param bucket from, to, label and state; its value is the closing MRR
 * @param movements each movement's amount, all present, losses as positive numbers
 * @param customersIn new and reactivated ones
 * @param customersOut churned ones
 * @param customersMoved came from other groups, less those that went there
 */
public record RollForward(
        Map<String, String> group,
        Currency currency,
        Point bucket,
        BigDecimal opening,
        Map<Movement, BigDecimal> movements,
        BigDecimal closing,
        long customersOpening,
        long customersIn,
        long customersOut,
        long customersMoved,
        long customersClosing) {

    public RollForward {
        group = Map.copyOf(group);
        movements = Map.copyOf(movements);
    }
}
