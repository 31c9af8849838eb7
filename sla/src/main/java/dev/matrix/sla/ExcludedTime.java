package dev.matrix.sla;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an exclusion did in a period.
 *
 * @param from clipped to the period
 * @param to clipped to the period
 * @param honouredMinutes how many of its minutes count as the mode says
 * @param notHonoured why not all of them do; null: they do
 */
public record ExcludedTime(
        @Nullable String id,
        Instant from,
        Instant to,
        ExclusionKind kind,
        ExclusionMode mode,
        String reason,
        int honouredMinutes,
        @Nullable String notHonoured) {}
