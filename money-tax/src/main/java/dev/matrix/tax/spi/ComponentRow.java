package dev.matrix.tax.spi;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a line, or one tax of it, came to, and what of it is reversed; in the transaction's currency.
 *
 * @param lineNo the line's place, from 0
 * @param no 0: the line itself, {@code base} its net and {@code tax} its tax; its taxes are numbered from 1
 * @param rate percent; null where there is none
 * @param category the EN 16931 category; null outside the EU
 */
public record ComponentRow(
        int lineNo,
        int no,
        String lineId,
        String jurisdiction,
        String type,
        @Nullable BigDecimal rate,
        String reason,
        @Nullable String category,
        BigDecimal base,
        BigDecimal tax,
        BigDecimal reversedBase,
        BigDecimal reversedTax) {

    /** This row with more reversed; negative amounts give back. */
    public ComponentRow reversed(BigDecimal moreBase, BigDecimal moreTax) {
        return new ComponentRow(
                lineNo,
                no,
                lineId,
                jurisdiction,
                type,
                rate,
                reason,
                category,
                base,
                tax,
                reversedBase.add(moreBase),
                reversedTax.add(moreTax));
    }
}
