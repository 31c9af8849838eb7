package dev.matrix.testkit;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is moved. Thread-safe. */
public final class ManualClock implements InstantSource {

    private Instant now;

    private ManualClock(Instant start) {
        this.now = requireNonNull(start, "start");
    }

    /** A clock that stands at {@code start}. */
    public static ManualClock at(Instant start) {
        return new ManualClock(start);
    }

    /** A clock that stands at an ISO 8601 instant, such as {@code 2026-01-01T00:00:00Z}. */
    public static ManualClock at(String start) {
        return new ManualClock(Instant.parse(start));
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    /** Moves the clock on, or back by a negative step; returns where it stands now. */
    public synchronized Instant advance(Duration step) {
        now = now.plus(step);
        return now;
    }

    /** Puts the clock at {@code instant}, later or earlier. */
    public synchronized void set(Instant instant) {
        now = requireNonNull(instant, "instant");
    }
}
