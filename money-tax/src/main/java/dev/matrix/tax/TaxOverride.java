package dev.matrix.tax;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A host's own decision on an item; stored and traced.
 *
 * @param item the item's id
 * @param ratePercent for reasons that have a rate, else null
 */
public record TaxOverride(
        String item, TaxReason reason, @Nullable BigDecimal ratePercent) {

    /** @throws InvalidRequestException if the reason needs a rate and has none, or the other way round */
    public TaxOverride {
        requireNonNull(item, "item");
        requireNonNull(reason, "reason");
        if (reason.hasRate() != (ratePercent != null) || (ratePercent != null && ratePercent.signum() < 0)) {
            throw new InvalidRequestException("The override of item " + item + " by " + reason
                    + (reason.hasRate() ? " needs a rate of 0 or more." : " has no rate."));
        }
    }
}
