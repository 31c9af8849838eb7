package dev.matrix.tax;

import dev.matrix.core.money.Money;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A row of what a filing asks for: commits less reversals, credit notes taken off.
 *
 * @param ratePercent null where there is none
 * @param category the EN 16931 category; null outside the EU
 */
public record TaxSummaryRow(
        String jurisdiction,
        TaxType type,
        @Nullable BigDecimal ratePercent,
        TaxReason reason,
        @Nullable String category,
        Money base,
        Money tax) {}
