package dev.matrix.webhooks;

import dev.matrix.core.spi.Step;
import dev.matrix.core.spi.Tx;
import dev.matrix.webhooks.spi.AttemptResult;
import dev.matrix.webhooks.spi.EndpointStore.Health;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Stores what requests came to, up to 500 in one transaction, as soon as the former has committed. What can't be stored
 * waits here: a log that fails never causes a second request. A batch that fails again is halved down to the row that
 * spoils it, which lastly goes without the receiver's bytes.
 */
final class Flush implements Step {

    static final String NAME = "webhooks.flush";

    private static final int BATCH = 500;
    private static final int MOST_WAITING = 10_000;

    private final WebhookStores stores;
    private final EndpointChanges changes;
    private final Listeners listeners;
    private final Lanes lanes;
    private final Duration failingAfter;
    private final Runnable flushed;
    private final ConcurrentLinkedQueue<Landing> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();

    /** What is being stored: one batch, or after a failure what is left of it, next first. */
    private final Deque<List<Landing>> parts = new ArrayDeque<>();

    /** @param flushed told after each batch that is stored */
    Flush(WebhookStores stores, EndpointChanges changes, Lanes lanes, Duration failingAfter, Runnable flushed) {
        this.stores = stores;
        this.changes = changes;
        this.listeners = changes.listeners();
        this.lanes = lanes;
        this.failingAfter = failingAfter;
        this.flushed = flushed;
    }

    void add(Landing landing) {
        waiting.add(landing);
        count.incrementAndGet();
    }

    /** Whether so much waits that nothing more should be sent. */
    boolean isFull() {
        return count.get() >= MOST_WAITING;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Instant run(Instant now) {
        if (!parts.isEmpty()) {
            storeOrSplit(parts.getFirst(), now);
        } else {
            List<Landing> batch = next();
            if (batch.isEmpty()) {
                return Instant.MAX;
            }
            parts.addFirst(batch);
            store(batch, now, Function.identity());
        }
        flushed.run();
        return now;
    }

    private List<Landing> next() {
        List<Landing> batch = new ArrayList<>();
        while (batch.size() < BATCH) {
            Landing landing = waiting.poll();
            if (landing == null) {
                break;
            }
            batch.add(landing);
        }
        return batch;
    }

    private void storeOrSplit(List<Landing> part, Instant now) {
        try {
            store(part, now, Function.identity());
        } catch (RuntimeException e) {
            if (part.size() == 1) {
                store(part, now, Flush::withoutReply);
            } else {
                int half = part.size() / 2;
                parts.removeFirst();
                parts.addFirst(part.subList(half, part.size()));
                parts.addFirst(part.subList(0, half));
            }
        }
    }

    /** Receivers' bytes are the one part of a row that this node did not make. */
    private static AttemptResult withoutReply(AttemptResult result) {
        return new AttemptResult(
                result.attempt().withoutReply(),
                result.after(),
                result.requests(),
                result.firstRequestAt(),
                result.leaseToken());
    }

    private void store(List<Landing> batch, Instant now, Function<AttemptResult, AttemptResult> form) {
        List<AttemptResult> results =
                batch.stream().map(Landing::result).map(form).toList();
        stores.transactions().inTransaction(tx -> {
            Set<String> applied = stores.deliveries().complete(tx, results);
            List<Landing> counted = batch.stream()
                    .filter(landing ->
                            applied.contains(landing.verdict().after().id()))
                    .toList();
            noteHealth(tx, counted);
            changes.follow(tx, counted, failingAfter, now);
            listeners.attempts(tx, logged(results, applied));
        });
        parts.removeFirst();
        count.addAndGet(-batch.size());
        lanes.flushed(batch);
    }

    private static List<Attempt> logged(List<AttemptResult> results, Set<String> applied) {
        return results.stream()
                .map(AttemptResult::attempt)
                .map(attempt -> applied.contains(attempt.deliveryId()) ? attempt : attempt.asLate())
                .toList();
    }

    private void noteHealth(Tx tx, List<Landing> counted) {
        Map<String, Health> notes = new LinkedHashMap<>();
        for (Landing landing : counted) {
            EndpointHealth health = landing.health();
            if (health != null) {
                String id = landing.launch().lane().id();
                notes.put(id, new Health(id, health.failingSince(), health.failures()));
            }
        }
        if (!notes.isEmpty()) {
            stores.endpoints().noteHealth(tx, notes.values());
        }
    }

    @Override
    public void finish(Instant now) {
        Instant next;
        do {
            next = run(now);
        } while (!next.equals(Instant.MAX));
    }
}
