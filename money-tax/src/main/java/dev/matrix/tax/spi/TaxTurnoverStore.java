package dev.matrix.tax.spi;

import dev.matrix.core.spi.Tx;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What sellers have sold by month, for thresholds; and which thresholds they have crossed. */
public interface TaxTurnoverStore {

    /**
     * Sales of one month in one currency.
     *
     * @param counts which turnover: a jurisdiction's, {@code WORLD} or {@code EU-DISTANCE}
     */
    record TurnoverRow(String counts, YearMonth month, String currency, BigDecimal amount, long sales) {}

    /** That a seller crossed a threshold in a period. */
    record CrossingRow(String threshold, String period) {}

    /**
     * Keeps others out of these turnovers of a seller, in all months and currencies, until this transaction ends; waits for who
     * holds one. Who locks, adds and then reads sums misses nothing that another transaction adds at the same time. Takes the
     * locks in one order; callers do it before {@link #add}.
     */
    void lock(Tx tx, String sellerId, Set<String> counts);

    /**
     * Adds to turnovers of a seller, to each once; negative amounts and counts take off. Waits for others who add to the same rows, and
     * takes them in one order, so that two never wait for each other; callers do it last in their transaction.
     */
    void add(Tx tx, String sellerId, List<TurnoverRow> additions);

    /**
     * A seller's turnovers from a month on.
     *
     * @param counts which; null: all
     */
    List<TurnoverRow> since(Tx tx, String sellerId, @Nullable Set<String> counts, YearMonth first);

    /** Notes that a threshold was crossed in a period; false if that is noted already. */
    boolean cross(Tx tx, String sellerId, String threshold, String period);

    /** The thresholds that a seller has crossed, by name and period. */
    List<CrossingRow> crossings(Tx tx, String sellerId);
}
