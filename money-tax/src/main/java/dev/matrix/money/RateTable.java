package dev.matrix.money;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.money.AppliedRate;
import dev.matrix.core.money.Currency;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What one unit of a currency is worth in others.
 *
 * @param base the currency that one unit of is priced
 * @param rates by currency, in order of their codes
 * @param missing the currencies that there is no rate to use for
 */
public record RateTable(Currency base, Map<Currency, AppliedRate> rates, Set<Currency> missing) {

    public RateTable {
        requireNonNull(base, "base");
        rates = Collections.unmodifiableMap(new LinkedHashMap<>(rates));
        missing = Collections.unmodifiableSet(new LinkedHashSet<>(missing));
    }
}
