package dev.matrix.core.money;

import dev.matrix.core.spi.Tx;

/** Converts amounts between currencies at rates that can be named, aged and reproduced later. Thread-safe. */
@FunctionalInterface
public interface CurrencyConverter {

    /**
     * Converts at the rate that the query asks for. A missing or stale rate is a {@link Conversion.NoRate}, not an exception.
     *
     * @return the result, rounded once to the target's decimals from the exact value
     */
    Conversion convert(Money source, Currency target, RateQuery query);

    /**
     * As {@link #convert(Money, Currency, RateQuery)}, inside an open transaction: a converter that may have to read reads in it.
     * By default the transaction isn't needed.
     */
    default Conversion convert(Tx tx, Money source, Currency target, RateQuery query) {
        return convert(source, target, query);
    }

    /** Converts at the newest rate, {@link RateQuery#latest()}. */
    default Conversion convert(Money source, Currency target) {
        return convert(source, target, RateQuery.latest());
    }
}
