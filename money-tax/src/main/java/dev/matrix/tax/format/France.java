package dev.matrix.tax.format;

import static dev.matrix.tax.format.Sum.number;

/** France and Monaco: a key of two characters, then the company's SIREN, which Monaco's begin with 000 and lack. */
final class France implements NumberRule {

    private static final NumberRule SHAPE = Shape.of("xxddddddddd");
    private static final NumberRule SIREN = Remainder.luhn(2, 9);
    private static final String LETTERS_OF_KEYS = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    @Override
    public boolean accepts(String number) {
        return SHAPE.accepts(number)
                && (number.startsWith("000", 2) || SIREN.accepts(number))
                && isKey(number.charAt(0), number.charAt(1), number(number, 2, 11));
    }

    private static boolean isKey(char first, char second, int siren) {
        int high = LETTERS_OF_KEYS.indexOf(first);
        int low = LETTERS_OF_KEYS.indexOf(second);
        if (high < 0 || low < 0) {
            return false;
        }
        if (high < 10 && low < 10) {
            return 10 * high + low == (12 + 3 * (siren % 97)) % 97;
        }
        int key = high < 10 ? 24 * high + low - 10 : 34 * high + low - 100;
        return (siren + 1 + key / 11) % 11 == key % 11;
    }
}
