package dev.matrix.sla;

import dev.matrix.core.ConflictException;
import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPattern;
import dev.matrix.core.event.EventSubscriber;
import dev.matrix.core.event.StoredEvent;
import dev.matrix.core.event.payload.EventTypes;
import dev.matrix.core.event.payload.InvoicePaid;
import dev.matrix.core.event.payload.PaymentRefunded;
import dev.matrix.core.event.payload.SubscriptionCancelled;
import dev.matrix.core.event.payload.SubscriptionCreated;
import dev.matrix.core.event.payload.SubscriptionState;
import dev.matrix.core.event.payload.SubscriptionStatus;
import dev.matrix.core.event.payload.SubscriptionUpdated;
import dev.matrix.core.spi.Tx;
import dev.matrix.sla.spi.SlaBindingStore.SnapshotRow;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Binds subscriptions, and keeps their charges, as events tell. It keeps every snapshot of a subscription and makes the bindings
 * again from all of them, so that any order of arrival gives the same. Bindings of the host's own stay untouched.
 */
final class SubscriptionFollower implements EventSubscriber.Transactional {

    private static final Set<SubscriptionStatus> BOUND =
            Set.of(SubscriptionStatus.TRIALING, SubscriptionStatus.ACTIVE, SubscriptionStatus.PAST_DUE);

    private final SlaStores stores;
    private final Records records;
    private final Bindings bindings;
    private final Charges charges;
    private final Text text;
    private final ZoneId zone;

    SubscriptionFollower(
            SlaStores stores, Records records, Bindings bindings, Charges charges, Text text, ZoneId zone) {
        this.stores = stores;
        this.records = records;
        this.bindings = bindings;
        this.charges = charges;
        this.text = text;
        this.zone = zone;
    }

    /** A snapshot as stored. */
    record Snapshot(
            SubscriptionStatus status,
            @Nullable String tier,
            @Nullable Instant endsAt,
            ZoneId zone) {}

    @Override
    public String name() {
        return "sla";
    }

    @Override
    public Set<EventPattern> interests() {
        return Stream.of(
                        EventTypes.SUBSCRIPTION_CREATED,
                        EventTypes.SUBSCRIPTION_UPDATED,
                        EventTypes.SUBSCRIPTION_CANCELLED,
                        EventTypes.INVOICE_PAID,
                        EventTypes.PAYMENT_REFUNDED,
                        EventTypes.PAYMENT_REFUND_REVERSED)
                .map(type -> new EventPattern(type.name()))
                .collect(Collectors.toSet());
    }

    @Override
    public void handle(Tx tx, List<StoredEvent> events) {
        for (StoredEvent stored : events) {
            var payload = stored.event().payload();
            String event = stored.event().id();
            if (payload instanceof SubscriptionCreated created) {
                follow(tx, created.id(), created.owner(), created.state(), null, event);
            } else if (payload instanceof SubscriptionUpdated updated) {
                follow(tx, updated.id(), updated.owner(), updated.state(), null, event);
            } else if (payload instanceof SubscriptionCancelled cancelled) {
                follow(tx, cancelled.id(), cancelled.owner(), cancelled.state(), cancelled.endsAt(), event);
            } else if (payload instanceof InvoicePaid invoice) {
                charges.paid(tx, invoice);
            } else if (payload instanceof PaymentRefunded refund) {
                charges.refunded(tx, refund);
            }
        }
    }

    private void follow(
            Tx tx, String id, Owner owner, SubscriptionState state, @Nullable Instant endsAt, String event) {
        records.subscription(tx, id)
                .filter(known -> !known.row().owner().equals(owner))
                .ifPresent(known -> {
                    throw new ConflictException(
                            "Event " + event + " names the subscription " + id + " of another owner.");
                });
        ZoneId own = state.period().zone() == null ? zone : state.period().zone();
        Snapshot snapshot = new Snapshot(state.status(), state.tier(), endsAt, own);
        stores.bindings()
                .keep(tx, new SnapshotRow(id, state.effectiveAt(), state.sequence(), event, text.of(snapshot)));
        if (Bindings.HOST.equals(bindings.origin(tx, id))) {
            return;
        }
        var locked = stores.bindings().lock(tx, id, owner);
        List<SlaBinding> made = bindings(id, owner, stores.bindings().snapshots(tx, id));
        if (!made.equals(records.subscription(tx, id).map(Subscribed::bindings).orElse(List.of()))) {
            bindings.replace(tx, locked, made, Bindings.EVENT);
        }
    }

    /** Each snapshot holds until the next one; a cancelled one until its end. */
    static List<SlaBinding> bindings(String id, Owner owner, List<SnapshotRow> rows, Text text) {
        List<SlaBinding> made = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            Snapshot snapshot = text.read(rows.get(i).json(), Snapshot.class);
            Instant from = minute(rows.get(i).effectiveAt());
            Instant to = i + 1 < rows.size() ? minute(rows.get(i + 1).effectiveAt()) : null;
            Instant endsAt = snapshot.endsAt();
            boolean ending = snapshot.status() == SubscriptionStatus.CANCELLED && endsAt != null;
            if (ending && endsAt != null) {
                Instant end = minute(endsAt);
                to = to == null || end.isBefore(to) ? end : to;
            }
            String tier = snapshot.tier();
            if (tier != null && (BOUND.contains(snapshot.status()) || ending) && (to == null || from.isBefore(to))) {
                extend(made, SlaBinding.of(id, owner, tier, from).in(snapshot.zone()), to);
            }
        }
        return made;
    }

    /** Snapshots of one tier that follow each other are one binding. */
    private static void extend(List<SlaBinding> made, SlaBinding next, @Nullable Instant to) {
        SlaBinding last = made.isEmpty() ? null : made.get(made.size() - 1);
        SlaBinding whole = next;
        if (last != null
                && next.from().equals(last.to())
                && last.tier().equals(next.tier())
                && last.zone().equals(next.zone())) {
            whole = next.after(next.tier(), last.from());
            made.remove(made.size() - 1);
        }
        made.add(to == null ? whole : whole.until(to));
    }

    private static Instant minute(Instant at) {
        Instant whole = at.truncatedTo(ChronoUnit.MINUTES);
        return whole.equals(at) ? at : whole.plus(1, ChronoUnit.MINUTES);
    }

    private List<SlaBinding> bindings(String id, Owner owner, List<SnapshotRow> rows) {
        return bindings(id, owner, rows, text);
    }
}
