package dev.matrix.core.money;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.money.Currency.Kind;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An immutable registry of currencies by code. A Matrix reads amounts from outside with the registry that it was wired with.
 * Thread-safe.
 */
public final class Currencies {

    private static final Currencies STANDARD = builder()
            .fiat("USD", 2)
            .fiat("EUR", 2)
            .fiat("CNY", 2)
            .fiat("GBP", 2)
            .fiat("JPY", 0)
            .fiat("INR", 2)
            .fiat("AUD", 2)
            .fiat("CAD", 2)
            .fiat("SGD", 2)
            .fiat("AED", 2)
            .fiat("SAR", 2)
            .crypto("BTC", 8)
            .crypto("ETH", 18)
            .crypto("USDT", 6)
            .build();
    private static final Currencies ISO = withIsoCodes(STANDARD);

    private final Map<String, Currency> byCode;
    private final SortedSet<Currency> all;

    private Currencies(Map<String, Currency> byCode) {
        this.byCode = Map.copyOf(byCode);
        SortedSet<Currency> sorted = new TreeSet<>(Comparator.comparing(Currency::code));
        sorted.addAll(byCode.values());
        all = Collections.unmodifiableSortedSet(sorted);
    }

    /** The default: USD EUR GBP CNY INR AUD CAD SGD AED SAR (2 decimals), JPY (0), BTC (8), ETH (18), USDT (6). */
    public static Currencies standard() {
        return STANDARD;
    }

    /** {@link #standard()} and every ISO 4217 code of this JDK that has minor units: no gold, no testing code. */
    public static Currencies iso() {
        return ISO;
    }

    /** Starts an empty registry. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The currency of this code.
     *
     * @throws InvalidRequestException if the registry has none
     */
    public Currency get(String code) {
        Currency found = byCode.get(requireNonNull(code, "code"));
        if (found == null) {
            throw new InvalidRequestException("Unknown currency \"" + code + "\"; codes are upper case, and"
                    + " Currencies.builder() registers further ones.");
        }
        return found;
    }

    /** The currency of this code, if the registry has it. */
    public Optional<Currency> find(String code) {
        return Optional.ofNullable(byCode.get(requireNonNull(code, "code")));
    }

    /** Every currency, ordered by code; can't be changed. */
    public SortedSet<Currency> all() {
        return all;
    }

    /** ISO 4217's number of this code, such as 978 for EUR; empty for what ISO doesn't list (crypto, a host's own). */
    public OptionalInt numericCode(String code) {
        java.util.Currency iso = get(code).kind() == Kind.FIAT ? isoCurrency(code) : null;
        return iso == null ? OptionalInt.empty() : OptionalInt.of(iso.getNumericCode());
    }

    /** The JDK's entry of this code; null if it has none. */
    static java.util.@Nullable Currency isoCurrency(String code) {
        try {
            return java.util.Currency.getInstance(code);
        } catch (IllegalArgumentException unknown) {
            return null;
        }
    }

    private static Currencies withIsoCodes(Currencies first) {
        Builder builder = builder().addAll(first);
        for (java.util.Currency iso : java.util.Currency.getAvailableCurrencies()) {
            if (iso.getDefaultFractionDigits() >= 0
                    && first.find(iso.getCurrencyCode()).isEmpty()) {
                builder.fiat(iso.getCurrencyCode(), iso.getDefaultFractionDigits());
            }
        }
        return builder.build();
    }

    /** Collects currencies; one code means one currency. Not thread-safe. */
    public static final class Builder {

        private final Map<String, Currency> byCode = new HashMap<>();

        private Builder() {}

        /**
         * Adds a currency; adding an equal one again changes nothing.
         *
         * @throws IllegalArgumentException if the code already stands for another scale or kind
         */
        public Builder add(Currency currency) {
            Currency former = byCode.putIfAbsent(currency.code(), currency);
            if (former != null && !former.equals(currency)) {
                throw new IllegalArgumentException(
                        "One code is one currency: " + currency + " was added after " + former + ".");
            }
            return this;
        }

        /** Adds all of another registry; see {@link #add(Currency)}. */
        public Builder addAll(Currencies currencies) {
            currencies.all().forEach(this::add);
            return this;
        }

        /** Adds a state's currency; see {@link #add(Currency)}. */
        public Builder fiat(String code, int scale) {
            return add(new Currency(code, scale, Kind.FIAT));
        }

        /** Adds a cryptocurrency or token; see {@link #add(Currency)}. */
        public Builder crypto(String code, int scale) {
            return add(new Currency(code, scale, Kind.CRYPTO));
        }

        /** The registry of what was added. */
        public Currencies build() {
            return new Currencies(byCode);
        }
    }
}
