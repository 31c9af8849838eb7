package dev.matrix.core;

import dev.matrix.core.event.EventSubscriber;
import dev.matrix.core.event.StoredEvent;
import dev.matrix.core.event.SubscriberPolicy;
import dev.matrix.core.event.spi.DispatchStore;
import dev.matrix.core.event.spi.DispatchStore.Claim;
import dev.matrix.core.event.spi.EventRow;
import dev.matrix.core.event.spi.EventStore;
import dev.matrix.core.spi.Polling;
import dev.matrix.core.spi.Step;
import dev.matrix.core.spi.StoreClock;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.Transactions;
import dev.matrix.core.spi.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves one queued subscriber on one node. A claim commits before anything is handled, so a handler that kills its
 * process runs out of attempts too. A Transactional handler's writes and the deletion of the claimed rows commit
 * together, and the deletion counts only rows whose token is still this claim's: if the lease ended meanwhile and
 * another node took over, fewer go and the whole transaction rolls back, so its effects happen once. A batch that fails
 * is handled again one by one within the claim.
 */
final class EventDispatch implements Step {

    private static final Logger LOG = LoggerFactory.getLogger(EventDispatch.class);
    private static final Duration LEFT_TO_OTHERS = Duration.ofSeconds(1);

    /** Another node has taken rows of this claim over; rolls back without counting as a failure. */
    private static final class ClaimLost extends RuntimeException {

        private static final long serialVersionUID = 1L;

        ClaimLost() {
            super("claim lost", null, false, false);
        }
    }

    private record Task(Claim claim, @Nullable EventRow row) {}

    private final EventSubscriber subscriber;
    private final EventStore events;
    private final DispatchStore dispatch;
    private final Transactions transactions;
    private final EventDecoder decoder;
    private final SubscriberDirectory directory;
    private final StoreClock clock;
    private final RandomGenerator random;
    private final String node;
    private final Polling polling = new Polling();
    private volatile boolean closing;

    EventDispatch(
            EventSubscriber subscriber,
            Stores stores,
            EventDecoder decoder,
            SubscriberDirectory directory,
            StoreClock clock,
            RandomGenerator random,
            String node) {
        this.subscriber = subscriber;
        this.events = stores.get(EventStore.class);
        this.dispatch = stores.get(DispatchStore.class);
        this.transactions = stores.transactions();
        this.decoder = decoder;
        this.directory = directory;
        this.clock = clock;
        this.random = random;
        this.node = node;
    }

    static String stepName(EventSubscriber subscriber) {
        return "events." + subscriber.name();
    }

    @Override
    public String name() {
        return stepName(subscriber);
    }

    void close() {
        closing = true;
    }

    @Override
    public Instant run(Instant now) {
        SubscriberPolicy policy = subscriber.policy();
        List<Task> tasks = claim(now, policy);
        if (tasks.isEmpty()) {
            return now.plus(polling.pause(now));
        }
        polling.found(now);
        List<Task> ready = new ArrayList<>(tasks.size());
        List<Task> others = new ArrayList<>();
        for (Task task : tasks) {
            if (task.claim().attempts() > policy.attempts()) {
                // The claim that found the last lease ended is no attempt of its own.
                fail(
                        task.claim().uncounted(),
                        "The lease of attempt " + policy.attempts() + " ended before it was handled.");
            } else if (task.row() == null || task.row().payload() == null) {
                transactions.inTransaction(tx -> dispatch.complete(tx, List.of(task.claim())));
            } else if (directory.isForOthers(subscriber.name(), task.row().type())) {
                others.add(task);
            } else {
                ready.add(task);
            }
        }
        // A node of another release handles them; this one doesn't know their type, or doesn't expect it.
        handBack(others, now.plus(LEFT_TO_OTHERS));
        Instant beginUntil = now.plus(policy.lease().dividedBy(2));
        if (mustStop(beginUntil)) {
            handBack(ready, clock.instant());
        } else if (subscriber instanceof EventSubscriber.Transactional transactional) {
            handleTogether(transactional, ready, beginUntil);
        } else if (subscriber instanceof EventSubscriber.External external) {
            handleApart(external, ready, beginUntil);
        }
        return now;
    }

    private List<Task> claim(Instant now, SubscriberPolicy policy) {
        return transactions.returning(tx -> {
            List<Claim> claims = dispatch.claim(tx, subscriber.name(), node, now, policy.batch(), policy.lease());
            Map<String, EventRow> rows = new HashMap<>();
            if (!claims.isEmpty()) {
                events.load(tx, claims.stream().map(Claim::eventId).toList()).forEach(row -> rows.put(row.id(), row));
            }
            return claims.stream()
                    .sorted(Comparator.comparing(Claim::eventId))
                    .map(claim -> new Task(claim, rows.get(claim.eventId())))
                    .toList();
        });
    }

    /**
     * Asked before each event is begun: each has at least half of a lease before it, and another node doesn't take over what
     * waits behind a slow one. What isn't begun goes back uncounted, and is claimed at once for a whole lease.
     */
    private boolean mustStop(Instant beginUntil) {
        return closing || clock.instant().isAfter(beginUntil);
    }

    private void handleTogether(EventSubscriber.Transactional handler, List<Task> tasks, Instant beginUntil) {
        if (tasks.isEmpty()) {
            return;
        }
        try {
            handle(handler, tasks);
        } catch (ClaimLost taken) {
            LOG.debug("{}: another node took over {} events.", name(), tasks.size());
        } catch (RuntimeException e) {
            if (tasks.size() == 1) {
                failed(tasks.get(0).claim(), e);
            } else {
                handleOneByOne(handler, tasks, beginUntil);
            }
        }
    }

    private void handleOneByOne(EventSubscriber.Transactional handler, List<Task> tasks, Instant beginUntil) {
        for (int i = 0; i < tasks.size(); i++) {
            // The first one is tried whatever the time, or a batch that fails slowly would come back whole for ever.
            if (closing || (i > 0 && mustStop(beginUntil))) {
                handBack(tasks.subList(i, tasks.size()), clock.instant());
                return;
            }
            handleTogether(handler, List.of(tasks.get(i)), beginUntil);
        }
    }

    private void handle(EventSubscriber.Transactional handler, List<Task> tasks) {
        List<StoredEvent> decoded = new ArrayList<>(tasks.size());
        List<Claim> claims = new ArrayList<>(tasks.size());
        for (Task task : tasks) {
            decoded.add(decoder.decode(task.row()));
            claims.add(task.claim());
        }
        transactions.inTransaction(tx -> {
            handler.handle(tx, decoded);
            completeAll(tx, claims);
        });
    }

    private void completeAll(Tx tx, List<Claim> claims) {
        if (dispatch.complete(tx, claims) < claims.size()) {
            throw new ClaimLost();
        }
    }

    private void handleApart(EventSubscriber.External handler, List<Task> tasks, Instant beginUntil) {
        for (int i = 0; i < tasks.size(); i++) {
            if (mustStop(beginUntil)) {
                handBack(tasks.subList(i, tasks.size()), clock.instant());
                return;
            }
            Task task = tasks.get(i);
            try {
                handler.handle(decoder.decode(task.row()));
                transactions.inTransaction(tx -> dispatch.complete(tx, List.of(task.claim())));
            } catch (RuntimeException e) {
                failed(task.claim(), e);
            }
        }
    }

    private void failed(Claim claim, RuntimeException e) {
        SubscriberPolicy policy = subscriber.policy();
        String text = Thrown.text(e);
        if (claim.attempts() >= policy.attempts()) {
            fail(claim, text);
        } else {
            Instant now = clock.instant();
            Instant due = now.plus(policy.backoff().after(claim.attempts(), random));
            transactions.inTransaction(tx -> dispatch.reschedule(tx, claim, now, due, text));
        }
    }

    private void fail(Claim claim, String error) {
        boolean failed = transactions.returning(tx -> dispatch.reschedule(tx, claim, clock.instant(), null, error));
        if (failed) {
            LOG.warn(
                    "Subscriber {} gave event {} up; retry or skip it once the cause is mended: {}",
                    subscriber.name(),
                    claim.eventId(),
                    error);
        }
    }

    private void handBack(List<Task> tasks, Instant due) {
        if (!tasks.isEmpty()) {
            List<Claim> claims = tasks.stream().map(Task::claim).toList();
            transactions.inTransaction(tx -> dispatch.handBack(tx, claims, due));
        }
    }
}
