package dev.matrix.money.spi;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.Owner;
import org.jspecify.annotations.Nullable;

/**
 * A currency preference as stored.
 *
 * @param version 1 and one more with each change
 * @param currency the currency's code
 * @param locale a language tag; null: none
 */
public record PreferenceRow(
        Owner owner,
        long version,
        String currency,
        @Nullable String locale) {

    public PreferenceRow {
        requireNonNull(owner, "owner");
        requireNonNull(currency, "currency");
    }
}
