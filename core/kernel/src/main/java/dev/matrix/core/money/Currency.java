package dev.matrix.core.money;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;

/**
 * A currency, as a plain value: two are equal when all three parts are. Tokens and cryptocurrencies fit as well as ISO 4217's.
 *
 * @param code 3 to 12 characters of {@code A-Z0-9}, such as {@code EUR}
 * @param scale decimals of the minor unit, 0 to 30: EUR 2, JPY 0, ETH 18
 * @param kind fiat or crypto; crypto is printed by its code
 */
public record Currency(String code, int scale, Kind kind) {

    /** Who issues a currency: a state, or a protocol. */
    public enum Kind {
        FIAT,
        CRYPTO
    }

    private static final int SHORTEST_CODE = 3;
    private static final int LONGEST_CODE = 12;
    private static final int LARGEST_SCALE = 30;

    public Currency {
        requireNonNull(code, "code");
        requireNonNull(kind, "kind");
        if (code.length() < SHORTEST_CODE
                || code.length() > LONGEST_CODE
                || !code.chars().allMatch(c -> (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))) {
            throw new InvalidRequestException(
                    "A currency's code has 3 to 12 characters of A-Z and 0-9; \"" + code + "\" has not.");
        }
        if (scale < 0 || scale > LARGEST_SCALE) {
            throw new InvalidRequestException(
                    "A currency has 0 to " + LARGEST_SCALE + " decimals; " + code + " can't have " + scale + ".");
        }
    }
}
