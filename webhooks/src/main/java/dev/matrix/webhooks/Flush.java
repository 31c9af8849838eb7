package dev.matrix.webhooks;

import dev.matrix.core.StorageException;
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
 * Stores the outcomes of requests, up to 500 in one transaction, as soon as the former has committed. What can't be stored
 * waits here: a log that fails never causes a second request. A batch that fails again is halved down to the row that
 * spoils it, which goes without the receiver's bytes, and lastly is put aside for a while, so that it holds up no other.
 */
final class Flush implements Step {

    static final String NAME = "webhooks.flush";

    private static final int BATCH = 500;
    private static final int MOST_WAITING = 10_000;
    private static final Duration ASIDE_FOR = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

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

    /** What can't be stored by itself either, such as one whose news a host's subscriber refuses. */
    private final Deque<Landing> aside = new ArrayDeque<>();

    private Instant asideUntil = Instant.MAX;

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
        if (!asideUntil.isAfter(now)) {
            asideUntil = Instant.MAX;
            aside.forEach(landing -> parts.addLast(List.of(landing)));
            aside.clear();
        }
        if (!parts.isEmpty()) {
            storeOrSplit(parts.getFirst(), now);
        } else {
            List<Landing> batch = next();
            if (batch.isEmpty()) {
                return asideUntil;
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
                storeOrPutAside(part, now);
            } else {
                int half = part.size() / 2;
                parts.removeFirst();
                parts.addFirst(part.subList(half, part.size()));
                parts.addFirst(part.subList(0, half));
            }
        }
    }

    private void storeOrPutAside(List<Landing> single, Instant now) {
        try {
            store(single, now, Flush::withoutReply);
        } catch (RuntimeException e) {
            parts.removeFirst();
            aside.addAll(single);
            asideUntil = now.plus(ASIDE_FOR);
            Attempt attempt = single.get(0).result().attempt();
            throw new StorageException(
                    "The result of a request for delivery " + attempt.deliveryId() + " to endpoint "
                            + attempt.endpointId() + " can't be stored; it is tried again in "
                            + ASIDE_FOR.toSeconds() + " s.",
                    e);
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
            Set<String> disabled = changes.follow(tx, counted, failingAfter, now);
            tx.hintAfterCommit(() -> disabled.forEach(lanes::outdate));
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

    /** Stores all that can be, as long as some of it could within the last ten seconds. */
    @Override
    public void finish(Instant now) {
        asideUntil = aside.isEmpty() ? Instant.MAX : now;
        RuntimeException failure = null;
        int left = count.get();
        long since = System.nanoTime();
        while (hasMore(now) && System.nanoTime() - since < PATIENCE.toNanos()) {
            try {
                run(now);
            } catch (RuntimeException e) {
                failure = e;
            }
            if (count.get() < left) {
                left = count.get();
                since = System.nanoTime();
            }
        }
        if (left > 0) {
            String what = left + " results of requests could not be stored; their deliveries are sent again.";
            throw failure == null ? new StorageException(what) : new StorageException(what, failure);
        }
    }

    private boolean hasMore(Instant now) {
        return !parts.isEmpty() || !waiting.isEmpty() || !asideUntil.isAfter(now);
    }
}
