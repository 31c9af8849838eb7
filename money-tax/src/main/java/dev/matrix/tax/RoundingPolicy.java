package dev.matrix.tax;

import static java.util.Objects.requireNonNull;

import java.math.RoundingMode;

/**
 * How a jurisdiction's tax is rounded.
 *
 * @param mode HALF_UP by default
 * @param level what is rounded once; PER_RATE by default, COMBINED in the United States
 * @param inclusive which part of a gross amount is rounded; TAX_FIRST by default
 */
public record RoundingPolicy(RoundingMode mode, Level level, Inclusive inclusive) {

    private static final RoundingPolicy STANDARD =
            new RoundingPolicy(RoundingMode.HALF_UP, Level.PER_RATE, Inclusive.TAX_FIRST);

    private static final RoundingPolicy AMERICAN = STANDARD.with(Level.COMBINED);

    /** What is rounded. */
    public enum Level {
        /** The group's tax, which is then allocated to its lines. */
        PER_RATE,
        /** The sum of a US state's tax and of those of places in it, which is then allocated to them and to lines. */
        COMBINED,
        /** Each line's tax. */
        PER_LINE
    }

    /** Which part of a gross amount is rounded; the other is the rest. */
    public enum Inclusive {
        /** The tax: it is what the law fixes. */
        TAX_FIRST,
        NET_FIRST
    }

    public RoundingPolicy {
        requireNonNull(mode, "mode");
        requireNonNull(level, "level");
        requireNonNull(inclusive, "inclusive");
    }

    /** {@link #standard}, but COMBINED in the United States (RCW 82.08.054; SSUTA section 324(B)). */
    static RoundingPolicy standard(String jurisdiction) {
        return jurisdiction.startsWith("US-") ? AMERICAN : STANDARD;
    }

    /** HALF_UP, PER_RATE, TAX_FIRST. */
    public static RoundingPolicy standard() {
        return STANDARD;
    }

    public RoundingPolicy with(RoundingMode other) {
        return new RoundingPolicy(other, level, inclusive);
    }

    public RoundingPolicy with(Level other) {
        return new RoundingPolicy(mode, other, inclusive);
    }

    public RoundingPolicy with(Inclusive other) {
        return new RoundingPolicy(mode, level, other);
    }
}
