package dev.matrix.core.event.payload;

import dev.matrix.core.money.Money;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One priced thing of a subscription.
 *
 * @param price of one unit in one interval, net of tax
 * @param metered whether use decides the bill rather than price and quantity
 * @param committedMinimum what a metered item costs in one interval at least
 * @param discounts of this item; the subscription's own follow them
 */
public record SubscriptionItem(
        String id,
        String plan,
        @Nullable String product,
        Money price,
        BillingInterval interval,
        long quantity,
        boolean metered,
        @Nullable Money committedMinimum,
        List<Discount> discounts) {

    public SubscriptionItem {
        Checks.text(id, "SubscriptionItem.id");
        Checks.text(plan, "SubscriptionItem.plan");
        Checks.atLeast(0, quantity, "SubscriptionItem.quantity");
        discounts = List.copyOf(discounts);
    }

    /** A licensed item of one plan, without discounts. */
    public static SubscriptionItem of(String id, String plan, Money price, BillingInterval interval, long quantity) {
        return new SubscriptionItem(id, plan, null, price, interval, quantity, false, null, List.of());
    }
}
