package dev.matrix.tax.format;

import static dev.matrix.tax.format.CheckCharacter.COMPLEMENT;
import static dev.matrix.tax.format.Sum.number;
import static dev.matrix.tax.format.Sum.weights;
import static java.util.Map.entry;

import java.util.Map;

/** VAT, GST and business numbers of the countries outside the EU. */
final class Elsewhere {

    static final Map<String, NumberRule> RULES = Map.ofEntries(
            entry("AE", Shape.of("100dddddddddddd")),
            entry("AU", australia()),
            entry("CA", canada()),
            entry("CH", switzerland()),
            entry("GB", britain()),
            entry("IN", india()),
            entry("JP", japan()),
            entry("NO", norway()),
            entry("NZ", newZealand()),
            entry("SA", Shape.of("3ddddddddddddd3")),
            entry("SG", singapore()),
            entry("XI", britain()));

    private Elsewhere() {}

    /** ABN: one is taken off the first digit, so the remainder is its weight. */
    private static NumberRule australia() {
        return Shape.of("ndddddddddd")
                .and(n -> n.compareTo("11") >= 0)
                .and(new Remainder(weights(0, 10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19), 89, 10));
    }

    /** Business number with or without its GST account, or the QST number of Quebec. */
    private static NumberRule canada() {
        return Shape.withOptional("ddddddddd", "RTdddd")
                .and(Remainder.luhn(0, 9))
                .or(Shape.of("ddddddddddTQdddd"));
    }

    /** UID: {@code CH}'s number begins with the E of {@code CHE}. */
    private static NumberRule switzerland() {
        return Shape.withOptional("Eddddddddd", "MWST", "TVA", "IVA", "TPV")
                .and(CheckCharacter.of(weights(1, 5, 4, 3, 2, 7, 6, 5, 4), COMPLEMENT, 9));
    }

    private static NumberRule britain() {
        Sum sum = weights(0, 8, 7, 6, 5, 4, 3, 2, 10, 1);
        NumberRule newer = new Remainder(sum, 97, 42).or(new Remainder(sum, 97, 55));
        NumberRule standard = new Remainder(sum, 97, 0).or(newer.and(n -> number(n, 0, 3) >= 100));
        NumberRule government = Shape.of("GDddd").and(n -> n.charAt(2) < '5');
        NumberRule health = Shape.of("HAddd").and(n -> n.charAt(2) >= '5');
        return Shape.withOptional("ddddddddd", "ddd")
                .and(standard)
                .or(government)
                .or(health);
    }

    /** GSTIN: Luhn's formula to the base 36. */
    private static NumberRule india() {
        Sum sum = Sum.digitSums(36, 0, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2);
        return Shape.of("ddlllllddddlpZx").and(CheckCharacter.of(sum, "0ZYXWVUTSRQPONMLKJIHGFEDCBA987654321", 14));
    }

    /** Corporate number of 13 digits, the first the check digit, behind a T. */
    private static NumberRule japan() {
        return Shape.of("Tndddddddddddd")
                .and(CheckCharacter.of(weights(2, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1), "987654321", 1));
    }

    private static NumberRule norway() {
        return Shape.withOptional("ddddddddd", "MVA").and(new Remainder(weights(0, 3, 2, 7, 6, 5, 4, 3, 2, 1), 11, 0));
    }

    /** IRD number of 8 or 9 digits, in the range that has been issued. */
    private static NumberRule newZealand() {
        NumberRule second = CheckCharacter.of(weights(0, 7, 4, 3, 2, 5, 2, 7, 6), COMPLEMENT, 8);
        NumberRule padded = Shape.of("ddddddddd")
                .and(n -> number(n, 0, 9) > 10_000_000 && number(n, 0, 9) < 150_000_000)
                .and(CheckCharacter.of(weights(0, 3, 2, 7, 6, 5, 4, 3, 2), COMPLEMENT, 8)
                        .otherwise(second));
        return n -> n.length() >= 8 && padded.accepts(Formats.padded(n, 9));
    }

    /**
     * UEN of businesses and local companies; foreign companies and the others have no published check letter, nor have GST numbers
     * that begin with M, which are of those who registered by another number.
     */
    private static NumberRule singapore() {
        NumberRule business =
                Shape.of("ddddddddl").and(CheckCharacter.of(weights(0, 10, 4, 9, 3, 8, 2, 7, 1), "XMKECAWLJDB", 8));
        NumberRule company =
                Shape.of("dddddddddl").and(CheckCharacter.of(weights(0, 10, 8, 6, 4, 9, 7, 5, 3, 1), "ZKCMDNERGWH", 9));
        NumberRule other = Shape.of("Rddllddddl")
                .or(Shape.of("Sddllddddl"))
                .or(Shape.of("Tddllddddl"))
                .or(Shape.of("F000dddddl"))
                .or(Shape.of("Mddddddddx"));
        return business.or(company).or(other);
    }
}
