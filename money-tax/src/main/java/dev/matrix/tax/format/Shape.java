package dev.matrix.tax.format;

import java.util.List;

/**
 * Length and kind of character at each place. In a mask {@code d} is a digit, {@code n} one from 1 to 9, {@code l} a
 * letter, {@code x} a digit or letter, {@code p} one of these but 0; anything else stands for itself.
 */
final class Shape implements NumberRule {

    private final String mask;

    private Shape(String mask) {
        this.mask = mask;
    }

    static NumberRule of(String mask) {
        return new Shape(mask);
    }

    /** One shape with each of these endings, or with none. */
    static NumberRule withOptional(String mask, String... endings) {
        return List.of(endings).stream().map(ending -> of(mask + ending)).reduce(of(mask), NumberRule::or);
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isLetter(char c) {
        return c >= 'A' && c <= 'Z';
    }

    @Override
    public boolean accepts(String number) {
        if (number.length() != mask.length()) {
            return false;
        }
        for (int i = 0; i < mask.length(); i++) {
            if (!fits(mask.charAt(i), number.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean fits(char place, char c) {
        return switch (place) {
            case 'd' -> isDigit(c);
            case 'n' -> isDigit(c) && c != '0';
            case 'l' -> isLetter(c);
            case 'x' -> isDigit(c) || isLetter(c);
            case 'p' -> (isDigit(c) && c != '0') || isLetter(c);
            default -> place == c;
        };
    }
}
