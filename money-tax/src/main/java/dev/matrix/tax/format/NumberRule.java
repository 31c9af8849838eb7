package dev.matrix.tax.format;

/** Whether a tax id's number, the prefix left off, can be one. Pure, and so thread-safe. */
@FunctionalInterface
interface NumberRule {

    boolean accepts(String number);

    /** Asks {@code further} only where this accepts: so a shape comes first, and what follows may rely on it. */
    default NumberRule and(NumberRule further) {
        return number -> accepts(number) && further.accepts(number);
    }

    default NumberRule or(NumberRule other) {
        return number -> accepts(number) || other.accepts(number);
    }
}
