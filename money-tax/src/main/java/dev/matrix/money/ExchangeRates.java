package dev.matrix.money;

import dev.matrix.core.Matrix;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.api.ApiModule;
import dev.matrix.core.money.Conversion;
import dev.matrix.core.money.Currency;
import dev.matrix.core.money.CurrencyConverter;
import dev.matrix.core.money.Money;
import dev.matrix.core.money.RateQuery;
import dev.matrix.core.spi.Tx;
import java.util.List;
import java.util.Set;

/**
 * Exchange rates of several sources, stored before their use and kept, and conversion at them. Thread-safe.
 *
 * <p>{@link #convert(Money, Currency, RateQuery)} answers from memory; what isn't there is one read in a transaction of its own, so
 * inside an open transaction call the form that takes it.
 */
public interface ExchangeRates extends CurrencyConverter {

    /** Starts wiring exchange rates into a Matrix. */
    static ExchangeRatesBuilder on(Matrix matrix) {
        return new ExchangeRatesBuilder(matrix);
    }

    @Override
    Conversion convert(Tx tx, Money source, Currency target, RateQuery query);

    /** What one unit of {@code base} is worth in other currencies. */
    RateTable table(Currency base, Set<Currency> quotes, RateQuery query);

    /** A source's snapshots of these days by day, whatever their status: corrections and refused ones are there too. */
    Page<RateSnapshot> history(String source, DateRange days, PageRequest page);

    /**
     * Sets a rate by hand. Another one of the same pair and first day is a correction: a new revision. To end one before its time,
     * set it again with an earlier last day.
     *
     * @throws dev.matrix.core.ConflictException if somebody else sets the same at the same time; roll back then
     */
    RateSnapshot setManual(ManualRate rate);

    /** As {@link #setManual(ManualRate)}, in the caller's transaction. */
    RateSnapshot setManual(Tx tx, ManualRate rate);

    /**
     * Lets a quarantined snapshot be used.
     *
     * @throws dev.matrix.core.NotFoundException if there is no such snapshot
     * @throws dev.matrix.core.ConflictException if it isn't quarantined
     */
    void confirm(String snapshotId);

    /** As {@link #confirm(String)}, in the caller's transaction. */
    void confirm(Tx tx, String snapshotId);

    /**
     * Ends a quarantine for good: the snapshot is never used.
     *
     * @throws dev.matrix.core.NotFoundException if there is no such snapshot
     * @throws dev.matrix.core.ConflictException if it isn't quarantined
     */
    void reject(String snapshotId);

    /** As {@link #reject(String)}, in the caller's transaction. */
    void reject(Tx tx, String snapshotId);

    /** How the sources do, in the order in which they were wired. */
    List<SourceStatus> sources();

    /** Its operations, for an {@link dev.matrix.core.api.ApiDispatcher}. */
    ApiModule api();
}
