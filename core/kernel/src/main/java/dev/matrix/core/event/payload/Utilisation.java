package dev.matrix.core.event.payload;

/**
 * How much of something was in use over a period, as fractions of the whole.
 *
 * @param mean 0 to 1
 * @param max 0 to 1
 */
public record Utilisation(double mean, double max) {

    public Utilisation {
        Checks.fraction(mean, "Utilisation.mean");
        Checks.fraction(max, "Utilisation.max");
    }
}
