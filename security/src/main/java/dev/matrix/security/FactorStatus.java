package dev.matrix.security;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a person's second factors stand.
 *
 * @param enrolled whether there is an active device
 * @param lockedUntil when the next code is looked at; null: now
 */
public record FactorStatus(
        boolean enrolled, int recoveryCodesLeft, @Nullable Instant lockedUntil, boolean hardLocked) {}
