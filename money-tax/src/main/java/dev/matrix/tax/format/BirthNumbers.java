package dev.matrix.tax.format;

import static dev.matrix.tax.format.CheckCharacter.TEN_AS_ZERO;
import static dev.matrix.tax.format.Sum.number;
import static dev.matrix.tax.format.Sum.weights;

import java.time.YearMonth;

/** Numbers of natural persons: a date of birth, then a serial and, mostly, a check digit. */
final class BirthNumbers {

    private BirthNumbers() {}

    /** Czechia and Slovakia, ten digits: rodné číslo since 1954. */
    static final NumberRule CZECHOSLOVAK = Shape.of("dddddddddd")
            .and(CheckCharacter.of(weights(0, 1, -1, 1, -1, 1, -1, 1, -1, 1), TEN_AS_ZERO, 9))
            .and(number -> {
                int year = number(number, 0, 2);
                return isCzechoslovakDate(number, year < 54 ? 2000 + year : 1900 + year);
            });

    /** Czechia, nine digits, without a check digit: rodné číslo until the end of 1953. */
    static final NumberRule CZECHOSLOVAK_TO_1953 = Shape.of("ddddddddd").and(number -> {
        int year = number(number, 0, 2);
        return (year < 54 || year >= 80) && isCzechoslovakDate(number, year < 54 ? 1900 + year : 1800 + year);
    });

    /** Bulgaria, ten digits: EGN. */
    static final NumberRule BULGARIAN = Shape.of("dddddddddd")
            .and(CheckCharacter.of(weights(0, 2, 4, 8, 5, 10, 9, 7, 3, 6), TEN_AS_ZERO, 9))
            .and(number -> {
                int month = number(number, 2, 4);
                int shift = month > 40 ? 40 : month > 20 ? 20 : 0;
                int century = shift == 40 ? 2000 : shift == 20 ? 1800 : 1900;
                return isDate(century + number(number, 0, 2), month - shift, number(number, 4, 6));
            });

    /** Romania, 13 digits: CNP; 10 is written as 1. */
    static final NumberRule ROMANIAN = Shape.of("ndddddddddddd")
            .and(CheckCharacter.of(weights(0, 2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9), "01234567891", 12))
            .and(number -> {
                int century = switch (number.charAt(0)) {
                    case '3', '4' -> 1800;
                    case '5', '6' -> 2000;
                    default -> 1900;
                };
                return isDate(century + number(number, 1, 3), number(number, 3, 5), number(number, 5, 7));
            });

    /** Women have 50 added to the month; 20 is added to either where a day's serials ran out (since 2004). */
    private static boolean isCzechoslovakDate(String number, int year) {
        int month = number(number, 2, 4) % 50;
        return isDate(year, month > 20 ? month - 20 : month, number(number, 4, 6));
    }

    private static boolean isDate(int year, int month, int day) {
        return month >= 1
                && month <= 12
                && day >= 1
                && day <= YearMonth.of(year, month).lengthOfMonth();
    }
}
