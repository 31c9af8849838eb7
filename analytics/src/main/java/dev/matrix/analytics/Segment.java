package dev.matrix.analytics;

import dev.matrix.core.StorableText;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One tuple of the values of all dimensions.
 *
 * @param values one per dimension of the settings, in their order; none holds a line break
 */
record Segment(List<String> values) implements Comparable<Segment> {

    static final String NONE = "(none)";
    static final String OTHER = "(other)";
    private static final int LONGEST = 64;

    Segment {
        values = List.copyOf(values);
    }

    /** The segment that takes what comes beyond the limit of segments. */
    static Segment other(int dimensions) {
        return new Segment(Collections.nCopies(dimensions, OTHER));
    }

    /**
     * A tenant's word as a value. What is missing, too long or not storable becomes {@code (none)}; one that begins with a
     * parenthesis gets a second, so that nobody can pass for ours.
     */
    static String value(@Nullable String word) {
        if (word == null
                || word.isBlank()
                || word.codePointCount(0, word.length()) > LONGEST
                || word.codePoints().anyMatch(Character::isISOControl)
                || !StorableText.isStorable(word)) {
            return NONE;
        }
        return word.startsWith("(") ? "(" + word : word;
    }

    /** As it is stored: one value per line. */
    String key() {
        return String.join("\n", values);
    }

    static Segment of(String key) {
        return new Segment(List.of(key.split("\n", -1)));
    }

    @Override
    public int compareTo(Segment other) {
        return key().compareTo(other.key());
    }
}
