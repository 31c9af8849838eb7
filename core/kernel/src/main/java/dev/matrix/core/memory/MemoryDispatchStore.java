package dev.matrix.core.memory;

import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.event.EventFailure;
import dev.matrix.core.event.EventQuery;
import dev.matrix.core.event.SubscriberStatus;
import dev.matrix.core.event.spi.DispatchStore;
import dev.matrix.core.memory.MemoryEvents.QueueKey;
import dev.matrix.core.memory.MemoryEvents.Queued;
import dev.matrix.core.memory.MemoryEvents.State;
import dev.matrix.core.spi.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** {@link DispatchStore} in memory. */
final class MemoryDispatchStore implements DispatchStore {

    private final MemoryEvents events;

    MemoryDispatchStore(MemoryEvents events) {
        this.events = events;
    }

    @Override
    public List<Claim> claim(Tx tx, String subscriber, String node, Instant now, int limit, Duration lease) {
        List<QueueKey> keys = new ArrayList<>();
        for (QueueKey key : events.due(tx, subscriber, now).limit(limit).toList()) {
            boolean claimedBefore = row(tx, key).attempts() > 0;
            if (!claimedBefore) {
                keys.add(key);
            } else if (keys.isEmpty()) {
                keys.add(key);
                break;
            }
        }
        return keys.stream().map(key -> claim(tx, key, now.plus(lease))).toList();
    }

    private Claim claim(Tx tx, QueueKey key, Instant until) {
        Queued row = row(tx, key);
        Queued claimed = new Queued(State.OPEN, until, row.token() + 1, row.attempts() + 1, row.error());
        events.replace(tx, key, claimed);
        return new Claim(key.subscriber(), key.eventId(), claimed.token(), claimed.attempts());
    }

    private Queued row(Tx tx, QueueKey key) {
        return Objects.requireNonNull(events.queued(tx, key), "queue row");
    }

    @Override
    public int complete(Tx tx, List<Claim> claims) {
        int done = 0;
        for (Claim claim : claims) {
            if (held(tx, claim) != null) {
                events.dequeue(tx, key(claim));
                done++;
            }
        }
        return done;
    }

    @Override
    public boolean reschedule(Tx tx, Claim claim, Instant now, @Nullable Instant due, String error) {
        Queued row = held(tx, claim);
        if (row == null) {
            return false;
        }
        State state = due == null ? State.FAILED : State.OPEN;
        events.replace(
                tx, key(claim), new Queued(state, due == null ? now : due, row.token() + 1, claim.attempts(), error));
        return true;
    }

    @Override
    public void handBack(Tx tx, List<Claim> claims, Instant due) {
        for (Claim claim : claims) {
            Queued row = held(tx, claim);
            if (row != null) {
                events.replace(
                        tx, key(claim), new Queued(State.OPEN, due, row.token() + 1, row.attempts() - 1, row.error()));
            }
        }
    }

    private @Nullable Queued held(Tx tx, Claim claim) {
        Queued row = events.queued(tx, key(claim));
        return row != null && row.state() == State.OPEN && row.token() == claim.token() ? row : null;
    }

    private static QueueKey key(Claim claim) {
        return new QueueKey(claim.eventId(), claim.subscriber());
    }

    @Override
    public boolean requeue(Tx tx, String subscriber, String eventId, Instant now) {
        return leaveFailed(tx, subscriber, eventId, State.OPEN, now, "");
    }

    @Override
    public boolean skip(Tx tx, String subscriber, String eventId, String reason) {
        return leaveFailed(tx, subscriber, eventId, State.SKIPPED, null, reason);
    }

    private boolean leaveFailed(
            Tx tx, String subscriber, String eventId, State to, @Nullable Instant now, String text) {
        QueueKey key = new QueueKey(eventId, subscriber);
        Queued row = events.queued(tx, key);
        if (row == null || row.state() != State.FAILED) {
            return false;
        }
        events.replace(tx, key, new Queued(to, now == null ? row.available() : now, row.token() + 1, 0, text));
        return true;
    }

    @Override
    public Added addMissing(
            Tx tx,
            String subscriber,
            EventQuery query,
            boolean again,
            @Nullable String afterId,
            int limit,
            Instant now) {
        List<MemoryEvents.Event> seen = events.after(tx, afterId)
                .filter(event -> event.row().payload() != null && MemoryEvents.matches(query, event.row()))
                .limit(limit)
                .toList();
        int count = 0;
        for (MemoryEvents.Event event : seen) {
            boolean addressed = event.addressed().contains(subscriber);
            if (again || !addressed) {
                count += events.enqueue(tx, event.row().id(), subscriber, now) ? 1 : 0;
                if (!addressed) {
                    events.address(tx, event, subscriber);
                }
            }
        }
        return new Added(
                count, seen.size() < limit ? null : seen.get(limit - 1).row().id());
    }

    @Override
    public int drop(Tx tx, String subscriber, int limit) {
        List<QueueKey> its = events.queue(tx).keySet().stream()
                .filter(key -> key.subscriber().equals(subscriber))
                .limit(limit)
                .toList();
        its.forEach(key -> events.dequeue(tx, key));
        return its.size();
    }

    @Override
    public Page<EventFailure> failures(Tx tx, String subscriber, PageRequest page) {
        String after = page.cursor() == null ? "" : page.cursor();
        List<EventFailure> failures = events.queue(tx).entrySet().stream()
                .filter(entry -> entry.getKey().subscriber().equals(subscriber)
                        && entry.getValue().state() == State.FAILED
                        && entry.getKey().eventId().compareTo(after) > 0)
                .limit(page.limit() + 1L)
                .map(MemoryDispatchStore::failure)
                .toList();
        return Page.of(failures, page, EventFailure::eventId);
    }

    private static EventFailure failure(Map.Entry<QueueKey, Queued> entry) {
        Queued row = entry.getValue();
        QueueKey key = entry.getKey();
        return new EventFailure(key.subscriber(), key.eventId(), row.attempts(), row.error(), row.available());
    }

    @Override
    public List<SubscriberStatus> status(Tx tx, Set<String> subscribers) {
        return new TreeSet<>(subscribers).stream().map(name -> status(tx, name)).toList();
    }

    private SubscriberStatus status(Tx tx, String subscriber) {
        long open = 0;
        long failed = 0;
        Instant oldest = null;
        for (Map.Entry<QueueKey, Queued> entry : events.queue(tx).entrySet()) {
            if (entry.getKey().subscriber().equals(subscriber)) {
                Queued row = entry.getValue();
                open += row.state() == State.OPEN ? 1 : 0;
                failed += row.state() == State.FAILED ? 1 : 0;
                if (row.state() == State.OPEN
                        && (oldest == null || row.available().isBefore(oldest))) {
                    oldest = row.available();
                }
            }
        }
        return new SubscriberStatus(subscriber, open, oldest, failed);
    }
}
