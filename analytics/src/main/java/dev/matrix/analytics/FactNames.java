package dev.matrix.analytics;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of the words that a batch has.
 *
 * @param numbers by word, as {@link Segment#value} makes it
 * @param other for words that have none
 */
record FactNames(Map<String, Integer> numbers, int other) {

    /** 0 for what is absent. */
    int of(@Nullable String word) {
        return word == null ? 0 : numbers.getOrDefault(Segment.value(word), other);
    }
}
