package dev.matrix.tax;

import dev.matrix.core.InvalidRequestException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tax can't be told; never 0 %.
 *
 * @param itemId the item that it failed at; null where it is the whole document
 * @param trace the steps until then
 */
public record Undetermined(Cause cause, @Nullable String itemId, List<String> trace) implements TaxOutcome {

    /** Why. */
    public enum Cause {
        /** No address, and no evidence that suffices. */
        LOCATION_MISSING,
        /** The country's tax depends on the state, which is missing. */
        REGION_REQUIRED,
        /** There is no such state or province. */
        REGION_UNKNOWN,
        /** No rule knows the item's category, nor has the host declared it. */
        CATEGORY_UNKNOWN,
        /** Pieces of evidence name several countries, none more often. */
        EVIDENCE_CONFLICT,
        /** No supply rule covers the country; {@code outsideScope} on the builder is the host's choice. */
        JURISDICTION_NOT_COVERED,
        /** No rate holds there on that day, or no exchange rate into the tax currency. */
        NO_RATE,
        /** The local provider failed. */
        LOCAL_RATES_UNAVAILABLE
    }

    public Undetermined {
        trace = List.copyOf(trace);
    }

    @Override
    public TaxCalculation orThrow() {
        throw new InvalidRequestException("The tax can't be determined: " + cause
                + (itemId == null ? "" : " at item " + itemId) + ". "
                + (trace.isEmpty() ? "" : trace.get(trace.size() - 1)));
    }
}
