package dev.matrix.tax.format;

import static dev.matrix.tax.format.Sum.number;

/** Spain's NIF: DNI and NIE of persons by the rest of 23, those of entities by Luhn's formula. */
final class Spain implements NumberRule {

    private static final NumberRule RESIDENT = Shape.of("ddddddddl");
    private static final NumberRule LETTERED = Shape.of("ldddddddx");
    private static final String PERSON_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE";
    private static final String FOREIGNERS = "XYZ";
    private static final String PERSONS_WITHOUT_DNI = "KLM";
    private static final String BY_DIGIT = "ABEH";
    private static final String BY_LETTER = "NPQRSW";
    private static final String BY_EITHER = "CDFGJUV";
    private static final Sum ENTITY = Sum.digitSums(10, 1, 2, 1, 2, 1, 2, 1, 2);
    private static final NumberRule DIGIT = CheckCharacter.of(ENTITY, "0987654321", 8);
    private static final NumberRule LETTER = CheckCharacter.of(ENTITY, "JIHGFEDCBA", 8);

    @Override
    public boolean accepts(String number) {
        if (RESIDENT.accepts(number)) {
            return isPerson(number(number, 0, 8), number);
        }
        if (!LETTERED.accepts(number)) {
            return false;
        }
        char kind = number.charAt(0);
        int foreigner = FOREIGNERS.indexOf(kind);
        if (foreigner >= 0) {
            return isPerson(foreigner * 10_000_000 + number(number, 1, 8), number);
        }
        if (PERSONS_WITHOUT_DNI.indexOf(kind) >= 0) {
            return isPerson(number(number, 1, 8), number);
        }
        boolean either = BY_EITHER.indexOf(kind) >= 0;
        return ((either || BY_DIGIT.indexOf(kind) >= 0) && DIGIT.accepts(number))
                || ((either || BY_LETTER.indexOf(kind) >= 0) && LETTER.accepts(number));
    }

    private static boolean isPerson(int value, String number) {
        return PERSON_LETTERS.charAt(value % 23) == number.charAt(8);
    }
}
