package dev.matrix.tax.format;

import static dev.matrix.tax.format.CheckCharacter.COMPLEMENT;
import static dev.matrix.tax.format.CheckCharacter.COMPLEMENT_OR_ZERO;
import static dev.matrix.tax.format.CheckCharacter.PLAIN;
import static dev.matrix.tax.format.CheckCharacter.TEN_AS_ZERO;
import static dev.matrix.tax.format.Sum.number;
import static dev.matrix.tax.format.Sum.weights;
import static java.util.Map.entry;

import java.util.Map;

/** VAT numbers of the member states, by the prefix that VIES uses. */
final class EuropeanUnion {

    static final Map<String, NumberRule> RULES = Map.ofEntries(
            entry("AT", austria()),
            entry("BE", belgium()),
            entry("BG", bulgaria()),
            entry("CY", cyprus()),
            entry("CZ", czechia()),
            entry("DE", Shape.of("ndddddddd").and(Iso7064::mod11And10)),
            entry("DK", Shape.of("nddddddd").and(new Remainder(weights(0, 2, 7, 6, 5, 4, 3, 2, 1), 11, 0))),
            entry("EE", Shape.of("ddddddddd").and(new Remainder(weights(0, 3, 7, 1, 3, 7, 1, 3, 7, 1), 10, 0))),
            entry("EL", Shape.of("ddddddddd").and(CheckCharacter.of(greekPowers(), TEN_AS_ZERO, 8))),
            entry("ES", new Spain()),
            entry("FI", Shape.of("dddddddd").and(new Remainder(weights(0, 7, 9, 10, 5, 8, 4, 2, 1), 11, 0))),
            entry("FR", new France()),
            entry("HR", Shape.of("ddddddddddd").and(Iso7064::mod11And10)),
            entry("HU", Shape.of("dddddddd").and(new Remainder(weights(0, 9, 7, 3, 1, 9, 7, 3, 1), 10, 0))),
            entry("IE", new Ireland()),
            entry("IT", italy()),
            entry("LT", lithuania()),
            entry("LU", Shape.of("dddddddd").and(n -> number(n, 0, 6) % 89 == number(n, 6, 8))),
            entry("LV", latvia()),
            entry("MT", Shape.of("nddddddd").and(new Remainder(weights(0, 3, 4, 6, 7, 8, 9, 10, 1), 37, 0))),
            entry("NL", netherlands()),
            entry("PL", Shape.of("dddddddddd").and(new Remainder(weights(0, 6, 5, 7, 2, 3, 4, 5, 6, 7, -1), 11, 0))),
            entry("PT", portugal()),
            entry("RO", romania()),
            entry("SE", Shape.of("dddddddddd01").and(Remainder.luhn(0, 10))),
            entry("SI", slovenia()),
            entry("SK", slovakia()));

    private EuropeanUnion() {}

    private static NumberRule austria() {
        return Shape.of("Udddddddd").and(CheckCharacter.of(Sum.digitSums(10, 1, 1, 2, 1, 2, 1, 2, 1), "6543210987", 8));
    }

    private static NumberRule belgium() {
        return Shape.of("0ddddddddd")
                .or(Shape.of("1ddddddddd"))
                .and(n -> 97 - number(n, 0, 8) % 97 == number(n, 8, 10));
    }

    private static NumberRule bulgaria() {
        NumberRule second = CheckCharacter.of(weights(0, 3, 4, 5, 6, 7, 8, 9, 10), TEN_AS_ZERO, 8);
        NumberRule entity =
                CheckCharacter.of(weights(0, 1, 2, 3, 4, 5, 6, 7, 8), PLAIN, 8).otherwise(second);
        NumberRule foreigner = CheckCharacter.of(weights(0, 21, 19, 17, 13, 11, 9, 7, 3, 1), "0123456789", 9);
        NumberRule other = CheckCharacter.of(weights(0, 4, 3, 2, 7, 6, 5, 4, 3, 2), COMPLEMENT, 9);
        return Shape.of("ddddddddd")
                .and(entity)
                .or(BirthNumbers.BULGARIAN)
                .or(Shape.of("dddddddddd").and(foreigner.or(other)));
    }

    private static NumberRule cyprus() {
        int[] odd = {1, 0, 5, 7, 9, 13, 15, 17, 19, 21};
        Sum sum = n -> {
            int total = 0;
            for (int i = 0; i < 8; i++) {
                int digit = n.charAt(i) - '0';
                total += i % 2 == 0 ? odd[digit] : digit;
            }
            return total;
        };
        return Shape.of("ddddddddl")
                .and(n -> !n.startsWith("12"))
                .and(CheckCharacter.of(sum, "ABCDEFGHIJKLMNOPQRSTUVWXYZ", 8));
    }

    private static NumberRule czechia() {
        NumberRule entity = Shape.of("dddddddd")
                .and(n -> n.charAt(0) != '9')
                .and(CheckCharacter.of(weights(0, 8, 7, 6, 5, 4, 3, 2), "10987654321", 7));
        NumberRule special =
                Shape.of("6dddddddd").and(CheckCharacter.of(weights(1, 8, 7, 6, 5, 4, 3, 2), "89012345678", 8));
        return entity.or(special).or(BirthNumbers.CZECHOSLOVAK).or(BirthNumbers.CZECHOSLOVAK_TO_1953);
    }

    private static Sum greekPowers() {
        return weights(0, 256, 128, 64, 32, 16, 8, 4, 2);
    }

    private static NumberRule italy() {
        return Shape.of("ddddddddddd")
                .and(n -> number(n, 0, 7) > 0 && isItalianOffice(number(n, 7, 10)))
                .and(Remainder.luhn(0, 11));
    }

    private static boolean isItalianOffice(int office) {
        return (office >= 1 && office <= 100) || office == 120 || office == 121 || office == 888 || office == 999;
    }

    private static NumberRule lithuania() {
        NumberRule entity = CheckCharacter.of(weights(0, 1, 2, 3, 4, 5, 6, 7, 8), PLAIN, 8)
                .otherwise(CheckCharacter.of(weights(0, 3, 4, 5, 6, 7, 8, 9, 1), TEN_AS_ZERO, 8));
        NumberRule temporary = CheckCharacter.of(weights(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2), PLAIN, 11)
                .otherwise(CheckCharacter.of(weights(0, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3, 4), TEN_AS_ZERO, 11));
        return Shape.of("ddddddd1d").and(entity).or(Shape.of("dddddddddd1d").and(temporary));
    }

    private static NumberRule latvia() {
        NumberRule entity = new Remainder(weights(0, 9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1), 11, 3);
        return Shape.of("ddddddddddd").and(n -> n.charAt(0) <= '3' || entity.accepts(n));
    }

    private static NumberRule netherlands() {
        NumberRule entity = new Remainder(weights(0, 9, 8, 7, 6, 5, 4, 3, 2, -1), 11, 0);
        return Shape.of("dddddddddBdd").and(entity.or(n -> Iso7064.mod97And10("NL", n)));
    }

    private static NumberRule portugal() {
        return Shape.of("ndddddddd").and(CheckCharacter.of(weights(0, 9, 8, 7, 6, 5, 4, 3, 2), COMPLEMENT_OR_ZERO, 8));
    }

    private static NumberRule romania() {
        NumberRule padded = Shape.of("dddddddddd")
                .and(CheckCharacter.of(weights(0, 7, 5, 3, 2, 1, 7, 5, 3, 2), COMPLEMENT_OR_ZERO, 9));
        NumberRule entity = n -> n.length() >= 2 && n.charAt(0) != '0' && padded.accepts(Formats.padded(n, 10));
        return entity.or(BirthNumbers.ROMANIAN);
    }

    private static NumberRule slovenia() {
        return Shape.of("nddddddd").and(CheckCharacter.of(weights(0, 8, 7, 6, 5, 4, 3, 2), "-0987654321", 7));
    }

    private static NumberRule slovakia() {
        NumberRule elevenfold = new Remainder(weights(0, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1), 11, 0);
        NumberRule entity = Shape.of("nddddddddd").and(elevenfold).and(n -> "234789".indexOf(n.charAt(2)) >= 0);
        return entity.or(BirthNumbers.CZECHOSLOVAK);
    }
}
