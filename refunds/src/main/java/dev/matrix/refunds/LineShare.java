package dev.matrix.refunds;

import dev.matrix.core.money.Money;

/** What of one line a refund, or a leg of it, takes; gross. */
public record LineShare(String lineId, Money amount, Money tax) {}
