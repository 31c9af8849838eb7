package dev.matrix.tax.format;

/** The check-character systems of ISO/IEC 7064 that tax ids use. */
final class Iso7064 {

    private Iso7064() {}

    /** The hybrid system MOD 11,10 over all digits, the last of them the check digit. */
    static boolean mod11And10(String number) {
        int product = 10;
        int last = number.length() - 1;
        for (int i = 0; i < last; i++) {
            int sum = (product + number.charAt(i) - '0') % 10;
            product = 2 * (sum == 0 ? 10 : sum) % 11;
        }
        return (product + number.charAt(last) - '0') % 10 == 1;
    }

    /** The pure system MOD 97-10 over {@code lead} and the number, letters counted as 10 to 35. */
    static boolean mod97And10(String lead, String number) {
        return rest(rest(0, lead), number) == 1;
    }

    private static int rest(int before, String text) {
        int rest = before;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            rest = Shape.isDigit(c) ? (10 * rest + c - '0') % 97 : (100 * rest + c - 'A' + 10) % 97;
        }
        return rest;
    }
}
