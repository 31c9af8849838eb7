package dev.matrix.webhooks.spi;

import dev.matrix.webhooks.Delivery;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A delivery with what only its store and the dispatcher need.
 *
 * @param delivery the delivery
 * @param requests requests sent so far, whatever they came to
 * @param firstRequestAt when the first request of this version began; null before
 */
public record DeliveryRow(
        Delivery delivery, int requests, @Nullable Instant firstRequestAt) {}
