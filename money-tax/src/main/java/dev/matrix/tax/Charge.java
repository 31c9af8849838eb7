package dev.matrix.tax;

import dev.matrix.core.money.Money;

/**
 * A line on its way through the arithmetic.
 *
 * @param amount spread items included
 */
record Charge(String id, Money amount, AmountKind kind, Treatment treatment) {}
