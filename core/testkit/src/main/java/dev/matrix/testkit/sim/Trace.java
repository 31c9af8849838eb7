package dev.matrix.testkit.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What happened last, each line behind the simulated time since the start. */
final class Trace {

    private static final int KEPT = 100;

    private final Deque<String> lines = new ArrayDeque<>();
    private final Instant start;
    private long count;

    Trace(Instant start) {
        this.start = start;
    }

    void add(Instant now, String what) {
        if (lines.size() == KEPT) {
            lines.removeFirst();
        }
        lines.addLast(++count + "  +" + Duration.between(start, now) + "  " + what);
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
