package dev.matrix.tax;

/** A calculation, or why there is none. */
public sealed interface TaxOutcome permits TaxCalculation, Undetermined {

    /**
     * The calculation, for callers who can't go on without one.
     *
     * @throws dev.matrix.core.InvalidRequestException if it is undetermined; it names the cause and the item
     */
    TaxCalculation orThrow();
}
