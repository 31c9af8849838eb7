package dev.matrix.core.event.payload;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * {@code exchange_rate.source_recovered}: a source of rates answers again.
 *
 * @param since when it had failed
 * @param lastObservedOn the newest day that is known
 */
public record ExchangeRateSourceRecovered(
        String id,
        Owner owner,
        String source,
        Instant since,
        @Nullable LocalDate lastObservedOn) implements EventPayload {

    public ExchangeRateSourceRecovered {
        Checks.subject(id, owner);
        Checks.text(source, "ExchangeRateSourceRecovered.source");
    }

    @Override
    public EventType type() {
        return EventTypes.EXCHANGE_RATE_SOURCE_RECOVERED;
    }
}
