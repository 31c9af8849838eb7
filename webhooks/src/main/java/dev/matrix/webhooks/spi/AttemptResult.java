package dev.matrix.webhooks.spi;

import dev.matrix.webhooks.Attempt;
import dev.matrix.webhooks.Delivery;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a request led to.
 *
 * @param attempt the attempt to log
 * @param after the delivery as it shall be; its version is the one that the request was sent for
 * @param requests requests sent so far, this one included
 * @param firstRequestAt when the first request of this version began
 * @param leaseToken the lease under which it was sent
 */
public record AttemptResult(
        Attempt attempt,
        Delivery after,
        int requests,
        @Nullable Instant firstRequestAt,
        long leaseToken) {}
