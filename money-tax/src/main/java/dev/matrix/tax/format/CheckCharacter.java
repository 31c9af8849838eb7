package dev.matrix.tax.format;

import org.jspecify.annotations.Nullable;

/**
 * The character at a place is the one that a sum leads to.
 *
 * @param symbols the character of each remainder, as many as the modulus; {@code -} where a remainder has none
 * @param at the check character's place
 * @param next what decides where a remainder has no character; null: the number is refused
 */
record CheckCharacter(
        Sum sum, String symbols, int at, @Nullable NumberRule next) implements NumberRule {

    /** Modulus 11, remainders as they are. */
    static final String PLAIN = "0123456789-";

    /** Modulus 11, remainders as they are, 10 written as 0. */
    static final String TEN_AS_ZERO = "01234567890";

    /** Modulus 11, what is missing to it. */
    static final String COMPLEMENT = "0-987654321";

    /** Modulus 11, what is missing to it, 10 and 11 written as 0. */
    static final String COMPLEMENT_OR_ZERO = "00987654321";

    private static final char NONE = '-';

    static CheckCharacter of(Sum sum, String symbols, int at) {
        return new CheckCharacter(sum, symbols, at, null);
    }

    /** A second round for remainders without a character. */
    CheckCharacter otherwise(NumberRule second) {
        return new CheckCharacter(sum, symbols, at, second);
    }

    @Override
    public boolean accepts(String number) {
        char expected = symbols.charAt(Math.floorMod(sum.of(number), symbols.length()));
        if (expected == NONE) {
            return next != null && next.accepts(number);
        }
        return expected == number.charAt(at);
    }
}
