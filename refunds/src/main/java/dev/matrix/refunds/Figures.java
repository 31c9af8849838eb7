package dev.matrix.refunds;

import dev.matrix.core.money.Money;
import dev.matrix.refunds.RefundQuote.QuotedLeg;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a payment's captures, lines and tax still have to give, from its balances and its legs. Pure: the caller holds the
 * payment's lock where the figures must stay true.
 */
final class Figures {

    private final RefundablePayment payment;
    private final List<Leg> legs;

    Figures(RefundablePayment payment, List<Leg> legs) {
        this.payment = payment;
        this.legs = legs.stream().filter(leg -> leg.status().isLive()).toList();
    }

    private Money zero() {
        return Money.zero(payment.captured().currency());
    }

    /** What no leg has taken of a capture. */
    Money left(Capture capture) {
        return ofCapture(capture.id()).map(Leg::amount).reduce(capture.amount(), Money::minus);
    }

    /** The live legs of a capture. */
    Stream<Leg> ofCapture(String captureId) {
        return legs.stream().filter(leg -> leg.row().captureId().equals(captureId));
    }

    int liveLegs() {
        return legs.size();
    }

    /** What live prorated refunds have taken. */
    Money prorated() {
        return legs.stream()
                .filter(leg -> leg.document().prorated())
                .map(Leg::amount)
                .reduce(zero(), Money::plus);
    }

    private LineShare taken(String lineId) {
        return legs.stream()
                .flatMap(leg -> leg.document().lines().stream())
                .filter(share -> share.lineId().equals(lineId))
                .reduce(
                        new LineShare(lineId, zero(), zero()),
                        (one, two) -> new LineShare(
                                lineId,
                                one.amount().plus(two.amount()),
                                one.tax().plus(two.tax())));
    }

    /** What is left of a line. */
    Money left(PaymentLine line) {
        return line.amount().minus(taken(line.id()).amount());
    }

    /** The tax of a part: what cumulative rounding gives, and the rest where nothing is left after it. */
    Money tax(Money part) {
        Money before = payment.refunded().plus(payment.reserved());
        Money rest = payment.tax().minus(payment.taxAllocated());
        return share(payment.tax(), payment.captured(), before, part, payment.taxAllocated(), rest);
    }

    private static Money share(Money tax, Money whole, Money before, Money part, Money allocated, Money rest) {
        Money after = before.plus(part);
        if (after.compareTo(whole) >= 0) {
            return rest.max(Money.zero(tax.currency())).min(part);
        }
        BigDecimal exact = tax.amount()
                .multiply(after.amount())
                .divide(whole.amount(), tax.currency().scale(), RoundingMode.HALF_UP);
        Money due = Money.of(exact, tax.currency()).minus(allocated);
        return due.max(Money.zero(tax.currency())).min(rest).min(part);
    }

    /** The shares of lines with the tax of each, within what the payment's tax has left. */
    List<LineShare> shares(Map<String, Money> amounts) {
        List<LineShare> shares = new ArrayList<>();
        Money rest = payment.tax().minus(payment.taxAllocated());
        for (PaymentLine line : payment.lines()) {
            Money part = amounts.get(line.id());
            if (part != null && part.signum() > 0) {
                LineShare taken = taken(line.id());
                Money left = line.tax().minus(taken.tax()).min(rest);
                Money tax = share(line.tax(), line.amount(), taken.amount(), part, taken.tax(), left);
                rest = rest.minus(tax);
                shares.add(new LineShare(line.id(), part, tax));
            }
        }
        return shares;
    }

    /** Takes an amount with its tax from captures, oldest first; each leg gets its cumulative part of the tax. */
    List<QuotedLeg> split(Money amount, Money tax, String provider, @Nullable String captureId) {
        List<QuotedLeg> parts = new ArrayList<>();
        Money open = amount;
        Money taxed = zero();
        List<Capture> oldestFirst = payment.captures().stream()
                .filter(capture -> captureId == null || capture.id().equals(captureId))
                .sorted(Comparator.comparing(Capture::capturedAt).thenComparing(Capture::id))
                .toList();
        for (Capture capture : oldestFirst) {
            Money part = left(capture).min(open);
            if (part.signum() > 0) {
                open = open.minus(part);
                Money done = amount.minus(open);
                Money until = open.isZero()
                        ? tax
                        : Money.of(
                                tax.amount()
                                        .multiply(done.amount())
                                        .divide(amount.amount(), tax.currency().scale(), RoundingMode.HALF_UP),
                                tax.currency());
                parts.add(new QuotedLeg(capture.id(), provider, part, until.minus(taxed)));
                taxed = until;
            }
        }
        return open.isZero() ? parts : List.of();
    }

    /** Hands shares of lines out to legs, so that each leg's lines sum to its amount; the tax of legs follows. */
    static List<List<LineShare>> byLeg(List<LineShare> shares, List<QuotedLeg> legs) {
        List<List<LineShare>> all = new ArrayList<>();
        int next = 0;
        Money given = shares.get(0).amount().minus(shares.get(0).amount());
        Money taxGiven = given;
        for (QuotedLeg leg : legs) {
            List<LineShare> own = new ArrayList<>();
            Money open = leg.amount();
            while (open.signum() > 0) {
                LineShare share = shares.get(next);
                Money part = share.amount().minus(given).min(open);
                given = given.plus(part);
                open = open.minus(part);
                boolean ended = given.equals(share.amount());
                Money until = ended
                        ? share.tax()
                        : Money.of(
                                share.tax()
                                        .amount()
                                        .multiply(given.amount())
                                        .divide(
                                                share.amount().amount(),
                                                share.tax().currency().scale(),
                                                RoundingMode.HALF_UP),
                                share.tax().currency());
                own.add(new LineShare(share.lineId(), part, until.minus(taxGiven)));
                taxGiven = until;
                if (ended) {
                    next++;
                    given = Money.zero(part.currency());
                    taxGiven = given;
                }
            }
            all.add(own);
        }
        return all;
    }
}
