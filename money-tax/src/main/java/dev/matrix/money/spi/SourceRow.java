package dev.matrix.money.spi;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a source stands, shared by all nodes.
 *
 * @param name the source's name
 * @param nextAttemptAt when it is due; store time
 * @param note what it asked to be told at its next fetch; null: nothing
 * @param failures attempts in a row that failed
 * @param failingSince the first of them; null: none
 * @param lastError why the last one failed; null: it didn't
 */
public record SourceRow(
        String name,
        Instant nextAttemptAt,
        @Nullable String note,
        int failures,
        @Nullable Instant failingSince,
        @Nullable String lastError) {}
