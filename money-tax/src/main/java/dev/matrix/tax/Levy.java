package dev.matrix.tax;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One tax that an item bears, or doesn't and why: what documents group by.
 *
 * @param ratePercent without trailing zeros, so that 25 and 25.0 are one rate; null where there is none
 * @param fraction how much of the price is taxed
 * @param order taxes of a higher order are compounded on those of lower ones
 */
record Levy(
        String jurisdiction,
        TaxType type,
        @Nullable BigDecimal ratePercent,
        BigDecimal fraction,
        int order,
        TaxReason reason,
        @Nullable String category,
        @Nullable String vatexCode,
        @Nullable String legalNote) {

    Levy {
        ratePercent = ratePercent == null ? null : plain(ratePercent);
        fraction = plain(fraction);
    }

    private static BigDecimal plain(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    boolean isWithheld() {
        return type == TaxType.WITHHOLDING;
    }

    /** This levy with another part of the price as its base. */
    Levy of(BigDecimal part) {
        return new Levy(jurisdiction, type, ratePercent, part, order, reason, category, vatexCode, legalNote);
    }
}
