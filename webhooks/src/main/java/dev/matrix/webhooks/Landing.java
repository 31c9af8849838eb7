package dev.matrix.webhooks;

import dev.matrix.webhooks.spi.AttemptResult;
import org.jspecify.annotations.Nullable;

/**
 * A request that has ended, with what is to be stored of it.
 *
 * @param health the endpoint's health after it; null: as before
 * @param breaker what it changed
 */
record Landing(
        Launch launch,
        Verdict verdict,
        AttemptResult result,
        @Nullable EndpointHealth health,
        Breaker.Change breaker) {}
