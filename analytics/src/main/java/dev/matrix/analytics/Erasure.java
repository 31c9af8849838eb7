package dev.matrix.analytics;

import dev.matrix.analytics.spi.VersionRow;
import dev.matrix.core.Ids;
import dev.matrix.core.Owner;
import dev.matrix.core.event.payload.SubscriptionItem;
import dev.matrix.core.event.payload.SubscriptionState;
import dev.matrix.core.spi.Tx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeSet;

/** Makes customers unknown, while what they did still counts. */
record Erasure(AnalyticsStores stores, Versions versions, Ids ids) {

    private static final int AT_ONCE = 5_000;

    /** Whether the customer was known. */
    boolean erase(Tx tx, Owner customer) {
        stores.charts().deleteOwned(tx, customer);
        Integer known = stores.directory().customers(tx, List.of(customer)).get(customer);
        if (known == null) {
            return false;
        }
        stores.timelines().lockCustomers(tx, new TreeSet<>(List.of(known)));
        // Whoever erased it meanwhile has given its number away.
        OptionalInt number = stores.directory().rename(tx, customer, new Owner(customer.type(), ids.next("erased")));
        if (number.isEmpty()) {
            return false;
        }
        stores.timelines().replaceTerms(tx, unnamed(stores.timelines().versions(tx, List.of(number.getAsInt()))));
        while (stores.facts().clearReferences(tx, number.getAsInt(), AT_ONCE) == AT_ONCE) {
            // The next ones.
        }
        return true;
    }

    /** The ids of subscriptions and their items become numbers; which version is of which stays. */
    private List<VersionRow> unnamed(List<VersionRow> rows) {
        Map<String, String> subscriptions = new HashMap<>();
        List<VersionRow> unnamed = new ArrayList<>();
        for (VersionRow row : rows) {
            SubscriptionVersion version = versions.read(row);
            Terms terms = version.terms();
            String subscription = subscriptions.computeIfAbsent(
                    terms.subscription(), id -> Integer.toString(subscriptions.size() + 1));
            Terms without = new Terms(
                    subscription, unnamed(terms.state()), terms.cancelledAt(), terms.endsAt(), terms.partner());
            unnamed.add(versions.row(
                    new SubscriptionVersion(version.eventId(), version.customer(), version.recordedAt(), without)));
        }
        return unnamed;
    }

    private static SubscriptionState unnamed(SubscriptionState state) {
        List<SubscriptionItem> items = new ArrayList<>();
        for (SubscriptionItem item : state.items()) {
            items.add(new SubscriptionItem(
                    Integer.toString(items.size() + 1),
                    item.plan(),
                    item.product(),
                    item.price(),
                    item.interval(),
                    item.quantity(),
                    item.metered(),
                    item.committedMinimum(),
                    item.discounts()));
        }
        return new SubscriptionState(
                state.status(),
                state.tier(),
                items,
                state.discounts(),
                state.period(),
                state.trialEndsAt(),
                state.cancelAt(),
                state.endedAt(),
                state.effectiveAt(),
                state.sequence());
    }
}
