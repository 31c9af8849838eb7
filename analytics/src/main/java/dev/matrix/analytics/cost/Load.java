package dev.matrix.analytics.cost;

import dev.matrix.core.InvalidRequestException;
import java.util.Locale;

/**
 * How much of one thing was in use over a sample. What is missing is unknown, not 0.
 *
 * @param mean over the sample; 0 to 1, or a rate per second
 * @param max at any time of it; not below the mean
 */
public record Load(ResourceMetric metric, double mean, double max) {

    /** @throws InvalidRequestException for NaN, infinity, negatives, a maximum below the mean or a fraction above 1 */
    public Load {
        boolean counts = Double.isFinite(mean) && Double.isFinite(max) && mean >= 0 && max >= mean;
        if (!counts || (metric.isFraction() && max > 1)) {
            throw new InvalidRequestException("A load of " + metric.name().toLowerCase(Locale.ROOT)
                    + " is finite, not negative, its max not below its mean"
                    + (metric.isFraction() ? ", and a fraction of 1" : "") + "; mean " + mean + " and max " + max
                    + " are not.");
        }
    }
}
