package dev.matrix.sla;

import dev.matrix.core.InvalidRequestException;
import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * A period of a subscription, by its first local day in the binding's zone.
 *
 * @param first such as 2025-11-01, or 2025-11-16 where periods begin at an anniversary
 */
public record SlaPeriod(LocalDate first) {

    private static final int MONTH_TEXT = 7;

    public SlaPeriod {
        Requirements.that(first.getYear() >= 1970 && first.getYear() < 2200, "period", "lies from 1970 to 2200");
    }

    /**
     * The period that a text names: {@code 2025-11} or {@code 2025-11-16}.
     *
     * @throws InvalidRequestException for any other text
     */
    public static SlaPeriod parse(String text) {
        try {
            return new SlaPeriod(LocalDate.parse(text.length() == MONTH_TEXT ? text + "-01" : text));
        } catch (DateTimeException e) {
            throw new InvalidRequestException(
                    "period is a month such as 2025-11, or a first day such as 2025-11-16.", e);
        }
    }

    /** {@code 2025-11}, or {@code 2025-11-16} where it doesn't begin on the first of a month. */
    @Override
    public String toString() {
        return first.getDayOfMonth() == 1 ? first.toString().substring(0, MONTH_TEXT) : first.toString();
    }
}
