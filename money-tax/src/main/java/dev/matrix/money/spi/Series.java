package dev.matrix.money.spi;

import static java.util.Objects.requireNonNull;

/**
 * The observations of one base by one source.
 *
 * @param source the source's name
 * @param base the base's code
 */
public record Series(String source, String base) implements Comparable<Series> {

    public Series {
        requireNonNull(source, "source");
        requireNonNull(base, "base");
    }

    @Override
    public int compareTo(Series other) {
        int bySource = source.compareTo(other.source);
        return bySource != 0 ? bySource : base.compareTo(other.base);
    }
}
