package dev.matrix.refunds;

import dev.matrix.core.money.Money;
import dev.matrix.refunds.spi.ProviderResult;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One transfer by one provider.
 *
 * @param id its own reference at the provider
 * @param trace a number that the customer's bank can search for
 * @param failure the provider's reason, in lower snake case; null: it didn't fail
 * @param message the provider's words
 * @param action what a person has to do first; null: nothing
 * @param attempts how often it was sent
 * @param nextAt when something is due; null: nothing is
 */
public record RefundLeg(
        String id,
        String captureId,
        String provider,
        Money amount,
        Money tax,
        LegStatus status,
        @Nullable String providerRef,
        @Nullable String trace,
        @Nullable String failure,
        @Nullable String message,
        ProviderResult.@Nullable CustomerAction action,
        int attempts,
        @Nullable Instant nextAt) {}
