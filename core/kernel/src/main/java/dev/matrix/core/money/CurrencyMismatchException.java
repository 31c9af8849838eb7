package dev.matrix.core.money;

import dev.matrix.core.InvalidRequestException;

/** Amounts of two currencies met in one sum or comparison; convert one of them first. */
public final class CurrencyMismatchException extends InvalidRequestException {

    private static final long serialVersionUID = 1L;

    private CurrencyMismatchException(Currency expected, Currency actual) {
        super("Can't mix " + described(expected) + " with " + described(actual)
                + " in one operation; convert one of the amounts first.");
    }

    static void check(Currency expected, Currency actual) {
        if (!expected.equals(actual)) {
            throw new CurrencyMismatchException(expected, actual);
        }
    }

    /** Codes alone can be equal: currencies also differ by scale or kind. */
    private static String described(Currency currency) {
        return currency.code() + " (" + currency.scale() + " decimals, " + currency.kind() + ")";
    }
}
