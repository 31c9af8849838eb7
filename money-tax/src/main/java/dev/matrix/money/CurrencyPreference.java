package dev.matrix.money;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Owner;
import dev.matrix.core.money.Currency;
import java.util.IllformedLocaleException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The currency that an owner is billed in, and how amounts are shown to it.
 *
 * @param locale a language tag (BCP 47), such as {@code de-DE}, of at most 64 characters; null: the host's choice
 * @param version 0 before it is stored, then 1 and one more with each change
 */
public record CurrencyPreference(
        Owner owner, Currency currency, @Nullable String locale, long version) {

    private static final int LONGEST_LOCALE = 64;

    /** @throws InvalidRequestException if the locale is no language tag */
    public CurrencyPreference {
        requireNonNull(owner, "owner");
        requireNonNull(currency, "currency");
        if (locale != null) {
            checkLocale(locale);
        }
    }

    /** A preference that isn't stored yet. */
    public static CurrencyPreference of(Owner owner, Currency currency, @Nullable String locale) {
        return new CurrencyPreference(owner, currency, locale, 0);
    }

    private static void checkLocale(String tag) {
        try {
            if (tag.isEmpty()
                    || tag.length() > LONGEST_LOCALE
                    || new Locale.Builder()
                            .setLanguageTag(tag)
                            .build()
                            .getLanguage()
                            .isEmpty()) {
                throw new IllformedLocaleException("no language");
            }
        } catch (IllformedLocaleException e) {
            InvalidRequestException refusal = new InvalidRequestException(
                    "A locale is a language tag such as de-DE, of at most " + LONGEST_LOCALE + " characters.");
            refusal.initCause(e);
            throw refusal;
        }
    }
}
