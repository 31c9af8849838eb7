package dev.matrix.analytics;

import dev.matrix.core.InvalidRequestException;
import java.util.Set;

/**
 * Which segments a report counts.
 *
 * @param dimension what is looked at
 * @param in whether the values are wanted; false: all others are
 * @param values at least one; {@code (none)} for what has no value, {@code (other)} for what came beyond the limit
 */
public record Filter(Dimension dimension, boolean in, Set<String> values) {

    public Filter {
        values = Set.copyOf(values);
        if (values.isEmpty()) {
            throw new InvalidRequestException("A filter of " + dimension + " names at least one value.");
        }
    }

    /** Counts these values alone. */
    public static Filter in(Dimension dimension, String... values) {
        return new Filter(dimension, true, Set.of(values));
    }

    /** Counts all but these values. */
    public static Filter notIn(Dimension dimension, String... values) {
        return new Filter(dimension, false, Set.of(values));
    }

    boolean accepts(String value) {
        return in == values.contains(value);
    }
}
