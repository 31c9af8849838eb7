package dev.matrix.analytics;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPattern;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventSubscriber;
import dev.matrix.core.event.EventType;
import dev.matrix.core.event.StoredEvent;
import dev.matrix.core.event.SubscriberPolicy;
import dev.matrix.core.event.payload.EventTypes;
import dev.matrix.core.event.payload.SubscriptionCancelled;
import dev.matrix.core.event.payload.SubscriptionCreated;
import dev.matrix.core.event.payload.SubscriptionUpdated;
import dev.matrix.core.spi.Tx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Takes what analytics counts from the event log, all of a batch in one transaction. It locks in one order, the settings' row, the
 * counters of numbers, the customers, the rollups, so that two nodes never wait in a circle. An event that was counted before is
 * left out before its owner is looked up, so that a replay brings back no name that was erased.
 */
final class EventFollower implements EventSubscriber.Transactional {

    static final String NAME = "analytics";

    private static final Set<EventPattern> INTERESTS = Stream.of(
                    EventTypes.SUBSCRIPTION_CREATED,
                    EventTypes.SUBSCRIPTION_UPDATED,
                    EventTypes.SUBSCRIPTION_CANCELLED,
                    EventTypes.INVOICE_CREATED,
                    EventTypes.INVOICE_PAID,
                    EventTypes.INVOICE_FAILED,
                    EventTypes.PAYMENT_SUCCEEDED,
                    EventTypes.PAYMENT_FAILED,
                    EventTypes.PAYMENT_REFUNDED,
                    EventTypes.PAYMENT_REFUND_REVERSED,
                    EventTypes.DISPUTE_OPENED,
                    EventTypes.DISPUTE_UPDATED,
                    EventTypes.DISPUTE_CLOSED,
                    EventTypes.USAGE_RECORDED,
                    EventTypes.INSTANCE_STARTED,
                    EventTypes.INSTANCE_STOPPED,
                    EventTypes.INSTANCE_SUSPENDED,
                    EventTypes.INSTANCE_TERMINATED,
                    EventTypes.SLA_BREACHED,
                    EventTypes.SLA_BREACH_WITHDRAWN)
            .map(EventType::name)
            .map(EventPattern::new)
            .collect(Collectors.toUnmodifiableSet());

    private final AnalyticsStores stores;
    private final Gate gate;
    private final SubscriptionIngest subscriptions;
    private final FactIngest facts;
    private final SubscriberPolicy policy;

    EventFollower(
            AnalyticsStores stores,
            Gate gate,
            SubscriptionIngest subscriptions,
            FactIngest facts,
            SubscriberPolicy policy) {
        this.stores = stores;
        this.gate = gate;
        this.subscriptions = subscriptions;
        this.facts = facts;
        this.policy = policy;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<EventPattern> interests() {
        return INTERESTS;
    }

    @Override
    public SubscriberPolicy policy() {
        return policy;
    }

    @Override
    public void handle(Tx tx, List<StoredEvent> events) {
        gate.share(tx);
        Set<String> known = known(tx, events);
        List<SubscriptionIngest.Draft> versions = new ArrayList<>();
        List<FactDraft> drafts = new ArrayList<>();
        TreeSet<Owner> owners = new TreeSet<>();
        for (StoredEvent event : events) {
            if (known.contains(event.event().id())) {
                continue;
            }
            try {
                if (isSubscription(event.event().payload())) {
                    versions.add(subscriptions.draft(event));
                    owners.add(event.event().owner());
                } else if (drafts.addAll(FactDraft.of(event))) {
                    owners.add(event.event().owner());
                }
            } catch (Rejection rejection) {
                stores.timelines().reject(tx, event.event().id(), rejection.reason(), event.recordedAt());
            }
        }
        if (owners.isEmpty()) {
            return;
        }
        Map<Owner, Integer> customers = stores.directory().numberCustomers(tx, owners);
        subscriptions.number(tx, versions);
        FactNames names = facts.number(tx, drafts, customers);
        stores.timelines().lockCustomers(tx, new TreeSet<>(customers.values()));
        if (!versions.isEmpty()) {
            subscriptions.add(tx, versions, customers);
        }
        if (!drafts.isEmpty()) {
            facts.add(tx, drafts, customers, names);
        }
    }

    private Set<String> known(Tx tx, List<StoredEvent> events) {
        List<String> ids = events.stream().map(event -> event.event().id()).toList();
        return Stream.of(stores.timelines().known(tx, ids), stores.facts().known(tx, ids))
                .flatMap(Set::stream)
                .collect(Collectors.toSet());
    }

    private static boolean isSubscription(EventPayload payload) {
        return payload instanceof SubscriptionCreated
                || payload instanceof SubscriptionUpdated
                || payload instanceof SubscriptionCancelled;
    }

    /** The number of an event's owner, who has one. */
    static int number(Map<Owner, Integer> customers, StoredEvent event) {
        Integer number = customers.get(event.event().owner());
        if (number == null) {
            throw new IllegalStateException("The directory left out a customer that it was to number.");
        }
        return number;
    }
}
