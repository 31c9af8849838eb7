package dev.matrix.analytics.cost.spi;

import dev.matrix.analytics.Window;
import dev.matrix.analytics.cost.BilledSubscription;
import dev.matrix.analytics.cost.Machine;
import dev.matrix.analytics.cost.Plan;
import dev.matrix.analytics.cost.Profile;
import dev.matrix.core.Owner;
import dev.matrix.core.money.Currency;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a rule looks at: one owner at one instant, with the advice that comes before this rule's already followed.
 *
 * @param now the instant whose facts these are
 * @param subscriptions that can be rated
 * @param machines that have a price
 * @param plans that the owner may see, in the analysis's currency
 * @param typesByRegion the types of machines, where there are any
 */
public record CostContext(
        Owner owner,
        Window window,
        Instant now,
        Profile profile,
        Currency currency,
        List<BilledSubscription> subscriptions,
        List<Machine> machines,
        List<Plan> plans,
        Map<String, List<ResourceType>> typesByRegion) {

    public CostContext {
        subscriptions = List.copyOf(subscriptions);
        machines = List.copyOf(machines);
        plans = List.copyOf(plans);
        typesByRegion = Map.copyOf(typesByRegion);
    }

    /** The types of machines of a region, in the analysis's currency. */
    public List<ResourceType> types(String region) {
        return typesByRegion.getOrDefault(region, List.of());
    }
}
