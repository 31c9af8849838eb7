package dev.matrix.sla;

import dev.matrix.core.money.Currency;
import dev.matrix.core.money.Money;
import dev.matrix.sla.spi.ServiceCharge;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a period gives back, by its segments' verdicts and charges. Pure; rounds once per currency, half-even. */
final class CreditRules {

    private static final int PERCENT_DECIMALS = 4;

    private CreditRules() {}

    /** A segment with the percentages of its missed objectives, combined and capped. */
    private record Due(Segment segment, BigDecimal percent, List<CreditLine.Reason> reasons) {}

    /**
     * One line per currency that was charged, in the order of the codes.
     *
     * @param charges those that overlap the period
     */
    static List<CreditLine> lines(List<Segment> segments, JudgedSpan judged, List<ServiceCharge> charges) {
        List<Due> dues = segments.stream().map(segment -> due(segment, judged)).toList();
        TreeMap<String, List<ServiceCharge>> byCurrency = new TreeMap<>();
        charges.forEach(charge -> byCurrency
                .computeIfAbsent(charge.net().currency().code(), any -> new ArrayList<>())
                .add(charge));
        return byCurrency.values().stream().map(each -> line(dues, each)).toList();
    }

    private static Due due(Segment segment, JudgedSpan judged) {
        Sums sums = judged.sums(segment.from(), segment.to());
        CreditPolicy policy = segment.definition().credits();
        List<CreditLine.Reason> reasons = new ArrayList<>();
        for (Objective objective : segment.definition().objectives()) {
            if (Verdict.last(objective, segment.definition(), sums) == ComplianceState.BREACHED) {
                policy.schedules().stream()
                        .filter(schedule -> schedule.objective() == objective.kind())
                        .map(schedule -> schedule.percent(sums.tally(objective)))
                        .filter(percent -> percent.signum() > 0)
                        .forEach(percent -> reasons.add(new CreditLine.Reason(objective.kind(), percent)));
            }
        }
        BigDecimal percent = reasons.stream()
                .map(CreditLine.Reason::percent)
                .reduce(policy.combine() == Combine.MAX ? BigDecimal::max : BigDecimal::add)
                .orElse(BigDecimal.ZERO);
        return new Due(segment, percent.min(policy.capPercent()), reasons);
    }

    private static CreditLine line(List<Due> dues, List<ServiceCharge> charges) {
        Currency currency = charges.get(0).net().currency();
        BigDecimal base = BigDecimal.ZERO;
        BigDecimal due = BigDecimal.ZERO;
        BigDecimal left = BigDecimal.ZERO;
        BigDecimal tax = BigDecimal.ZERO;
        List<CreditLine.Reason> reasons = new ArrayList<>();
        for (Due each : dues) {
            BigDecimal own = BigDecimal.ZERO;
            for (ServiceCharge charge : charges) {
                own = own.add(share(each.segment(), charge, charge.net()));
                left = left.add(share(each.segment(), charge, charge.net().minus(charge.refundedNet())));
                tax = tax.add(share(each.segment(), charge, charge.tax()));
            }
            base = base.add(own);
            due = due.add(own.multiply(each.percent()).divide(Requirements.HUNDRED, MathContext.DECIMAL128));
            reasons.addAll(each.reasons());
        }
        Money amount = Money.ofRounded(due.max(BigDecimal.ZERO), currency, RoundingMode.HALF_EVEN);
        Money most = Money.ofRounded(left.max(BigDecimal.ZERO), currency, RoundingMode.DOWN);
        Money given = amount.min(most);
        @Nullable String capped = given.equals(amount) ? null : "No more than what was charged and not refunded.";
        return new CreditLine(
                Money.ofRounded(base, currency, RoundingMode.HALF_EVEN),
                base.signum() <= 0
                        ? BigDecimal.ZERO
                        : due.multiply(Requirements.HUNDRED).divide(base, PERCENT_DECIMALS, RoundingMode.HALF_EVEN),
                given,
                taxOn(given, tax, base),
                amount.minus(given),
                reasons,
                capped);
    }

    private static Money taxOn(Money given, BigDecimal tax, BigDecimal base) {
        return base.signum() == 0
                ? Money.zero(given.currency())
                : Money.ofRounded(
                        given.amount().multiply(tax).divide(base, MathContext.DECIMAL128),
                        given.currency(),
                        RoundingMode.HALF_EVEN);
    }

    /** The part of an amount that a segment's minutes have of the charge's. */
    private static BigDecimal share(Segment segment, ServiceCharge charge, Money amount) {
        long from = Counting.minute(charge.from());
        long whole = Duration.between(charge.from(), charge.to()).toMinutes();
        long common = Math.min(segment.to(), from + whole) - Math.max(segment.from(), from);
        return common <= 0 || whole == 0
                ? BigDecimal.ZERO
                : amount.amount()
                        .multiply(BigDecimal.valueOf(common))
                        .divide(BigDecimal.valueOf(whole), MathContext.DECIMAL128);
    }

    /** A line of which a cap on 12 months leaves less. */
    static CreditLine cut(CreditLine line, Money most) {
        Money given = line.amount().min(most.max(Money.zero(most.currency())));
        if (given.equals(line.amount())) {
            return line;
        }
        return new CreditLine(
                line.base(),
                line.percent(),
                given,
                line.amount().isZero()
                        ? line.tax()
                        : line.tax()
                                .times(given.amount(), RoundingMode.HALF_EVEN)
                                .dividedBy(line.amount().amount(), RoundingMode.HALF_EVEN),
                line.cut().plus(line.amount().minus(given)),
                line.reasons(),
                "The yearly cap leaves " + given + ".");
    }
}
