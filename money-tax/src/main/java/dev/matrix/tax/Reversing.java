package dev.matrix.tax;

import dev.matrix.core.ConflictException;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.money.Currency;
import dev.matrix.core.money.Money;
import dev.matrix.tax.TaxReversal.ReversedLine;
import dev.matrix.tax.TaxReversal.ReversedTax;
import dev.matrix.tax.spi.ComponentRow;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The arithmetic of reversals, on a transaction's own record. Each amount is taken off in proportion, by line and component:
 * round(whole × cumulative ÷ weight) − reversed so far, so that the last part takes the remainder. Where refunds have fixed a tax
 * that isn't the proportion, the proportion of what is left counts from then on. No part is ever more than what is left.
 */
final class Reversing {

    /**
     * What to take back of a line.
     *
     * @param tax what a refund has fixed; null: the proportion
     */
    record Part(BigInteger gross, @Nullable BigInteger tax) {}

    private final String transactionId;
    private final Currency currency;
    private final Map<String, RoundingPolicy> rounding;
    private final Map<Integer, List<ComponentRow>> lines;

    Reversing(String transactionId, TaxCalculation calculation, List<ComponentRow> rows) {
        this(transactionId, calculation.request().currency(), calculation.rounding(), new TreeMap<>());
        rows.forEach(row ->
                lines.computeIfAbsent(row.lineNo(), absent -> new ArrayList<>()).add(row));
    }

    private Reversing(
            String transactionId,
            Currency currency,
            Map<String, RoundingPolicy> rounding,
            Map<Integer, List<ComponentRow>> lines) {
        this.transactionId = transactionId;
        this.currency = currency;
        this.rounding = rounding;
        this.lines = lines;
    }

    private BigInteger minor(BigDecimal amount) {
        return amount.setScale(currency.scale()).unscaledValue();
    }

    private Money money(BigInteger minor) {
        return Money.ofMinor(minor, currency);
    }

    private BigInteger netLeft(ComponentRow row) {
        return minor(row.base().subtract(row.reversedBase()));
    }

    private BigInteger taxLeft(ComponentRow row) {
        return minor(row.tax().subtract(row.reversedTax()));
    }

    private BigInteger grossLeft(ComponentRow line) {
        return netLeft(line).add(taxLeft(line));
    }

    private static BigInteger sum(Collection<BigInteger> amounts) {
        return amounts.stream().reduce(BigInteger.ZERO, BigInteger::add);
    }

    /** An amount of each line, in their order. */
    private Map<Integer, BigInteger> each(Function<ComponentRow, BigInteger> amount) {
        Map<Integer, BigInteger> amounts = new LinkedHashMap<>();
        lines.forEach((no, rows) -> amounts.put(no, amount.apply(rows.get(0))));
        return amounts;
    }

    /** What of each line is left. */
    Map<Integer, Part> full() {
        return parts(each(this::grossLeft));
    }

    private static Map<Integer, Part> parts(Map<Integer, BigInteger> gross) {
        Map<Integer, Part> parts = new LinkedHashMap<>();
        gross.forEach((no, amount) -> parts.put(no, new Part(amount, null)));
        return parts;
    }

    /**
     * The given gross of each named line.
     *
     * @param taxes what is fixed of the tax in it
     */
    Map<Integer, Part> named(Map<String, Money> gross, Map<String, Money> taxes) {
        Map<String, Integer> numbers = new HashMap<>();
        lines.forEach((no, rows) -> numbers.put(rows.get(0).lineId(), no));
        Map<Integer, Part> parts = new LinkedHashMap<>();
        gross.forEach((id, amount) -> {
            requireCurrency(amount);
            Integer no = numbers.get(id);
            if (no == null) {
                throw new InvalidRequestException("The tax transaction " + transactionId + " has no line " + id + ".");
            }
            Money tax = taxes.get(id);
            parts.put(no, new Part(amount.minorUnits(), tax == null ? null : tax.minorUnits()));
        });
        return parts;
    }

    /** A gross amount, allocated by what is left of each line. */
    Map<Integer, Part> flat(Money gross) {
        Map<Integer, BigInteger> left = each(this::grossLeft);
        requireLeft(gross, left);
        return parts(divided(gross.minorUnits(), left));
    }

    /**
     * A gross amount with a fixed tax in it: the tax allocated by what of it is left of each line, the rest by what else is left.
     * Where a refund gives back more than the net, but not as tax, what is left of the gross bears it.
     */
    Map<Integer, Part> flat(Money gross, Money tax) {
        requireLeft(gross, each(this::grossLeft));
        Map<Integer, BigInteger> taxRoom = each(line -> within(taxLeft(line), grossLeft(line)));
        BigInteger whole = sum(taxRoom.values());
        if (beyond(tax.minorUnits(), whole)) {
            throw new ConflictException("Of the tax of the tax transaction " + transactionId + " " + money(whole)
                    + " is left, less than " + tax + ".");
        }
        Map<Integer, BigInteger> taxes = divided(tax.minorUnits(), taxRoom);
        Map<Integer, BigInteger> netRoom =
                each(line -> grossLeft(line).subtract(within(taxLeft(line), grossLeft(line))));
        BigInteger net = gross.minus(tax).minorUnits();
        BigInteger more = net.subtract(within(net, sum(netRoom.values())));
        Map<Integer, BigInteger> nets = divided(net.subtract(more), netRoom);
        Map<Integer, BigInteger> rests = divided(more, less(taxRoom, taxes));
        Map<Integer, Part> parts = new LinkedHashMap<>();
        taxes.forEach((no, part) -> parts.put(
                no,
                new Part(
                        part.add(nets.getOrDefault(no, BigInteger.ZERO)).add(rests.getOrDefault(no, BigInteger.ZERO)),
                        part)));
        return parts;
    }

    private static Map<Integer, BigInteger> less(Map<Integer, BigInteger> all, Map<Integer, BigInteger> taken) {
        Map<Integer, BigInteger> left = new LinkedHashMap<>();
        all.forEach((no, amount) -> left.put(no, amount.subtract(taken.getOrDefault(no, BigInteger.ZERO))));
        return left;
    }

    private void requireLeft(Money gross, Map<Integer, BigInteger> left) {
        requireCurrency(gross);
        BigInteger sum = sum(left.values());
        if (sum.signum() == 0 || beyond(gross.minorUnits(), sum)) {
            throw new ConflictException("Of the tax transaction " + transactionId + " " + money(sum)
                    + " is left, less than " + gross + ".");
        }
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

    /** The number nearest to a wish from zero to a limit of either sign. */
    private static BigInteger within(BigInteger wish, BigInteger limit) {
        return limit.signum() < 0
                ? wish.max(limit).min(BigInteger.ZERO)
                : wish.min(limit).max(BigInteger.ZERO);
    }

    private Map<Integer, BigInteger> divided(BigInteger total, Map<Integer, BigInteger> weights) {
        BigInteger[] shares = divided(total, weights.values().toArray(BigInteger[]::new));
        Map<Integer, BigInteger> divided = new LinkedHashMap<>();
        int i = 0;
        for (Integer key : weights.keySet()) {
            divided.put(key, shares[i++]);
        }
        return divided;
    }

    private BigInteger[] divided(BigInteger total, BigInteger[] weights) {
        if (total.signum() == 0) {
            BigInteger[] nothing = new BigInteger[weights.length];
            Arrays.fill(nothing, BigInteger.ZERO);
            return nothing;
        }
        if (sum(Arrays.asList(weights)).signum() == 0) {
            throw new ConflictException(
                    "Of the tax transaction " + transactionId + " nothing is left to take " + money(total) + " off.");
        }
        return Shares.split(total, weights);
    }

    /** The figures of taking back these parts. */
    List<ReversedLine> figures(Map<Integer, Part> parts) {
        List<ReversedLine> reversed = new ArrayList<>();
        parts.forEach((no, part) -> {
            List<ComponentRow> rows = lines.getOrDefault(no, List.of());
            ComponentRow line = rows.get(0);
            if (beyond(part.gross(), grossLeft(line))) {
                throw new ConflictException("Of line " + line.lineId() + " of the tax transaction " + transactionId
                        + " " + money(grossLeft(line)) + " is left, not " + money(part.gross()) + ".");
            }
            BigInteger tax = part.tax();
            if (tax != null && beyond(tax, taxLeft(line))) {
                throw new ConflictException("Of the tax on line " + line.lineId() + " of the tax transaction "
                        + transactionId + " " + money(taxLeft(line)) + " is left, not " + money(tax) + ".");
            }
            if (part.gross().signum() != 0 || (tax != null && tax.signum() != 0)) {
                reversed.add(figures(no, rows, part));
            }
        });
        return reversed;
    }

    private ReversedLine figures(int no, List<ComponentRow> rows, Part part) {
        ComponentRow line = rows.get(0);
        List<BigInteger> taxes = taxes(rows, part);
        BigInteger sum = BigInteger.ZERO;
        for (int k = 1; k < rows.size(); k++) {
            sum = isWithheld(rows.get(k)) ? sum : sum.add(taxes.get(k - 1));
        }
        BigInteger net = part.gross().subtract(sum);
        List<ReversedTax> reversed = new ArrayList<>();
        for (int k = 1; k < rows.size(); k++) {
            reversed.add(new ReversedTax(money(base(rows.get(k), line, net)), money(taxes.get(k - 1))));
        }
        return new ReversedLine(no, line.lineId(), money(net), money(sum), reversed);
    }

    /** The taxes in a part: in proportion each, unless a refund has fixed their sum or the net would not be within what is left. */
    private List<BigInteger> taxes(List<ComponentRow> rows, Part part) {
        ComponentRow line = rows.get(0);
        List<BigInteger> taxes = new ArrayList<>();
        BigInteger[] left = new BigInteger[rows.size() - 1];
        BigInteger sum = BigInteger.ZERO;
        for (int k = 1; k < rows.size(); k++) {
            ComponentRow row = rows.get(k);
            taxes.add(proportion(
                    row.tax(),
                    row.reversedTax(),
                    part.gross(),
                    line.base().add(line.tax()),
                    line.reversedBase().add(line.reversedTax()),
                    mode(row)));
            left[k - 1] = isWithheld(row) ? BigInteger.ZERO : taxLeft(row);
            sum = isWithheld(row) ? sum : sum.add(taxes.get(k - 1));
        }
        BigInteger fixed = part.tax() != null ? part.tax() : possible(sum, line, part.gross());
        if (!fixed.equals(sum)) {
            BigInteger[] divided = divided(fixed, left);
            for (int k = 1; k < rows.size(); k++) {
                taxes.set(k - 1, isWithheld(rows.get(k)) ? taxes.get(k - 1) : divided[k - 1]);
            }
        }
        return taxes;
    }

    /** The tax nearest to a wish that leaves neither the tax nor the net of a line beyond what is left of it. */
    private BigInteger possible(BigInteger wish, ComponentRow line, BigInteger gross) {
        BigInteger net = within(gross.subtract(wish), netLeft(line));
        return within(within(gross.subtract(net), gross), taxLeft(line));
    }

    /** What of a tax's base goes with a net amount of its line. */
    private BigInteger base(ComponentRow row, ComponentRow line, BigInteger net) {
        return row.base().compareTo(line.base()) == 0
                ? within(net, netLeft(row))
                : proportion(row.base(), row.reversedBase(), net, line.base(), line.reversedBase(), mode(row));
    }

    /** The part of a whole that goes with a part of its weight. */
    private BigInteger proportion(
            BigDecimal whole,
            BigDecimal reversed,
            BigInteger part,
            BigDecimal weight,
            BigDecimal weightReversed,
            RoundingMode mode) {
        BigInteger left = minor(whole.subtract(reversed));
        BigInteger weightLeft = minor(weight.subtract(weightReversed));
        if (part.equals(weightLeft) || weight.signum() == 0 || weightLeft.signum() == 0) {
            return part.signum() == 0 ? BigInteger.ZERO : left;
        }
        BigInteger before = minor(weightReversed);
        boolean proportional =
                quotient(minor(whole), before, minor(weight), mode).equals(minor(reversed));
        BigInteger wish = proportional
                ? quotient(minor(whole), before.add(part), minor(weight), mode).subtract(minor(reversed))
                : quotient(left, part, weightLeft, mode);
        return within(wish, left);
    }

    private static BigInteger quotient(BigInteger whole, BigInteger part, BigInteger weight, RoundingMode mode) {
        BigInteger numerator = whole.multiply(part);
        return weight.signum() < 0
                ? Shares.round(numerator.negate(), weight.negate(), mode)
                : Shares.round(numerator, weight, mode);
    }

    private RoundingMode mode(ComponentRow row) {
        return rounding.getOrDefault(row.jurisdiction(), RoundingPolicy.standard())
                .mode();
    }

    private static boolean isWithheld(ComponentRow row) {
        return row.type().equals(TaxType.WITHHOLDING.name());
    }

    /** Figures of one transaction after another, as one. */
    static List<ReversedLine> joined(List<ReversedLine> first, List<ReversedLine> second) {
        Map<Integer, ReversedLine> joined = new TreeMap<>();
        first.forEach(line -> joined.put(line.lineNo(), line));
        second.forEach(line -> joined.merge(line.lineNo(), line, Reversing::joined));
        return List.copyOf(joined.values());
    }

    private static ReversedLine joined(ReversedLine one, ReversedLine other) {
        List<ReversedTax> taxes = new ArrayList<>();
        for (int k = 0; k < one.taxes().size(); k++) {
            ReversedTax own = one.taxes().get(k);
            ReversedTax more = other.taxes().get(k);
            taxes.add(new ReversedTax(own.base().plus(more.base()), own.tax().plus(more.tax())));
        }
        return new ReversedLine(
                one.lineNo(),
                one.lineId(),
                one.net().plus(other.net()),
                one.tax().plus(other.tax()),
                taxes);
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

    /** The rows that figures change, as they are after these were reversed. */
    List<ComponentRow> changed(List<ReversedLine> figures) {
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

    /** What is left after figures were reversed. */
    Reversing after(List<ReversedLine> figures) {
        Map<Integer, List<ComponentRow>> left = new TreeMap<>(lines);
        figures.forEach(line -> left.put(line.lineNo(), changed(List.of(line))));
        return new Reversing(transactionId, currency, rounding, left);
    }
}
