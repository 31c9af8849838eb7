package dev.matrix.analytics.cost;

import dev.matrix.core.money.Money;

/**
 * What the saving was in the worst and the best month, or in the worst and best case.
 *
 * @param low may be below zero: a month in which the change would have cost more
 */
public record SavingsRange(Money low, Money high) {}
