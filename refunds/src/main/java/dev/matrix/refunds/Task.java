package dev.matrix.refunds;

import dev.matrix.refunds.spi.RefundProvider;

/**
 * A claimed leg with what its call needs.
 *
 * @param leg with its lease and fence
 */
record Task(Leg leg, Kind kind, RefundProvider provider, RefundRequest request, Capture capture, String refundId) {

    enum Kind {
        SUBMIT,
        LOOKUP,
        CANCEL
    }
}
