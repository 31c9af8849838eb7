package dev.matrix.refunds;

import dev.matrix.refunds.spi.LookupResult;
import dev.matrix.refunds.spi.ProviderResult;

/** What came back for a claimed leg, or what a person decided. */
sealed interface Answer {

    /** Of a call that may have moved money. */
    record Sent(ProviderResult result) implements Answer {}

    /** Of a look-up. */
    record LookedUp(LookupResult result) implements Answer {}
}
