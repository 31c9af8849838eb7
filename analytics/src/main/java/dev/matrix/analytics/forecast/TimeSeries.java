package dev.matrix.analytics.forecast;

import dev.matrix.core.InvalidRequestException;
import java.util.Arrays;

/** Numbers at equal distances in time, oldest first, and after how many of them their pattern repeats. Immutable. */
public final class TimeSeries {

    private static final int MOST_VALUES = 5_000;
    private static final int MOST_PERIODS = 3;

    private final double[] values;
    private final int[] periods;

    private TimeSeries(double[] values, int[] periods) {
        this.values = values;
        this.periods = periods;
    }

    /**
     * A series; the arrays are copied.
     *
     * @param values 1 to 5,000 finite numbers
     * @param periods such as 12 for months, or 24 and 168 for hours; at most 3, each 1 or more. 1, and a period that the series
     *     doesn't hold twice, say that nothing repeats
     * @throws InvalidRequestException for anything else
     */
    public static TimeSeries of(double[] values, int... periods) {
        if (values.length < 1 || values.length > MOST_VALUES) {
            throw new InvalidRequestException(
                    "A series has 1 to " + MOST_VALUES + " values; " + values.length + " were given.");
        }
        if (!Arrays.stream(values).allMatch(Double::isFinite)) {
            throw new InvalidRequestException("A series has finite values; NaN and infinity are none. Leave gaps out.");
        }
        if (periods.length > MOST_PERIODS || Arrays.stream(periods).anyMatch(period -> period < 1)) {
            throw new InvalidRequestException("A series has at most " + MOST_PERIODS + " periods, each 1 or more: "
                    + Arrays.toString(periods) + ".");
        }
        int[] used = Arrays.stream(periods)
                .filter(period -> period > 1 && 2 * period <= values.length)
                .distinct()
                .sorted()
                .toArray();
        return new TimeSeries(values.clone(), used);
    }

    /** The values; a copy. */
    public double[] values() {
        return values.clone();
    }

    /** The periods that are longer than 1 and come at least twice, ascending; a copy. */
    public int[] periods() {
        return periods.clone();
    }

    /** The shortest period; 1 if there is none. */
    int period() {
        return periods.length == 0 ? 1 : periods[0];
    }

    int length() {
        return values.length;
    }

    TimeSeries first(int count) {
        return of(Arrays.copyOf(values, count), periods);
    }

    TimeSeries with(double[] others) {
        return new TimeSeries(others, periods);
    }

    double at(int index) {
        return values[index];
    }
}
