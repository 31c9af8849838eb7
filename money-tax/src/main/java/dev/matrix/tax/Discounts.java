package dev.matrix.tax;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.money.Currency;
import dev.matrix.core.money.Money;
import java.math.BigInteger;
import java.util.List;

/** What is discounted from or charged on the document goes to its lines in proportion to their amounts. */
final class Discounts {

    private Discounts() {}

    /** The lines' amounts with their part of the spread items, in order. */
    static List<Money> onto(List<TaxedItem> lines, List<TaxedItem> spread, Currency currency) {
        if (spread.isEmpty()) {
            return lines.stream().map(TaxedItem::amount).toList();
        }
        BigInteger[] amounts =
                lines.stream().map(line -> line.amount().minorUnits()).toArray(BigInteger[]::new);
        BigInteger[] weights = amounts.clone();
        for (TaxedItem item : spread) {
            if (lines.stream().anyMatch(line -> line.kind() != item.kind())) {
                throw new InvalidRequestException(
                        "Item " + item.id() + " is spread over lines of another kind: all are " + item.kind()
                                + ", or it has no proportion.");
            }
            BigInteger sum = BigInteger.ZERO;
            for (BigInteger weight : weights) {
                sum = sum.add(weight);
            }
            if (sum.signum() == 0) {
                throw new InvalidRequestException("Item " + item.id() + " can't be spread: the lines come to zero.");
            }
            BigInteger[] parts = Shares.split(item.amount().minorUnits(), weights);
            for (int i = 0; i < amounts.length; i++) {
                amounts[i] = amounts[i].add(parts[i]);
            }
        }
        return java.util.Arrays.stream(amounts)
                .map(minor -> Money.ofMinor(minor, currency))
                .toList();
    }
}
