package dev.matrix.sla;

import dev.matrix.refunds.Refunds;

/** Planted: a feature that knows another. */
public interface KnowsRefunds {

    Refunds refunds();
}
