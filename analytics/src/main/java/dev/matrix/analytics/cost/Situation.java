package dev.matrix.analytics.cost;

import dev.matrix.analytics.cost.spi.ResourceType;
import dev.matrix.core.money.Currency;
import dev.matrix.core.money.Money;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What an owner pays for, so that it can be replayed with actions applied. Immutable.
 *
 * @param plans of the catalogue, by id
 * @param types of machines, by region
 */
record Situation(
        Currency currency,
        List<BilledSubscription> subscriptions,
        List<Machine> machines,
        Map<String, Plan> plans,
        Map<String, List<ResourceType>> types) {

    Situation {
        subscriptions = List.copyOf(subscriptions);
        machines = List.copyOf(machines);
        plans = Map.copyOf(plans);
        types = Map.copyOf(types);
    }

    Money monthlyCost() {
        return Stream.concat(
                        subscriptions.stream().map(BilledSubscription::monthlyCost),
                        machines.stream().map(Machine::monthlyCost))
                .collect(Money.summing(currency));
    }

    Money total() {
        return Stream.concat(
                        subscriptions.stream().map(BilledSubscription::total),
                        machines.stream().map(Machine::cost))
                .collect(Money.summing(currency));
    }

    Optional<BilledSubscription> subscription(String id) {
        return subscriptions.stream().filter(each -> each.id().equals(id)).findFirst();
    }

    Optional<Machine> machine(String id) {
        return machines.stream().filter(each -> each.id().equals(id)).findFirst();
    }

    /** What a subscription or a machine costs a month; empty for what is neither. */
    Optional<Money> monthlyCost(String subject) {
        return subscription(subject)
                .map(BilledSubscription::monthlyCost)
                .or(() -> machine(subject).map(Machine::monthlyCost));
    }

    /** The situation after an action; empty for an action on what it doesn't hold, or to what the catalogue doesn't have. */
    Optional<Situation> with(Action action) {
        if (action instanceof Action.ChangePlan change) {
            return on(change.subscriptionId(), List.of(change.toPlan()));
        }
        if (action instanceof Action.PrepayYearly prepay) {
            return on(prepay.subscriptionId(), List.of(prepay.toPlan()));
        }
        if (action instanceof Action.SwitchMonthly each) {
            return on(each.subscriptionId(), each.plans());
        }
        if (action instanceof Action.ReduceUsage reduce) {
            return change(
                    reduce.subscriptionId(),
                    each -> each.without(reduce.meter(), reduce.causes().keySet()));
        }
        if (action instanceof Action.Stop stop) {
            return machine(stop.resourceId(), each -> Optional.of(each.stop()));
        }
        if (action instanceof Action.Schedule off) {
            return machine(
                    off.resourceId(),
                    each -> Optional.of(each.offFor(off.offHours().size())));
        }
        if (action instanceof Action.Resize resize) {
            return machine(resize.resourceId(), each -> as(each, resize.toType()));
        }
        if (action instanceof Action.MoveFamily move) {
            return machine(move.resourceId(), each -> as(each, move.toType()));
        }
        if (action instanceof Action.DeleteUnused delete) {
            return machine(delete.resourceId(), each -> Optional.of(each.deleted()));
        }
        return Optional.empty();
    }

    private Optional<Machine> as(Machine machine, String type) {
        return types.getOrDefault(machine.region(), List.of()).stream()
                .filter(each -> each.id().equals(type))
                .findFirst()
                .map(machine::as);
    }

    private Optional<Situation> machine(String id, Function<Machine, Optional<Machine>> change) {
        return machine(id)
                .flatMap(change)
                .map(changed -> new Situation(
                        currency,
                        subscriptions,
                        machines.stream()
                                .map(each -> each.id().equals(id) ? changed : each)
                                .toList(),
                        plans,
                        types));
    }

    private Optional<Situation> on(String subscription, List<String> ids) {
        return plans.keySet().containsAll(ids)
                ? change(
                        subscription,
                        each -> each.on(ids.stream().map(plans::get).toList()))
                : Optional.empty();
    }

    /** The situation after a saving that a host's rule states. */
    Optional<Situation> lessBy(String subject, Money saving) {
        return change(subject, each -> each.lessBy(saving));
    }

    private Optional<Situation> change(String subscription, UnaryOperator<BilledSubscription> change) {
        if (subscription(subscription).isEmpty()) {
            return Optional.empty();
        }
        List<BilledSubscription> changed = subscriptions.stream()
                .map(each -> each.id().equals(subscription) ? change.apply(each) : each)
                .toList();
        return Optional.of(new Situation(currency, changed, machines, plans, types));
    }
}
