package dev.matrix.core.event.payload;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * {@code exchange_rate.source_failed}: a source of rates stopped answering.
 *
 * @param lastObservedOn the newest day that is known; null if it never answered
 */
public record ExchangeRateSourceFailed(
        String id,
        Owner owner,
        String source,
        Instant since,
        @Nullable LocalDate lastObservedOn) implements EventPayload {

    public ExchangeRateSourceFailed {
        Checks.subject(id, owner);
        Checks.text(source, "ExchangeRateSourceFailed.source");
    }

    @Override
    public EventType type() {
        return EventTypes.EXCHANGE_RATE_SOURCE_FAILED;
    }
}
