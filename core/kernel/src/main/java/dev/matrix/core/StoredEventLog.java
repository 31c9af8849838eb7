package dev.matrix.core;

import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.EventCatalog;
import dev.matrix.core.event.EventDraft;
import dev.matrix.core.event.EventFailure;
import dev.matrix.core.event.EventLog;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventQuery;
import dev.matrix.core.event.EventSubscriber;
import dev.matrix.core.event.Published;
import dev.matrix.core.event.Replay;
import dev.matrix.core.event.StoredEvent;
import dev.matrix.core.event.SubscriberStatus;
import dev.matrix.core.event.spi.DispatchStore;
import dev.matrix.core.event.spi.EventRow;
import dev.matrix.core.event.spi.EventStore;
import dev.matrix.core.event.spi.NewEvent;
import dev.matrix.core.spi.StoreClock;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.Transactions;
import dev.matrix.core.spi.Tx;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The event log over an {@link EventStore}. */
final class StoredEventLog implements EventLog {

    private static final int MOST_AT_ONCE = 1_000;

    private final EventStore events;
    private final DispatchStore dispatch;
    private final Transactions transactions;
    private final SubscriberDirectory directory;
    private final EventDecoder decoder;
    private final StoreClock clock;
    private final Ids ids;
    private final int payloadLimit;
    private final Runnable wake;

    StoredEventLog(
            Stores stores,
            SubscriberDirectory directory,
            EventDecoder decoder,
            StoreClock clock,
            Ids ids,
            int payloadLimit,
            Runnable wake) {
        this.events = stores.get(EventStore.class);
        this.dispatch = stores.get(DispatchStore.class);
        this.transactions = stores.transactions();
        this.directory = directory;
        this.decoder = decoder;
        this.clock = clock;
        this.ids = ids;
        this.payloadLimit = payloadLimit;
        this.wake = wake;
    }

    @Override
    public EventCatalog types() {
        return decoder.catalog();
    }

    @Override
    public Published publish(Tx tx, EventPayload payload) {
        return publish(tx, BillingEvent.of(payload));
    }

    @Override
    public Published publish(Tx tx, EventDraft draft) {
        return publishAll(tx, List.of(draft)).get(0);
    }

    @Override
    public Published publish(EventPayload payload) {
        return publish(BillingEvent.of(payload));
    }

    @Override
    public Published publish(EventDraft draft) {
        return publishAll(List.of(draft)).get(0);
    }

    @Override
    public List<Published> publishAll(List<EventDraft> drafts) {
        return transactions.returning(tx -> publishAll(tx, drafts));
    }

    @Override
    public List<Published> publishAll(Tx tx, List<EventDraft> drafts) {
        if (drafts.size() > MOST_AT_ONCE) {
            throw new InvalidRequestException("At most " + MOST_AT_ONCE + " events are published at once; "
                    + drafts.size() + " were given. Publish them in several calls.");
        }
        EventInterests interests = directory.interests(tx);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        List<StoredEvent> stored = new ArrayList<>(drafts.size());
        List<NewEvent> rows = new ArrayList<>(drafts.size());
        for (EventDraft draft : drafts) {
            StoredEvent event = complete(draft, now);
            stored.add(event);
            rows.add(row(event, interests.route(event.event().type()), draft.id() != null));
        }
        List<Published> results = events.append(tx, rows);
        boolean queued = callInline(tx, interests, stored, results);
        if (queued) {
            tx.hintAfterCommit(wake);
        }
        return results;
    }

    private StoredEvent complete(EventDraft draft, Instant now) {
        EventPayload payload = draft.payload();
        types().get(payload.type().name());
        byte[] json = decoder.json().encode(payload);
        if (json.length > payloadLimit) {
            throw new InvalidRequestException("The payload of " + payload.type().name() + " for " + payload.id()
                    + " has "
                    + json.length + " bytes; at most " + payloadLimit + " are stored. Keep large data elsewhere and"
                    + " publish a reference to it.");
        }
        Instant occurredAt =
                draft.occurredAt() == null ? now : draft.occurredAt().truncatedTo(ChronoUnit.MICROS);
        return new StoredEvent(
                new BillingEvent(
                        draft.id() == null ? ids.next("evt") : draft.id(),
                        payload.type(),
                        payload.type().version(),
                        payload.owner(),
                        payload.id(),
                        occurredAt,
                        draft.visibleTo(),
                        draft.key(),
                        payload),
                json,
                now);
    }

    private static NewEvent row(StoredEvent stored, EventInterests.Route route, boolean ownId) {
        BillingEvent event = stored.event();
        EventRow row = new EventRow(
                event.id(),
                event.type().name(),
                event.version(),
                event.owner(),
                event.subject(),
                event.occurredAt(),
                stored.recordedAt(),
                event.visibleTo(),
                event.key(),
                stored.json());
        return new NewEvent(row, Fingerprint.of(stored), route.queued(), route.addressed(), ownId);
    }

    private static boolean callInline(
            Tx tx, EventInterests interests, List<StoredEvent> stored, List<Published> results) {
        Map<EventSubscriber.Transactional, List<StoredEvent>> calls = new LinkedHashMap<>();
        boolean queued = false;
        for (int i = 0; i < stored.size(); i++) {
            if (!results.get(i).duplicate()) {
                StoredEvent event = stored.get(i);
                EventInterests.Route route = interests.route(event.event().type());
                queued |= !route.queued().isEmpty();
                for (EventSubscriber.Transactional inline : route.inline()) {
                    calls.computeIfAbsent(inline, absent -> new ArrayList<>()).add(event);
                }
            }
        }
        calls.forEach((subscriber, its) -> subscriber.handle(tx, its));
        return queued;
    }

    @Override
    public Optional<BillingEvent> find(String eventId) {
        List<EventRow> rows = transactions.returning(tx -> events.load(tx, List.of(storable(eventId))));
        return rows.stream()
                .filter(row -> row.payload() != null)
                .flatMap(row -> decoder.readable(row).stream())
                .findFirst();
    }

    @Override
    public Page<BillingEvent> page(EventQuery query, PageRequest page) {
        Page<EventRow> rows = transactions.returning(tx -> events.page(tx, query, page));
        List<BillingEvent> readable = rows.items().stream()
                .flatMap(row -> decoder.readable(row).stream())
                .toList();
        return new Page<>(readable, rows.nextCursor());
    }

    @Override
    public List<SubscriberStatus> subscribers() {
        Set<String> names = directory.names();
        return transactions.returning(tx -> dispatch.status(tx, names));
    }

    @Override
    public void retire(String subscriber) {
        directory.retire(subscriber);
    }

    @Override
    public Page<EventFailure> failures(String subscriber, PageRequest page) {
        return transactions.returning(tx -> dispatch.failures(tx, storable(subscriber), page));
    }

    @Override
    public void retry(String subscriber, String eventId) {
        transactions.inTransaction(tx -> retry(tx, subscriber, eventId));
    }

    @Override
    public void retry(Tx tx, String subscriber, String eventId) {
        mustBeFailed(
                dispatch.requeue(tx, storable(subscriber), storable(eventId), clock.instant()), subscriber, eventId);
        tx.hintAfterCommit(wake);
    }

    @Override
    public void skip(String subscriber, String eventId, String reason) {
        transactions.inTransaction(tx -> skip(tx, subscriber, eventId, reason));
    }

    @Override
    public void skip(Tx tx, String subscriber, String eventId, String reason) {
        String kept = StorableText.mended(reason);
        mustBeFailed(dispatch.skip(tx, storable(subscriber), storable(eventId), kept), subscriber, eventId);
    }

    private static String storable(String nameOrId) {
        return StorableText.require(nameOrId, "An event's id or a subscriber's name");
    }

    private static void mustBeFailed(boolean changed, String subscriber, String eventId) {
        if (!changed) {
            throw new NotFoundException("Event " + eventId + " is not FAILED for " + subscriber + "; failures(\""
                    + subscriber + "\", …) lists those that are.");
        }
    }

    @Override
    public Replay replay(String subscriber, EventQuery query) {
        long queued = directory.replay(subscriber, query, clock.instant());
        wake.run();
        return new Replay(subscriber, queued);
    }

    @Override
    public int erase(Tx tx, Owner owner) {
        return events.erase(tx, owner);
    }

    @Override
    public void wake() {
        wake.run();
    }
}
