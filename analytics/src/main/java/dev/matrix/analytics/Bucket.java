package dev.matrix.analytics;

import java.time.Instant;

/**
 * A half-open span of time of a report.
 *
 * @param label its name in its zone
 */
record Bucket(Instant from, Instant to, String label) {}
