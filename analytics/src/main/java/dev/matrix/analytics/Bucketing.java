package dev.matrix.analytics;

import java.time.Instant;

/** Cuts time into buckets that follow each other without gaps. */
@FunctionalInterface
interface Bucketing {

    /** Where a bucket begins and ends. */
    record Span(Instant from, Instant to) {}

    /** The bucket that holds an instant. */
    Span at(Instant instant);
}
