package dev.matrix.tax;

import dev.matrix.core.money.Money;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * From which turnover a foreign seller registers.
 *
 * @param id its name in events
 * @param jurisdiction where registration becomes due
 * @param counts which turnover it looks at: a jurisdiction's, {@code WORLD} or {@code EU-DISTANCE}
 * @param above whether it is reached only by more than the amount; else by the amount itself
 * @param window over which time
 */
public record TaxThreshold(
        String id,
        String jurisdiction,
        String counts,
        Money amount,
        boolean above,
        Window window,
        @Nullable LocalDate validFrom,
        @Nullable LocalDate validTo,
        String source,
        Confidence confidence) {

    /** Over which time turnover counts. */
    public enum Window {
        /** Twelve months, the present one the last. */
        TWELVE_MONTHS,
        /** The calendar year, or the one before. */
        CURRENT_OR_PREVIOUS_YEAR
    }

    boolean isReachedBy(Money turnover) {
        int order = turnover.compareTo(amount);
        return above ? order > 0 : order >= 0;
    }
}
