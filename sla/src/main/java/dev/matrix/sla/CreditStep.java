package dev.matrix.sla;

import java.math.BigDecimal;

/** An attainment below {@code below} percent gives {@code creditPercent} of the fee. */
public record CreditStep(BigDecimal below, BigDecimal creditPercent) {

    public CreditStep {
        Requirements.percent(below, "credits.steps.below");
        Requirements.percent(creditPercent, "credits.steps.creditPercent");
    }

    /** A step in percent, such as {@code of("99.9", "10")}. */
    public static CreditStep of(String below, String creditPercent) {
        return new CreditStep(new BigDecimal(below), new BigDecimal(creditPercent));
    }
}
