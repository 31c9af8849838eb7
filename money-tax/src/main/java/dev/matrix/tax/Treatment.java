package dev.matrix.tax;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * All taxes of an item with their effective rates: e = f·r, compounded e = f·r·(1 + Σ lower e). Gross amounts hold Σ
 * e without what is withheld.
 *
 * @param components in order of compounding
 * @param inside 1 + Σ e
 * @param scale decimals of all effective rates
 */
record Treatment(List<Component> components, BigDecimal inside, int scale) {

    /**
     * One tax.
     *
     * @param basis what of a price is its base: f·(1 + Σ lower e)
     * @param effective basis × rate
     */
    record Component(Levy levy, BigDecimal basis, BigDecimal effective) {}

    static Treatment of(List<Levy> levies) {
        List<Levy> ordered = new ArrayList<>(levies);
        ordered.sort(Comparator.comparingInt(Levy::order));
        List<Component> components = new ArrayList<>(ordered.size());
        BigDecimal sum = BigDecimal.ONE;
        BigDecimal lower = BigDecimal.ONE;
        int scale = 0;
        int order = Integer.MIN_VALUE;
        for (Levy levy : ordered) {
            if (levy.order() != order) {
                order = levy.order();
                lower = sum;
            }
            BigDecimal basis = levy.fraction().multiply(lower);
            BigDecimal rate = levy.ratePercent();
            BigDecimal effective = rate == null ? BigDecimal.ZERO : basis.multiply(rate.movePointLeft(2));
            components.add(new Component(levy, basis, effective));
            sum = levy.isWithheld() ? sum : sum.add(effective);
            scale = Math.max(scale, Math.max(effective.scale(), basis.scale()));
        }
        return new Treatment(List.copyOf(components), sum, scale);
    }

    /** A factor of this treatment as a whole number, at the treatment's scale. */
    BigInteger scaled(BigDecimal factor) {
        return factor.setScale(scale).unscaledValue();
    }
}
