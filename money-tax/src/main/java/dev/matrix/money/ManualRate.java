package dev.matrix.money;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.money.Currency;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A rate that a person sets. While it holds it comes before every source, for this pair in both directions.
 *
 * @param base the currency that one unit of is priced
 * @param quote the currency of the price
 * @param rate units of {@code quote} for one {@code base}; above zero
 * @param from the first day that it holds
 * @param until the last day that it holds; null: until another is set
 */
public record ManualRate(
        Currency base,
        Currency quote,
        BigDecimal rate,
        LocalDate from,
        @Nullable LocalDate until) {

    public ManualRate {
        if (base.code().equals(quote.code())) {
            throw new InvalidRequestException("A rate is between two currencies; both are " + base.code() + ".");
        }
        if (until != null && until.isBefore(from)) {
            throw new InvalidRequestException("A manual rate ends before it begins: " + from + " to " + until + ".");
        }
        rate = QuotedRate.mid(rate).mid();
    }
}
