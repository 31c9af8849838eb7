package dev.matrix.tax;

import dev.matrix.core.ConflictException;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.money.Currency;
import dev.matrix.core.money.Money;
import dev.matrix.tax.TaxReversal.ReversedLine;
import dev.matrix.tax.TaxReversal.ReversedTax;
import dev.matrix.tax.spi.ComponentRow;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The arithmetic of reversals (TA9), on a transaction's own record. By line and component: tax = round(T × cumulative gross ÷
 * gross) − reversed so far, so that the last part takes the remainder.
 */
final class Reversing {

    private final String transactionId;
    private final Currency currency;
    private final Map<String, RoundingPolicy> rounding;
    private final Map<Integer, List<ComponentRow>> lines = new TreeMap<>();

    Reversing(String transactionId, TaxCalculation calculation, List<ComponentRow> rows) {
        this.transactionId = transactionId;
        this.currency = calculation.request().currency();
        this.rounding = calculation.rounding();
        rows.forEach(row ->
                lines.computeIfAbsent(row.lineNo(), absent -> new ArrayList<>()).add(row));
    }

    private BigInteger minor(java.math.BigDecimal amount) {
        return amount.setScale(currency.scale()).unscaledValue();
    }

    private Money money(BigInteger minor) {
        return Money.ofMinor(minor, currency);
    }

    private BigInteger gross(ComponentRow line) {
        return minor(line.base().add(line.tax()));
    }

    private BigInteger remaining(ComponentRow line) {
        return gross(line).subtract(minor(line.reversedBase().add(line.reversedTax())));
    }

    /** What of each line is left. */
    Map<Integer, BigInteger> full() {
        Map<Integer, BigInteger> parts = new LinkedHashMap<>();
        lines.forEach((no, rows) -> parts.put(no, remaining(rows.get(0))));
        return parts;
    }

    /** The given gross of each named line. */
    Map<Integer, BigInteger> named(Map<String, Money> gross) {
        Map<Integer, BigInteger> parts = new LinkedHashMap<>();
        gross.forEach((id, amount) -> {
            requireCurrency(amount);
            int no = lines.entrySet().stream()
                    .filter(line -> line.getValue().get(0).lineId().equals(id))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElseThrow(() -> new InvalidRequestException(
                            "The tax transaction " + transactionId + " has no line " + id + "."));
            parts.put(no, amount.minorUnits());
        });
        return parts;
    }

    /** A gross amount, allocated by what is left of each line. */
    Map<Integer, BigInteger> flat(Money gross) {
        requireCurrency(gross);
        Map<Integer, BigInteger> left = full();
        BigInteger sum = left.values().stream().reduce(BigInteger.ZERO, BigInteger::add);
        if (sum.signum() == 0 || beyond(gross.minorUnits(), sum)) {
            throw new ConflictException("Of the tax transaction " + transactionId + " " + money(sum)
                    + " is left, less than " + gross + ".");
        }
        BigInteger[] parts = Shares.split(gross.minorUnits(), left.values().toArray(BigInteger[]::new));
        Map<Integer, BigInteger> allocated = new LinkedHashMap<>();
        int i = 0;
        for (Integer no : left.keySet()) {
            allocated.put(no, parts[i++]);
        }
        return allocated;
    }

    private void requireCurrency(Money amount) {
        if (!amount.currency().equals(currency)) {
            throw new InvalidRequestException("The tax transaction " + transactionId + " is in " + currency.code()
                    + ", not " + amount.currency().code() + ".");
        }
    }

    /** Whether a part has another sign than the whole, or is larger. */
    private static boolean beyond(BigInteger part, BigInteger whole) {
        return part.signum() * whole.signum() < 0 || part.abs().compareTo(whole.abs()) > 0;
    }

    /** The figures of reversing these parts of gross. */
    List<ReversedLine> figures(Map<Integer, BigInteger> parts) {
        List<ReversedLine> reversed = new ArrayList<>();
        parts.forEach((no, part) -> {
            List<ComponentRow> rows = lines.getOrDefault(no, List.of());
            ComponentRow line = rows.get(0);
            if (beyond(part, remaining(line))) {
                throw new ConflictException("Of line " + line.lineId() + " of the tax transaction " + transactionId
                        + " " + money(remaining(line)) + " is left, not " + money(part) + ".");
            }
            if (part.signum() != 0) {
                reversed.add(figures(no, rows, part));
            }
        });
        return reversed;
    }

    private ReversedLine figures(int no, List<ComponentRow> rows, BigInteger part) {
        ComponentRow line = rows.get(0);
        BigInteger gross = gross(line);
        BigInteger reached = gross.subtract(remaining(line)).add(part);
        List<ReversedTax> taxes = new ArrayList<>();
        BigInteger sum = BigInteger.ZERO;
        for (ComponentRow row : rows.subList(1, rows.size())) {
            RoundingMode mode = rounding.getOrDefault(row.jurisdiction(), RoundingPolicy.standard())
                    .mode();
            BigInteger tax = cumulative(minor(row.tax()), reached, gross, mode).subtract(minor(row.reversedTax()));
            BigInteger base =
                    cumulative(minor(row.base()), reached, gross, mode).subtract(minor(row.reversedBase()));
            taxes.add(new ReversedTax(money(base), money(tax)));
            sum = isWithheld(row) ? sum : sum.add(tax);
        }
        return new ReversedLine(no, line.lineId(), money(part.subtract(sum)), money(sum), taxes);
    }

    private static BigInteger cumulative(BigInteger whole, BigInteger reached, BigInteger gross, RoundingMode mode) {
        BigInteger numerator = whole.multiply(reached);
        return gross.signum() < 0
                ? Shares.round(numerator.negate(), gross.negate(), mode)
                : Shares.round(numerator, gross, mode);
    }

    private static boolean isWithheld(ComponentRow row) {
        return row.type().equals(TaxType.WITHHOLDING.name());
    }

    /** The same figures with another sum of tax, which a refund has fixed. */
    List<ReversedLine> bound(List<ReversedLine> natural, Money tax, @Nullable Map<String, Money> byLine) {
        BigInteger[] weights =
                natural.stream().map(line -> line.tax().minorUnits()).toArray(BigInteger[]::new);
        BigInteger[] taxes = byLine == null
                ? divided(tax.minorUnits(), weights)
                : natural.stream()
                        .map(line ->
                                byLine.getOrDefault(line.lineId(), line.tax()).minorUnits())
                        .toArray(BigInteger[]::new);
        List<ReversedLine> bound = new ArrayList<>();
        for (int i = 0; i < taxes.length; i++) {
            bound.add(bound(natural.get(i), taxes[i]));
        }
        return bound;
    }

    private BigInteger[] divided(BigInteger total, BigInteger[] weights) {
        BigInteger sum = BigInteger.ZERO;
        for (BigInteger weight : weights) {
            sum = sum.add(weight);
        }
        if (sum.signum() != 0) {
            return Shares.split(total, weights);
        }
        if (total.signum() != 0) {
            throw new ConflictException("Of the tax transaction " + transactionId + " no tax is left to reverse, not "
                    + money(total) + ".");
        }
        return weights;
    }

    private ReversedLine bound(ReversedLine natural, BigInteger tax) {
        List<ComponentRow> rows = lines.getOrDefault(natural.lineNo(), List.of());
        List<BigInteger> weights = new ArrayList<>();
        for (int k = 1; k < rows.size(); k++) {
            weights.add(
                    isWithheld(rows.get(k))
                            ? BigInteger.ZERO
                            : minor(rows.get(k).tax()));
        }
        BigInteger[] parts = divided(tax, weights.toArray(BigInteger[]::new));
        List<ReversedTax> taxes = new ArrayList<>();
        for (int k = 0; k < parts.length; k++) {
            ComponentRow row = rows.get(k + 1);
            ReversedTax own = natural.taxes().get(k);
            BigInteger left = minor(row.tax().subtract(row.reversedTax()));
            if (!isWithheld(row) && beyond(parts[k], left)) {
                throw new ConflictException(
                        "Of " + row.type() + " on line " + natural.lineId() + " of the tax transaction " + transactionId
                                + " " + money(left) + " is left, not " + money(parts[k]) + ".");
            }
            taxes.add(isWithheld(row) ? own : new ReversedTax(own.base(), money(parts[k])));
        }
        Money sum = money(tax);
        return new ReversedLine(
                natural.lineNo(), natural.lineId(), natural.gross().minus(sum), sum, taxes);
    }

    /** Figures with the other sign. */
    static List<ReversedLine> negated(List<ReversedLine> figures) {
        return figures.stream()
                .map(line -> new ReversedLine(
                        line.lineNo(),
                        line.lineId(),
                        line.net().negated(),
                        line.tax().negated(),
                        line.taxes().stream()
                                .map(tax -> new ReversedTax(
                                        tax.base().negated(), tax.tax().negated()))
                                .toList()))
                .toList();
    }

    /** The rows as they are after figures were reversed. */
    List<ComponentRow> after(List<ReversedLine> figures) {
        List<ComponentRow> changed = new ArrayList<>();
        for (ReversedLine line : figures) {
            List<ComponentRow> rows = lines.getOrDefault(line.lineNo(), List.of());
            changed.add(rows.get(0).reversed(line.net().amount(), line.tax().amount()));
            for (int k = 0; k < line.taxes().size(); k++) {
                ReversedTax tax = line.taxes().get(k);
                changed.add(
                        rows.get(k + 1).reversed(tax.base().amount(), tax.tax().amount()));
            }
        }
        return changed;
    }
}
