package dev.matrix.analytics.cost;

import dev.matrix.analytics.cost.spi.CostFactStore;
import dev.matrix.analytics.cost.spi.CostFactStore.FactRow;
import dev.matrix.analytics.cost.spi.CostFactStore.UsageRow;
import dev.matrix.analytics.cost.spi.ResourceSampleStore;
import dev.matrix.analytics.cost.spi.ResourceSampleStore.SampleRow;
import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPattern;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventSubscriber;
import dev.matrix.core.event.StoredEvent;
import dev.matrix.core.event.payload.InstanceChanged;
import dev.matrix.core.event.payload.InstanceMetrics;
import dev.matrix.core.event.payload.SubscriptionCancelled;
import dev.matrix.core.event.payload.SubscriptionCreated;
import dev.matrix.core.event.payload.SubscriptionState;
import dev.matrix.core.event.payload.SubscriptionUpdated;
import dev.matrix.core.event.payload.UsageRecorded;
import dev.matrix.core.spi.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Keeps what events say of owners' costs, one row per event; so order doesn't matter, and a repeated event counts once. */
record CostFollower(CostFactStore facts, ResourceSampleStore samples, Documents documents)
        implements EventSubscriber.Transactional {

    static final String NAME = "cost";
    static final String SUBSCRIPTION = "subscription";
    static final String MACHINE = "machine";

    /** The cause of use whose attribute {@code success} is false. */
    static final String FAILED = "failed";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<EventPattern> interests() {
        return Set.of(
                new EventPattern("usage.recorded"),
                new EventPattern("subscription.created"),
                new EventPattern("subscription.updated"),
                new EventPattern("subscription.cancelled"),
                new EventPattern("instance.*"),
                new EventPattern("instance.metrics_recorded"));
    }

    @Override
    public void handle(Tx tx, List<StoredEvent> events) {
        List<UsageRow> usage = new ArrayList<>();
        List<FactRow> snapshots = new ArrayList<>();
        List<SampleRow> measured = new ArrayList<>();
        Set<Owner> owners = new TreeSet<>();
        for (StoredEvent stored : events) {
            String id = stored.event().id();
            EventPayload payload = stored.event().payload();
            if (payload instanceof UsageRecorded used) {
                usage.add(usage(id, used));
            } else if (payload instanceof SubscriptionCreated created) {
                snapshots.add(snapshot(id, payload, created.state(), null));
            } else if (payload instanceof SubscriptionUpdated updated) {
                snapshots.add(snapshot(id, payload, updated.state(), null));
            } else if (payload instanceof SubscriptionCancelled cancelled) {
                snapshots.add(snapshot(id, payload, cancelled.state(), cancelled.endsAt()));
            } else if (payload instanceof InstanceChanged changed) {
                snapshots.add(snapshot(id, changed));
            } else if (payload instanceof InstanceMetrics metrics) {
                Samples.of(metrics).ifPresent(sample -> measured.add(MachineReader.row(sample, documents)));
            }
            owners.add(payload.owner());
        }
        owners.forEach(owner -> facts.enrol(tx, owner, Parts.of(owner)));
        facts.addFacts(tx, snapshots);
        facts.addUsage(tx, usage);
        samples.append(tx, measured);
    }

    private static UsageRow usage(String id, UsageRecorded used) {
        return new UsageRow(
                id,
                used.owner(),
                used.subscriptionId(),
                used.metric(),
                used.quantity(),
                used.resourceId(),
                cause(used),
                used.period().start());
    }

    /** What the host marks goes before what failed: it knows more. */
    private static @Nullable String cause(UsageRecorded used) {
        String marked = used.attributes().get(UsageRecorded.WASTE);
        if (marked != null) {
            return marked;
        }
        return "false".equals(used.attributes().get(UsageRecorded.SUCCESS)) ? FAILED : null;
    }

    private FactRow snapshot(String id, EventPayload payload, SubscriptionState state, @Nullable Instant endsAt) {
        String document = documents.write(new SubscriptionFact(state, endsAt));
        return new FactRow(
                id, payload.owner(), SUBSCRIPTION, payload.id(), state.effectiveAt(), state.sequence(), document);
    }

    private FactRow snapshot(String id, InstanceChanged changed) {
        MachineFact fact = new MachineFact(
                changed.type().name(),
                changed.instanceType(),
                changed.region(),
                changed.hourlyPrice(),
                changed.tags(),
                changed.at());
        return new FactRow(id, changed.owner(), MACHINE, changed.id(), changed.at(), 0, documents.write(fact));
    }
}
