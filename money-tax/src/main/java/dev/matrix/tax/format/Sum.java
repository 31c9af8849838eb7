package dev.matrix.tax.format;

/** A sum over some characters of a number, whose shape is known to fit. Digits count as such, A to Z as 10 to 35. */
@FunctionalInterface
interface Sum {

    int of(String number);

    /** Each value by its weight, the first at place {@code from}. */
    static Sum weights(int from, int... weights) {
        return number -> {
            int sum = 0;
            for (int i = 0; i < weights.length; i++) {
                sum += weights[i] * value(number.charAt(from + i));
            }
            return sum;
        };
    }

    /** As {@link #weights}, yet of each product the sum of its two digits to a base: what Luhn's formula adds up. */
    static Sum digitSums(int base, int from, int... weights) {
        return number -> {
            int sum = 0;
            for (int i = 0; i < weights.length; i++) {
                int product = weights[i] * value(number.charAt(from + i));
                sum += product / base + product % base;
            }
            return sum;
        };
    }

    /** The digits as a number, {@code from} inclusive, {@code to} exclusive; at most nine of them. */
    static int number(String number, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            value = 10 * value + value(number.charAt(i));
        }
        return value;
    }

    private static int value(char c) {
        return c <= '9' ? c - '0' : c - 'A' + 10;
    }
}
