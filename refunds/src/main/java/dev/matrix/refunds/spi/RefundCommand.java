package dev.matrix.refunds.spi;

import dev.matrix.core.Owner;
import dev.matrix.core.money.Money;
import dev.matrix.refunds.RefundDestination;
import dev.matrix.refunds.RefundReason;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A refund to send.
 *
 * @param ownReference the leg's id, {@code rfl_…}, at most 40 of {@code [a-z0-9_]}; the same at every attempt
 * @param idempotencyKey the key of this attempt; the first one is the own reference
 * @param captureRef the provider's id of the capture
 * @param captureData what the provider needs besides
 * @param amount what to return, in the captured currency
 * @param destination where it goes; null: back to the original method
 * @param options the request's options, by names that the capabilities list
 * @param attempt from 1
 */
public record RefundCommand(
        String ownReference,
        String idempotencyKey,
        String refundId,
        String paymentId,
        Owner owner,
        String captureRef,
        Map<String, String> captureData,
        Money amount,
        RefundReason reason,
        @Nullable RefundDestination destination,
        Map<String, String> options,
        int attempt) {

    public RefundCommand {
        captureData = Map.copyOf(captureData);
        options = Map.copyOf(options);
    }
}
