package dev.matrix.core.event;

import dev.matrix.core.Owner;
import dev.matrix.core.money.Currency;
import java.math.BigDecimal;

/** {@code exchange_rate.quarantined}: a rate moved too far to be used unseen. */
public record ExchangeRateQuarantined(
        String id, Owner owner, String snapshotId, Currency quote, BigDecimal previous, BigDecimal received)
        implements EventPayload {

    public ExchangeRateQuarantined {
        Checks.subject(id, owner);
        Checks.text(snapshotId, "ExchangeRateQuarantined.snapshotId");
        Checks.positive(previous, "ExchangeRateQuarantined.previous");
        Checks.positive(received, "ExchangeRateQuarantined.received");
    }

    @Override
    public EventType type() {
        return EventTypes.EXCHANGE_RATE_QUARANTINED;
    }
}
