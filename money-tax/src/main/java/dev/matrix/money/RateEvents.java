package dev.matrix.money;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventLog;
import dev.matrix.core.event.payload.ExchangeRateQuarantined;
import dev.matrix.core.event.payload.ExchangeRateSourceFailed;
import dev.matrix.core.event.payload.ExchangeRateSourceRecovered;
import dev.matrix.core.spi.Tx;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** What is told of rates, in the transaction of what happened. A refresh that succeeds is no news. */
record RateEvents(EventLog log) {

    void failed(Tx tx, String source, Instant since, @Nullable LocalDate lastObservedOn) {
        log.publish(tx, new ExchangeRateSourceFailed(source, Owner.platform(), source, since, lastObservedOn));
    }

    void recovered(Tx tx, String source, Instant since, @Nullable LocalDate lastObservedOn) {
        log.publish(tx, new ExchangeRateSourceRecovered(source, Owner.platform(), source, since, lastObservedOn));
    }

    void quarantined(Tx tx, Intake.Quarantine quarantine) {
        String id = quarantine.snapshot().id();
        Moves.Move move = quarantine.move();
        log.publish(
                tx,
                new ExchangeRateQuarantined(id, Owner.platform(), id, move.quote(), move.previous(), move.received()));
    }
}
