package dev.matrix.analytics.cost.spi;

import dev.matrix.analytics.cost.Plan;
import dev.matrix.core.Owner;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The plans that there are. Asked by several threads, inside transactions too: it answers from memory and keeps no state. */
public interface PlanCatalog {

    /** The plans that this owner may see then, at most 50: public ones, its own private ones, and closed ones that it has. */
    List<Plan> plans(Owner owner, Instant at);

    /** The terms of a subscription then, where they aren't those of its events; empty by default. */
    default Optional<Assignment> assignment(Owner owner, String subscriptionId, Instant at) {
        return Optional.empty();
    }

    /** A catalogue of public plans. */
    static PlanCatalog of(List<Plan> plans) {
        List<Plan> all = List.copyOf(plans);
        return (owner, at) -> all;
    }
}
