package dev.matrix.refunds;

import dev.matrix.refunds.spi.RefundProvider;
import dev.matrix.refunds.spi.RefundSecretStore.SecretRow;
import java.util.List;

/**
 * A claimed leg with what its call needs.
 *
 * @param leg with its lease and fence
 * @param destination sealed; empty: back to the original method
 */
record Task(
        Leg leg,
        Kind kind,
        RefundProvider provider,
        RefundRequest request,
        Capture capture,
        String refundId,
        List<SecretRow> destination) {

    enum Kind {
        SUBMIT,
        LOOKUP,
        CANCEL
    }
}
