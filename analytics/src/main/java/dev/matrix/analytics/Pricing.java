package dev.matrix.analytics;

import dev.matrix.analytics.MrrPolicy.Commitments;
import dev.matrix.core.event.payload.Discount;
import dev.matrix.core.event.payload.SubscriptionItem;
import dev.matrix.core.event.payload.SubscriptionState;
import dev.matrix.core.money.Money;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a subscription's items are worth a month at an instant, in parts of minor units: price × quantity × the interval's factor,
 * less the discounts that count, first the item's, then the subscription's. Percentages multiply. An amount counts once per
 * interval of its item, a subscription's once per interval of its first item that isn't metered, and is spread over the items by
 * their values; nothing goes below zero. Each item is rounded once, half to even, to a part.
 */
record Pricing(MrrPolicy policy, Segmenting segmenting) {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final BigInteger TOO_LARGE = BigInteger.TEN.pow(30);

    private static final class Priced {
        private final SubscriptionItem item;
        private Fraction minor;

        private Priced(SubscriptionItem item, Fraction minor) {
            this.item = item;
            this.minor = minor;
        }
    }

    /** @throws Rejection for amounts beyond what is stored, or a discount in a currency that no item has */
    Map<Slice, BigInteger> parts(Terms terms, Instant at) {
        SubscriptionState state = terms.state();
        List<Priced> items = new ArrayList<>();
        for (SubscriptionItem item : state.items()) {
            Fraction full = full(item);
            if (full != null) {
                items.add(new Priced(item, itemDiscounts(item, full, at)));
            }
        }
        for (Discount discount : state.discounts()) {
            if (counts(discount, at)) {
                discountAll(items, discount);
            }
        }
        Map<Slice, BigInteger> parts = new TreeMap<>();
        for (Priced priced : items) {
            BigInteger exact = priced.minor.times(Fraction.of(Mrr.PARTS)).nearest();
            if (exact.compareTo(TOO_LARGE) >= 0) {
                throw new Rejection(Rejection.TOO_LARGE);
            }
            if (exact.signum() > 0) {
                parts.merge(segmenting.slice(terms, priced.item), exact, BigInteger::add);
            }
        }
        return parts;
    }

    /** In minor units a month; null for an item that isn't in MRR. */
    private @Nullable Fraction full(SubscriptionItem item) {
        Money price = item.price();
        long quantity = item.quantity();
        if (item.metered()) {
            if (policy.commitments() == Commitments.EXCLUDED || item.committedMinimum() == null) {
                return null;
            }
            price = item.committedMinimum();
            quantity = 1;
        }
        if (price.amount().signum() < 0) {
            throw new Rejection(Rejection.OUT_OF_RANGE);
        }
        return minor(price).times(Fraction.of(quantity)).times(Mrr.factor(item.interval()));
    }

    private static Fraction minor(Money money) {
        return Fraction.of(money.amount().movePointRight(money.currency().scale()));
    }

    private Fraction itemDiscounts(SubscriptionItem item, Fraction full, Instant at) {
        Fraction left = full;
        for (Discount discount : item.discounts()) {
            if (!counts(discount, at)) {
                continue;
            }
            Money amount = discount.amount();
            if (amount == null) {
                left = left.times(remaining(discount));
            } else if (amount.currency().equals(item.price().currency())) {
                left = notBelowZero(left.minus(minor(amount).times(Mrr.factor(item.interval()))));
            } else {
                throw new Rejection(Rejection.UNLIKE_CURRENCIES);
            }
        }
        return left;
    }

    private static void discountAll(List<Priced> items, Discount discount) {
        Money amount = discount.amount();
        if (amount == null) {
            items.forEach(priced -> priced.minor = priced.minor.times(remaining(discount)));
            return;
        }
        List<Priced> alike = items.stream()
                .filter(priced -> priced.item.price().currency().equals(amount.currency()))
                .toList();
        if (alike.isEmpty() && !items.isEmpty()) {
            throw new Rejection(Rejection.UNLIKE_CURRENCIES);
        }
        Fraction total = alike.stream().map(priced -> priced.minor).reduce(Fraction.ZERO, Fraction::plus);
        if (total.signum() == 0) {
            return;
        }
        SubscriptionItem first = items.stream()
                .map(priced -> priced.item)
                .filter(item -> !item.metered())
                .findFirst()
                .orElse(items.get(0).item);
        Fraction off = minor(amount).times(Mrr.factor(first.interval())).dividedBy(total);
        Fraction left = notBelowZero(Fraction.of(1).minus(off));
        alike.forEach(priced -> priced.minor = priced.minor.times(left));
    }

    private static Fraction remaining(Discount discount) {
        BigDecimal percent = discount.percent() == null ? BigDecimal.ZERO : discount.percent();
        return Fraction.of(HUNDRED.subtract(percent).movePointLeft(2));
    }

    private static Fraction notBelowZero(Fraction value) {
        return value.signum() < 0 ? Fraction.ZERO : value;
    }

    private boolean counts(Discount discount, Instant at) {
        Instant endsAt = discount.endsAt();
        boolean counted = switch (policy.discounts()) {
            case FOREVER_ONLY -> discount.term() == Discount.Term.FOREVER;
            case RUNNING -> discount.term() != Discount.Term.ONCE;
            case ALL -> true;
        };
        return counted && (endsAt == null || at.isBefore(endsAt));
    }
}
