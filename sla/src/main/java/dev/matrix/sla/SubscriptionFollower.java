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
import dev.matrix.sla.spi.ChargeStore.ChargeRow;
import dev.matrix.sla.spi.SlaBindingStore.SnapshotRow;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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

    private static final int MOST_CHANGES = 32;

    private final SlaStores stores;
    private final Records records;
    private final Bindings bindings;
    private final Charges charges;
    private final Closing closing;
    private final Text text;
    private final ZoneId zone;

    SubscriptionFollower(
            SlaStores stores,
            Records records,
            Bindings bindings,
            Charges charges,
            Closing closing,
            Text text,
            ZoneId zone) {
        this.stores = stores;
        this.records = records;
        this.bindings = bindings;
        this.charges = charges;
        this.closing = closing;
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
        Map<String, Owner> changed = new TreeMap<>();
        for (StoredEvent stored : events) {
            var payload = stored.event().payload();
            String event = stored.event().id();
            if (payload instanceof SubscriptionCreated created) {
                keep(tx, created.id(), created.owner(), created.state(), null, event);
                changed.put(created.id(), created.owner());
            } else if (payload instanceof SubscriptionUpdated updated) {
                keep(tx, updated.id(), updated.owner(), updated.state(), null, event);
                changed.put(updated.id(), updated.owner());
            } else if (payload instanceof SubscriptionCancelled cancelled) {
                keep(tx, cancelled.id(), cancelled.owner(), cancelled.state(), cancelled.endsAt(), event);
                changed.put(cancelled.id(), cancelled.owner());
            } else if (payload instanceof InvoicePaid invoice) {
                charges.paid(tx, invoice).forEach(row -> recharge(tx, row, false));
            } else if (payload instanceof PaymentRefunded refund) {
                charges.refunded(tx, refund).forEach(row -> recharge(tx, row, true));
            }
        }
        changed.forEach((id, owner) -> bind(tx, id, owner));
    }

    private void recharge(Tx tx, ChargeRow row, boolean refunded) {
        closing.recharge(tx, row.subscription(), row.from(), row.to(), refunded);
    }

    private void keep(Tx tx, String id, Owner owner, SubscriptionState state, @Nullable Instant endsAt, String event) {
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
    }

    /** Once per batch of events, as many may concern one subscription. */
    private void bind(Tx tx, String id, Owner owner) {
        if (Bindings.HOST.equals(bindings.origin(tx, id))) {
            return;
        }
        var locked = stores.bindings().lock(tx, id, owner);
        List<SlaBinding> made = bindings(id, owner, stores.bindings().snapshots(tx, id), text);
        if (!made.equals(records.subscription(tx, id).map(Subscribed::bindings).orElse(List.of()))) {
            bindings.replace(tx, locked, made, Bindings.EVENT);
        }
    }

    /** Each snapshot holds until the next one; a cancelled one until its end. */
    static List<SlaBinding> bindings(String id, Owner owner, List<SnapshotRow> rows, Text text) {
        List<SlaBinding> made = new ArrayList<>();
        List<Snapshot> snapshots =
                rows.stream().map(row -> text.read(row.json(), Snapshot.class)).toList();
        List<Instant> begins = begins(rows, snapshots);
        for (int i = 0; i < rows.size(); i++) {
            Snapshot snapshot = snapshots.get(i);
            Instant from = begins.get(i);
            Instant to = i + 1 < rows.size() ? begins.get(i + 1) : null;
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

    /** After 32 changes in a month, further ones hold from the next local midnight, so that a month has few segments. */
    private static List<Instant> begins(List<SnapshotRow> rows, List<Snapshot> snapshots) {
        List<Instant> begins = new ArrayList<>();
        Map<YearMonth, Integer> changes = new HashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            Instant begin = minute(rows.get(i).effectiveAt());
            LocalDate day = LocalDate.ofInstant(begin, snapshots.get(i).zone());
            boolean many = changes.merge(YearMonth.from(day), 1, Integer::sum) > MOST_CHANGES;
            begins.add(
                    many
                            ? minute(day.plusDays(1)
                                    .atStartOfDay(snapshots.get(i).zone())
                                    .toInstant())
                            : begin);
        }
        return begins;
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
}
