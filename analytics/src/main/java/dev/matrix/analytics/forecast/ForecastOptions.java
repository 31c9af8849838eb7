package dev.matrix.analytics.forecast;

import dev.matrix.core.InvalidRequestException;
import java.util.List;

/**
 * How a forecast is made.
 *
 * @param levels of the intervals, each above 0 and below 1; 0.80 and 0.95 by default
 * @param nonNegative whether nothing below zero is forecast; false by default
 * @param seed of what is simulated; 1 by default. Equal seeds give equal bits
 * @param paths how many are simulated, 100 to 100,000; 5,000 by default
 */
public record ForecastOptions(List<Double> levels, boolean nonNegative, long seed, int paths) {

    private static final int MOST_LEVELS = 5;
    private static final int FEWEST_PATHS = 100;
    private static final int MOST_PATHS = 100_000;

    public ForecastOptions {
        levels = List.copyOf(levels);
        if (levels.size() > MOST_LEVELS || levels.stream().anyMatch(level -> !(level > 0 && level < 1))) {
            throw new InvalidRequestException(
                    "Levels are above 0 and below 1, at most " + MOST_LEVELS + ": " + levels + ".");
        }
        if (paths < FEWEST_PATHS || paths > MOST_PATHS) {
            throw new InvalidRequestException(
                    "Paths are " + FEWEST_PATHS + " to " + MOST_PATHS + "; " + paths + " is not.");
        }
    }

    /** 80 % and 95 %, no bound, seed 1, 5,000 paths. */
    public static ForecastOptions defaults() {
        return new ForecastOptions(List.of(0.80, 0.95), false, 1, 5_000);
    }

    /** These options, below or above zero alike or not. */
    public ForecastOptions withNonNegative(boolean bounded) {
        return new ForecastOptions(levels, bounded, seed, paths);
    }

    /** These options with other levels. */
    public ForecastOptions withLevels(List<Double> others) {
        return new ForecastOptions(others, nonNegative, seed, paths);
    }
}
