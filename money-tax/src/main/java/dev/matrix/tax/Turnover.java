package dev.matrix.tax;

import dev.matrix.core.money.Conversion;
import dev.matrix.core.money.Currency;
import dev.matrix.core.money.CurrencyConverter;
import dev.matrix.core.money.Money;
import dev.matrix.core.money.RateQuery;
import dev.matrix.core.money.StalePolicy;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A seller's committed sales by month, in the currencies they were made in. A threshold converts the sums when it is judged, so
 * that a missing rate never hinders a commit. What was crossed once stays crossed for that calendar year and the next, though
 * sales be reversed.
 */
record Turnover(
        List<Month> months,
        Set<Crossing> crossings,
        @Nullable CurrencyConverter converter) {

    /** A sale that is about to be made. */
    record Sale(Money amount, LocalDate day) {}

    /** Sales of one month in one currency. */
    record Month(String counts, YearMonth month, Money amount) {}

    /** A threshold, and the calendar year in which it was crossed. */
    record Crossing(String threshold, int year) {}

    Turnover {
        months = List.copyOf(months);
        crossings = Set.copyOf(crossings);
    }

    /** Whether a threshold is reached with a sale; null where a rate is missing. */
    @Nullable
    Boolean reaches(TaxThreshold threshold, Sale sale) {
        boolean yearly = threshold.window() == TaxThreshold.Window.CURRENT_OR_PREVIOUS_YEAR;
        if (yearly && wasCrossed(threshold, sale.day())) {
            return true;
        }
        Boolean now = isReached(threshold, present(threshold, sale));
        if (!yearly || Boolean.TRUE.equals(now)) {
            return now;
        }
        int year = sale.day().getYear() - 1;
        Boolean before = isReached(
                threshold, sum(threshold, Money.zero(sale.amount().currency()), sale.day(), m -> m.getYear() == year));
        return Boolean.TRUE.equals(before) ? before : now == null ? null : before;
    }

    private boolean wasCrossed(TaxThreshold threshold, LocalDate day) {
        return crossings.contains(new Crossing(threshold.id(), day.getYear()))
                || crossings.contains(new Crossing(threshold.id(), day.getYear() - 1));
    }

    private static @Nullable Boolean isReached(TaxThreshold threshold, @Nullable Money sum) {
        return sum == null ? null : Boolean.valueOf(threshold.isReachedBy(sum));
    }

    /** The sum of a threshold's present window with a sale; null where a rate is missing. */
    @Nullable
    Money present(TaxThreshold threshold, Sale sale) {
        YearMonth last = YearMonth.from(sale.day());
        boolean rolling = threshold.window() == TaxThreshold.Window.TWELVE_MONTHS;
        YearMonth first = rolling ? last.minusMonths(11) : YearMonth.of(last.getYear(), 1);
        YearMonth end = rolling ? last : YearMonth.of(last.getYear(), 12);
        return sum(threshold, sale.amount(), sale.day(), m -> !m.isBefore(first) && !m.isAfter(end));
    }

    private @Nullable Money sum(TaxThreshold threshold, Money start, LocalDate day, Predicate<YearMonth> counted) {
        Currency currency = threshold.amount().currency();
        Money sum = converted(start, currency, day);
        for (Month each : months) {
            if (each.counts().equals(threshold.counts()) && counted.test(each.month())) {
                Money part = converted(each.amount(), currency, day);
                sum = sum == null || part == null ? null : sum.plus(part);
            }
        }
        return sum;
    }

    private @Nullable Money converted(Money amount, Currency currency, LocalDate day) {
        if (amount.currency().equals(currency)) {
            return amount;
        }
        if (amount.isZero()) {
            return Money.zero(currency);
        }
        if (converter == null) {
            return null;
        }
        RateQuery query = RateQuery.on(day).withStale(StalePolicy.USE_AND_FLAG);
        return converter.convert(amount, currency, query) instanceof Conversion.Converted found ? found.result() : null;
    }
}
