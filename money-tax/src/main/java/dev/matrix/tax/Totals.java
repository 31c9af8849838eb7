package dev.matrix.tax;

import dev.matrix.core.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * A document's totals: net + tax = gross, gross − withheld = payable.
 *
 * @param taxInTaxCurrency the tax in the currency that it is accounted in (EN 16931 BT-111); null unless asked for
 */
public record Totals(
        Money net,
        Money tax,
        Money gross,
        Money withheld,
        Money payable,
        @Nullable Money taxInTaxCurrency) {}
