package dev.matrix.analytics;

import dev.matrix.analytics.spi.Fact;
import dev.matrix.analytics.spi.FactFilter;
import dev.matrix.analytics.spi.FactKey;
import dev.matrix.analytics.spi.FactKind;
import dev.matrix.core.Owner;
import dev.matrix.core.spi.Tx;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** {@link CustomerHistory} over stores. */
record StoredHistory(AnalyticsStores stores, Versions versions) implements CustomerHistory {

    private static final int AT_ONCE = 5_000;
    private static final Comparator<SubscriptionVersion> ORDER = Comparator.comparing(
                    (SubscriptionVersion version) -> version.terms().subscription())
            .thenComparing(SubscriptionVersion.ORDER);

    @Override
    public Map<Integer, Owner> customers(Tx tx, int after, int limit) {
        return stores.directory().customersAfter(tx, after, limit);
    }

    @Override
    public List<SubscriptionVersion> subscriptions(Tx tx, Owner customer) {
        Integer number = number(tx, customer);
        return number == null
                ? List.of()
                : stores.timelines().versions(tx, List.of(number)).stream()
                        .map(versions::read)
                        .sorted(ORDER)
                        .toList();
    }

    @Override
    public void facts(Tx tx, Owner customer, Set<FactKind> kinds, Window window, Consumer<Fact> sink) {
        Integer number = number(tx, customer);
        if (number == null) {
            return;
        }
        FactFilter filter = FactFilter.of(kinds, window.from(), window.to()).ofCustomer(number);
        FactKey after = null;
        while (true) {
            List<Fact> page = stores.facts().scan(tx, filter, after, AT_ONCE);
            page.forEach(sink);
            if (page.size() < AT_ONCE) {
                return;
            }
            after = page.get(page.size() - 1).key();
        }
    }

    @Override
    public Map<Integer, String> names(Tx tx, Collection<Integer> numbers) {
        return stores.directory().names(tx, numbers);
    }

    @Override
    public @Nullable Integer number(Tx tx, Owner customer) {
        return stores.directory().customers(tx, List.of(customer)).get(customer);
    }
}
