package dev.matrix.core.api;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts the requests in progress, and whose they are: one caller gets a share, and an eighth is kept for operators, so that
 * no caller's slow requests keep the others out. Thread-safe.
 */
final class InHand {

    private static final int RESERVED_PART = 8;

    private final int most;
    private final int mostOfOthers;
    private final int mostEach;
    private final Map<String, Integer> shares = new HashMap<>();
    private int count;
    private int ofOthers;
    private boolean closed;

    /**
     * @param most of all callers together
     * @param mostEach of one caller that is no operator
     */
    InHand(int most, int mostEach) {
        this.most = most;
        this.mostOfOthers = Math.max(1, most - most / RESERVED_PART);
        this.mostEach = mostEach;
    }

    /** One request's place; closing it gives it back. Used by one thread. */
    final class Place implements AutoCloseable {

        private final boolean admitted;
        private @Nullable String whose;

        private Place(boolean admitted) {
            this.admitted = admitted;
        }

        /** Whether there is room for the request at all. */
        boolean admitted() {
            return admitted;
        }

        /** Counts it as this caller's, who is no operator; once. False if the caller, or all such, have too many. */
        boolean take(String caller) {
            synchronized (InHand.this) {
                int share = shares.getOrDefault(caller, 0);
                if (whose != null) {
                    return true;
                }
                if (share >= mostEach || ofOthers >= mostOfOthers) {
                    return false;
                }
                shares.put(caller, share + 1);
                ofOthers++;
                whose = caller;
                return true;
            }
        }

        @Override
        public void close() {
            synchronized (InHand.this) {
                String caller = whose;
                if (caller != null) {
                    int left = shares.getOrDefault(caller, 1) - 1;
                    if (left == 0) {
                        shares.remove(caller);
                    } else {
                        shares.put(caller, left);
                    }
                    ofOthers--;
                    whose = null;
                }
                if (admitted) {
                    count--;
                    InHand.this.notifyAll();
                }
            }
        }
    }

    /** A place for a request of whom nothing is known yet. */
    synchronized Place enter() {
        boolean admitted = !closed && count < most;
        count += admitted ? 1 : 0;
        return new Place(admitted);
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** Admits nothing from now on, and waits for what is in progress; false if there is some left. */
    synchronized boolean close(Duration patience) throws InterruptedException {
        closed = true;
        long deadline = System.nanoTime() + patience.toNanos();
        long left = patience.toMillis();
        while (count > 0 && left > 0) {
            wait(left);
            left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
        }
        return count == 0;
    }
}
