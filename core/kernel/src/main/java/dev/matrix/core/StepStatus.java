package dev.matrix.core;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a step of background work fares on this node; health checks read it. Immutable.
 *
 * @param name the step's name, such as {@code webhooks.feed}
 * @param lastRun when its last run began, in store time; null before the first
 * @param running whether that run still goes on: one that began long ago hangs
 * @param failures how many runs in a row have failed; 0 when the last one went well
 * @param lastError what the last failed run threw, in at most 1,000 characters, kept when later runs go well; null when
 *     none has failed
 */
public record StepStatus(
        String name,
        @Nullable Instant lastRun,
        boolean running,
        int failures,
        @Nullable String lastError) {}
