package dev.matrix.tax;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.money.Currency;
import dev.matrix.core.money.Money;
import dev.matrix.tax.RoundingPolicy.Inclusive;
import dev.matrix.tax.RoundingPolicy.Level;
import dev.matrix.tax.Treatment.Component;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The arithmetic of taxes: exact until a group, or a line, is rounded once; then allocated, so that all adds
 * up. It knows nothing of law.
 */
final class Arithmetic {

    /** What a document comes to, without its tax currency. */
    record Result(List<TaxedLine> lines, List<TaxGroup> groups, Totals totals) {}

    private final Currency currency;
    private final List<Charge> charges;
    private final Function<String, RoundingPolicy> rounding;
    /** Tax in minor units by line and component. */
    private final BigInteger[][] taxes;

    private final BigInteger[][] bases;
    private final BigInteger[] nets;

    private Arithmetic(Currency currency, List<Charge> charges, Function<String, RoundingPolicy> rounding) {
        this.currency = currency;
        this.charges = charges;
        this.rounding = rounding;
        this.taxes = new BigInteger[charges.size()][];
        this.bases = new BigInteger[charges.size()][];
        this.nets = new BigInteger[charges.size()];
        for (int i = 0; i < charges.size(); i++) {
            int count = charges.get(i).treatment().components().size();
            taxes[i] = new BigInteger[count];
            bases[i] = new BigInteger[count];
        }
    }

    static Result compute(
            DocumentKind kind, Currency currency, List<Charge> charges, Function<String, RoundingPolicy> rounding) {
        Arithmetic arithmetic = new Arithmetic(currency, charges, rounding);
        arithmetic.taxNetLines();
        arithmetic.taxGrossLines();
        arithmetic.basesOfAll();
        return arithmetic.result(kind);
    }

    private RoundingPolicy policy(Levy levy) {
        return rounding.apply(levy.jurisdiction());
    }

    private void taxNetLines() {
        Shared<Component, Bucket> shared = new Shared<>(component -> component, Bucket::new);
        List<Bucket> buckets = new ArrayList<>();
        for (int i = 0; i < charges.size(); i++) {
            Charge charge = charges.get(i);
            if (charge.kind() == AmountKind.NET) {
                nets[i] = charge.amount().minorUnits();
                List<Bucket> ofRate = shared.of(charge.treatment());
                for (int k = 0; k < ofRate.size(); k++) {
                    Component component = ofRate.get(k).component();
                    if (policy(component.levy()).level() == Level.PER_LINE) {
                        Bucket ofLine = new Bucket(component);
                        ofLine.add(i, k);
                        buckets.add(ofLine);
                    } else {
                        ofRate.get(k).add(i, k);
                    }
                }
            }
        }
        buckets.addAll(shared.all());
        for (Bucket bucket : buckets) {
            int scale = bucket.component().effective().scale();
            bucket.exact(
                    BigInteger.TEN.pow(scale),
                    line -> nets[line].multiply(bucket.component().effective().unscaledValue()));
        }
        BigInteger[] totals = rounded(buckets);
        for (int k = 0; k < totals.length; k++) {
            buckets.get(k).spread(totals[k], taxes);
        }
    }

    /** Each bucket's tax, rounded by itself or together with those of its state. */
    private BigInteger[] rounded(List<Bucket> buckets) {
        BigInteger[] totals = new BigInteger[buckets.size()];
        Map<String, List<Integer>> together = new LinkedHashMap<>();
        for (int k = 0; k < totals.length; k++) {
            Levy levy = buckets.get(k).component().levy();
            if (policy(levy).level() == Level.COMBINED && !levy.isWithheld()) {
                String state = Jurisdictions.state(levy.jurisdiction());
                together.computeIfAbsent(state, absent -> new ArrayList<>()).add(k);
            } else {
                totals[k] = buckets.get(k).rounded(policy(levy).mode());
            }
        }
        for (List<Integer> alike : together.values()) {
            List<Bucket> ofState = alike.stream().map(buckets::get).toList();
            BigInteger[] parts = Bucket.roundedTogether(
                    ofState, policy(ofState.get(0).component().levy()).mode());
            for (int j = 0; j < parts.length; j++) {
                totals[alike.get(j)] = parts[j];
            }
        }
        return totals;
    }

    private void taxGrossLines() {
        Map<Object, List<Integer>> alike = new LinkedHashMap<>();
        for (int i = 0; i < charges.size(); i++) {
            Charge charge = charges.get(i);
            if (charge.kind() == AmountKind.GROSS) {
                boolean perLine =
                        policy(charge.treatment().components().get(0).levy()).level() == Level.PER_LINE;
                alike.computeIfAbsent(perLine ? i : charge.treatment(), absent -> new ArrayList<>())
                        .add(i);
            }
        }
        alike.values().forEach(this::taxGross);
    }

    /** Lines of one treatment: their gross holds 1 + Σ e, of which each component is e. */
    private void taxGross(List<Integer> lines) {
        Treatment treatment = charges.get(lines.get(0)).treatment();
        BigInteger inside = treatment.scaled(treatment.inside());
        List<Bucket> buckets = new ArrayList<>();
        BigInteger gross = BigInteger.ZERO;
        for (int k = 0; k < treatment.components().size(); k++) {
            Component component = treatment.components().get(k);
            Bucket bucket = new Bucket(component);
            BigInteger effective = treatment.scaled(component.effective());
            for (int line : lines) {
                bucket.add(line, k);
            }
            bucket.exact(inside, line -> charges.get(line).amount().minorUnits().multiply(effective));
            buckets.add(bucket);
        }
        for (int line : lines) {
            gross = gross.add(charges.get(line).amount().minorUnits());
        }
        BigInteger[] totals = totals(buckets, gross, treatment, inside);
        for (int k = 0; k < totals.length; k++) {
            buckets.get(k).spread(totals[k], taxes);
        }
        for (int line : lines) {
            nets[line] = charges.get(line).amount().minorUnits().subtract(charged(line));
        }
    }

    private BigInteger[] totals(List<Bucket> buckets, BigInteger gross, Treatment treatment, BigInteger inside) {
        RoundingPolicy first = policy(buckets.get(0).component().levy());
        BigInteger[] totals = rounded(buckets);
        if (first.inclusive() == Inclusive.NET_FIRST) {
            BigInteger net = Shares.round(gross.multiply(BigInteger.TEN.pow(treatment.scale())), inside, first.mode());
            List<Integer> charged = new ArrayList<>();
            for (int k = 0; k < totals.length; k++) {
                if (!buckets.get(k).component().levy().isWithheld()) {
                    charged.add(k);
                }
            }
            BigInteger[] exact = charged.stream().map(k -> buckets.get(k).sum()).toArray(BigInteger[]::new);
            BigInteger[] rest = Shares.allocate(gross.subtract(net), exact, inside);
            for (int j = 0; j < rest.length; j++) {
                totals[charged.get(j)] = rest[j];
            }
        }
        return totals;
    }

    /** What of a line's components is on top of its net, or inside its gross. */
    private BigInteger charged(int line) {
        BigInteger sum = BigInteger.ZERO;
        List<Component> components = charges.get(line).treatment().components();
        for (int k = 0; k < components.size(); k++) {
            sum = components.get(k).levy().isWithheld() ? sum : sum.add(taxes[line][k]);
        }
        return sum;
    }

    private void basesOfAll() {
        Shared<Component, Bucket> shared = new Shared<>(component -> component, Bucket::new);
        for (int i = 0; i < charges.size(); i++) {
            List<Bucket> buckets = shared.of(charges.get(i).treatment());
            for (int k = 0; k < buckets.size(); k++) {
                buckets.get(k).add(i, k);
            }
        }
        for (Bucket bucket : shared.all()) {
            int scale = bucket.component().basis().scale();
            BigInteger basis = bucket.component().basis().unscaledValue();
            bucket.exact(BigInteger.TEN.pow(scale), line -> nets[line].multiply(basis));
            bucket.spread(bucket.rounded(RoundingMode.HALF_UP), bases);
        }
    }

    private Money money(BigInteger minor) {
        return Money.ofMinor(minor, currency);
    }

    private Result result(DocumentKind kind) {
        Shared<Levy, BigInteger[]> sums =
                new Shared<>(Component::levy, component -> new BigInteger[] {BigInteger.ZERO, BigInteger.ZERO});
        List<TaxedLine> lines = new ArrayList<>(charges.size());
        BigInteger net = BigInteger.ZERO;
        BigInteger tax = BigInteger.ZERO;
        BigInteger withheld = BigInteger.ZERO;
        for (int i = 0; i < charges.size(); i++) {
            List<Component> components = charges.get(i).treatment().components();
            List<BigInteger[]> sumsOfLine = sums.of(charges.get(i).treatment());
            List<LineTax> own = new ArrayList<>(components.size());
            for (int k = 0; k < components.size(); k++) {
                Levy levy = components.get(k).levy();
                own.add(new LineTax(
                        levy.jurisdiction(),
                        levy.type(),
                        levy.ratePercent(),
                        money(bases[i][k]),
                        money(taxes[i][k]),
                        levy.reason(),
                        levy.category()));
                BigInteger[] sum = sumsOfLine.get(k);
                sum[0] = sum[0].add(bases[i][k]);
                sum[1] = sum[1].add(taxes[i][k]);
                withheld = levy.isWithheld() ? withheld.add(taxes[i][k]) : withheld;
            }
            BigInteger charged = charged(i);
            net = net.add(nets[i]);
            tax = tax.add(charged);
            lines.add(new TaxedLine(
                    charges.get(i).id(), money(nets[i]), money(charged), money(nets[i].add(charged)), own));
        }
        Money gross = money(net.add(tax));
        if (kind == DocumentKind.INVOICE && gross.signum() < 0) {
            throw new InvalidRequestException(
                    "An invoice can't have a negative total; this one's is " + gross + ". Make it a credit note.");
        }
        Totals totals = new Totals(money(net), money(tax), gross, money(withheld), gross.minus(money(withheld)), null);
        return new Result(lines, groups(sums.byKey()), totals);
    }

    private List<TaxGroup> groups(Map<Levy, BigInteger[]> sums) {
        List<TaxGroup> groups = new ArrayList<>(sums.size());
        sums.forEach((levy, sum) -> {
            groups.add(new TaxGroup(
                    levy.jurisdiction(),
                    levy.type(),
                    levy.ratePercent(),
                    money(sum[0]),
                    money(sum[1]),
                    levy.reason(),
                    levy.category(),
                    levy.vatexCode(),
                    levy.legalNote()));
        });
        groups.sort(Comparator.comparing(TaxGroup::jurisdiction)
                .thenComparing(TaxGroup::type)
                .thenComparing(TaxGroup::ratePercent, Comparator.nullsLast(Comparator.naturalOrder())));
        return groups;
    }
}
