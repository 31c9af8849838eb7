package dev.matrix.security.spi;

import dev.matrix.core.Owner;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is held against whoever tries a person's codes.
 *
 * @param failures wrong codes since the last right one
 * @param lockedAt when the running lock began; null: none
 * @param level wrong codes, of which one a day is forgotten
 * @param levelAt as of when
 * @param hardLocked whether only a person can unlock
 */
public record FactorGuardRow(
        Owner owner,
        String subjectId,
        int failures,
        @Nullable Instant lockedAt,
        int level,
        Instant levelAt,
        boolean hardLocked) {}
