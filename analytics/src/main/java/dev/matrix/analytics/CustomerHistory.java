package dev.matrix.analytics;

import dev.matrix.analytics.spi.Fact;
import dev.matrix.analytics.spi.FactKind;
import dev.matrix.core.Owner;
import dev.matrix.core.spi.Tx;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What single customers did, as analytics has counted it so far: for code that advises or rates. Every method reads in the caller's
 * transaction, and sees what has committed by then. Thread-safe.
 */
public interface CustomerHistory {

    /**
     * Customers by number, each once.
     *
     * @param after numbers up to this one are left out; 0: from the first
     * @param limit at most how many
     * @return by number; fewer than the limit at the end
     */
    Map<Integer, Owner> customers(Tx tx, int after, int limit);

    /**
     * All versions of a customer's subscriptions, by subscription, then in the order in which they hold. Empty for an unknown
     * customer.
     */
    List<SubscriptionVersion> subscriptions(Tx tx, Owner customer);

    /**
     * A customer's facts of some kinds within a window, by kind and then by key; none for an unknown customer. A use is booked at
     * its period's start; what corrects it is a fact of its own, whose {@code refId} is the corrected event's id.
     */
    void facts(Tx tx, Owner customer, Set<FactKind> kinds, Window window, Consumer<Fact> sink);

    /** What the numbers of meters, kinds of resources, partners and waste in facts stand for. */
    Map<Integer, String> names(Tx tx, Collection<Integer> numbers);

    /** The number of a customer in facts; null for an unknown one. */
    @Nullable
    Integer number(Tx tx, Owner customer);
}
