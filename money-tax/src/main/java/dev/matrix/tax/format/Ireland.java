package dev.matrix.tax.format;

/** Ireland: seven digits, a check letter and, since 2013, perhaps one more; or the old form with a sign in place two. */
final class Ireland implements NumberRule {

    private static final String LETTERS = "WABCDEFGHIJKLMNOPQRSTUV";
    private static final NumberRule ONE_LETTER = Shape.of("dddddddl");
    private static final NumberRule TWO_LETTERS = Shape.of("dddddddll");
    private static final NumberRule OLD =
            Shape.of("dldddddl").or(Shape.of("d+dddddl")).or(Shape.of("d*dddddl"));
    private static final Sum SEVEN_DIGITS = Sum.weights(0, 8, 7, 6, 5, 4, 3, 2);
    private static final Sum FIVE_DIGITS_THEN_THE_FIRST = Sum.weights(0, 2, 0, 7, 6, 5, 4, 3);

    @Override
    public boolean accepts(String number) {
        if (ONE_LETTER.accepts(number)) {
            return isCheckLetter(number, SEVEN_DIGITS.of(number));
        }
        if (TWO_LETTERS.accepts(number)) {
            int second = LETTERS.indexOf(number.charAt(8));
            return second >= 0 && isCheckLetter(number, SEVEN_DIGITS.of(number) + 9 * second);
        }
        return OLD.accepts(number) && isCheckLetter(number, FIVE_DIGITS_THEN_THE_FIRST.of(number));
    }

    private static boolean isCheckLetter(String number, int sum) {
        return LETTERS.charAt(sum % 23) == number.charAt(7);
    }
}
