package dev.matrix.tax;

import dev.matrix.core.money.Money;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One tax of one line; lines' taxes of a group add up to the group.
 *
 * @param ratePercent null where there is none, which is not 0
 * @param base what is taxed: net, or a fraction of it, or net with the taxes it is compounded on
 */
public record LineTax(
        String jurisdiction,
        TaxType type,
        @Nullable BigDecimal ratePercent,
        Money base,
        Money tax,
        TaxReason reason,
        @Nullable String en16931Category) {}
