package dev.matrix.webhooks;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The deliveries of one endpoint that this node holds: ready to be sent, in flight, or answered and not yet flushed, when the
 * store may still show them as due. Each is counted in the node's {@link HeldBytes}. Not thread-safe.
 */
final class LaneQueue {

    private final HeldBytes bytes;

    /** In the order to send: by id as read. */
    private final Deque<Ready> ready = new ArrayDeque<>();

    /** All that is held, by id, except for {@link #since}. */
    private final Map<String, Ready> held = new HashMap<>();

    /** Handed over during a read that may yet show that nothing stands before it. */
    private final Deque<Ready> since = new ArrayDeque<>();

    LaneQueue(HeldBytes bytes) {
        this.bytes = bytes;
    }

    /** Takes a row to send, which is nothing new where it is held already; false where there is no room for its body. */
    boolean put(Ready row) {
        if (held.containsKey(row.id())) {
            return true;
        }
        if (!bytes.take(row)) {
            return false;
        }
        held.put(row.id(), row);
        ready.addLast(row);
        return true;
    }

    /** Takes a row that waits for the read in progress; false where there is no room for its body. */
    boolean putSince(Ready row) {
        if (!bytes.take(row)) {
            return false;
        }
        since.add(row);
        return true;
    }

    /** Ends the waiting of what was handed over during a read: it is ready, or is left to the store. */
    void endSince(boolean caughtUp) {
        List<Ready> waiting = List.copyOf(since);
        since.clear();
        waiting.forEach(bytes::giveBack);
        if (caughtUp) {
            waiting.forEach(this::put);
        }
    }

    @Nullable
    Ready peek() {
        return ready.peekFirst();
    }

    /** Takes the next out of those that are ready; it stays held until it is forgotten. */
    Ready begin() {
        return ready.removeFirst();
    }

    void forget(String id) {
        Ready row = held.remove(id);
        if (row != null) {
            bytes.giveBack(row);
        }
    }

    /** Forgets what was not begun. */
    void dropReady() {
        List<Ready> all = List.copyOf(ready);
        ready.clear();
        all.forEach(row -> forget(row.id()));
        endSince(false);
    }

    void forgetAll() {
        ready.clear();
        Set.copyOf(held.keySet()).forEach(this::forget);
        endSince(false);
    }

    boolean hasReady() {
        return !ready.isEmpty();
    }

    /** How many are ready, or are going to be if the read in progress allows. */
    int waiting() {
        return ready.size() + since.size();
    }

    int ready() {
        return ready.size();
    }

    int size() {
        return held.size();
    }

    Set<String> ids() {
        return Set.copyOf(held.keySet());
    }

    Set<String> subjects() {
        return held.values().stream().map(Ready::subject).collect(Collectors.toSet());
    }
}
