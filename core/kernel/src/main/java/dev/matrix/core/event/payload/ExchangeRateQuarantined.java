package dev.matrix.core.event.payload;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;
import java.math.BigDecimal;

/**
 * {@code exchange_rate.quarantined}: a rate moved too far to be used unseen.
 *
 * @param quote the code of the currency whose rate moved; sources quote more currencies than a Matrix may know
 */
public record ExchangeRateQuarantined(
        String id, Owner owner, String snapshotId, String quote, BigDecimal previous, BigDecimal received)
        implements EventPayload {

    public ExchangeRateQuarantined {
        Checks.subject(id, owner);
        Checks.text(snapshotId, "ExchangeRateQuarantined.snapshotId");
        Checks.text(quote, "ExchangeRateQuarantined.quote");
        Checks.positive(previous, "ExchangeRateQuarantined.previous");
        Checks.positive(received, "ExchangeRateQuarantined.received");
    }

    @Override
    public EventType type() {
        return EventTypes.EXCHANGE_RATE_QUARANTINED;
    }
}
