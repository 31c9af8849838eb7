package dev.matrix.money.spi;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.money.QuotedRate;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The rates of one base at one observation, as a source published them.
 *
 * @param base the code of the currency that one unit of is priced
 * @param observedOn the day in the source's calendar
 * @param observedAt when they were observed; one observation of a base has one instant, to the microsecond
 * @param rates by currency code, at least one; the base itself is left out
 */
public record ObservedRates(
        String base, LocalDate observedOn, Instant observedAt, SortedMap<String, QuotedRate> rates) {

    /** @throws InvalidRequestException without a rate */
    public ObservedRates {
        requireNonNull(base, "base");
        requireNonNull(observedOn, "observedOn");
        requireNonNull(observedAt, "observedAt");
        SortedMap<String, QuotedRate> others = new TreeMap<>(rates);
        others.remove(base);
        if (others.isEmpty()) {
            throw new InvalidRequestException("An observation of " + base + " on " + observedOn + " has no rates.");
        }
        rates = Collections.unmodifiableSortedMap(others);
    }
}
