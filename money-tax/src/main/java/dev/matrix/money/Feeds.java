package dev.matrix.money;

import dev.matrix.core.money.Currencies;
import dev.matrix.core.money.Currency;
import dev.matrix.money.spi.AsOf;
import dev.matrix.money.spi.RateClass;
import dev.matrix.money.spi.RateSource;
import dev.matrix.money.spi.Series;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a Matrix takes rates from, in order: manual rates, each pair a source of its own so that one hides no other, then the
 * sources as the builder was given them.
 */
record Feeds(List<RateSource> sources, Map<RateClass, RateAges> ages, Currencies currencies) {

    static final String MANUAL_PREFIX = "manual:";

    /** A source's calendar may be a day ahead of UTC, and a date one day ahead of that is accepted. */
    private static final int MOST_DAYS_AHEAD = 2;

    Feeds {
        sources = List.copyOf(sources);
        ages = Map.copyOf(ages);
    }

    /** The source of a pair's manual rates, whichever of the two is their base. */
    static String manual(String one, String other) {
        boolean inOrder = one.compareTo(other) <= 0;
        return MANUAL_PREFIX + (inOrder ? one : other) + "-" + (inOrder ? other : one);
    }

    static boolean isManual(String source) {
        return source.startsWith(MANUAL_PREFIX);
    }

    RateClass classOf(String source) {
        if (isManual(source)) {
            return RateClass.MANUAL;
        }
        int index = indexOf(source);
        return index < 0 ? RateClass.DAILY_FIAT : sources.get(index).rateClass();
    }

    private int indexOf(String source) {
        for (int i = 0; i < sources.size(); i++) {
            if (sources.get(i).name().equals(source)) {
                return i;
            }
        }
        return -1;
    }

    /** Whether it is of manual rates or of a source that is wired. */
    boolean uses(Series series) {
        return isManual(series.source()) || indexOf(series.source()) >= 0;
    }

    /** The series that are used, in the order in which paths prefer them. */
    List<Series> inOrder(Collection<Series> known) {
        List<Series> used = new ArrayList<>(known);
        used.removeIf(series -> !uses(series));
        used.sort(Comparator.comparingInt((Series series) -> isManual(series.source()) ? -1 : indexOf(series.source()))
                .thenComparing(Comparator.naturalOrder()));
        return used;
    }

    /** A manual rate holds from its day on, however early it was set. */
    AsOf newest(Series series, LocalDate today) {
        return new AsOf(series, isManual(series.source()) ? today : null, null);
    }

    AsOf at(Series series, Asked asked) {
        LocalDate latest = isManual(series.source()) ? asked.day() : asked.day().plusDays(MOST_DAYS_AHEAD);
        return new AsOf(series, latest, asked.instant());
    }

    /** The currency of a code on the way; null if nobody knows how many decimals it has. */
    @Nullable
    Currency currency(String code) {
        return currencies.find(code).or(() -> Currencies.iso().find(code)).orElse(null);
    }

    boolean isKnown(Currency currency) {
        return currency.equals(currency(currency.code()));
    }
}
