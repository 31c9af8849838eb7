package dev.matrix.analytics;

import dev.matrix.core.Owner;
import dev.matrix.core.money.Currency;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one customer did to MRR in one bucket of a report.
 *
 * @param bucket the bucket's name, such as {@code 2026-11}
 * @param amount losses as positive numbers, as in reports; rounded once, half to even
 * @param at when the customer's MRR last changed in the bucket
 * @param eventId the event that said so; null where time alone did it, such as the end of a discount
 */
public record MrrActivity(
        Owner customer,
        String bucket,
        Movement movement,
        BigDecimal amount,
        Currency currency,
        Instant at,
        @Nullable String eventId) {}
