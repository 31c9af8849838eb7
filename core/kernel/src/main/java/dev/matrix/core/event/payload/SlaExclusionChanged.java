package dev.matrix.core.event.payload;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * {@code sla.exclusion_changed}: time was taken out of the reckoning, or that was undone.
 *
 * @param by who changed it
 */
public record SlaExclusionChanged(String id, Owner owner, Exclusion exclusion, String by) implements EventPayload {

    public SlaExclusionChanged {
        Checks.subject(id, owner);
    }

    @Override
    public EventType type() {
        return EventTypes.SLA_EXCLUSION_CHANGED;
    }

    /**
     * Time that does not count.
     *
     * @param scope everyone, tier, subscription or component
     * @param scopeId which tier, subscription or component; null for everyone
     * @param recurrence weekly or monthly; null for once
     * @param kind maintenance or correction
     * @param mode exclude or count_as_up
     * @param cancelled whether it holds no longer
     */
    public record Exclusion(
            String scope,
            @Nullable String scopeId,
            Instant from,
            Instant to,
            @Nullable String recurrence,
            String kind,
            String mode,
            String reason,
            Instant announcedAt,
            boolean cancelled) {

        public Exclusion {
            Checks.word(scope, "Exclusion.scope");
            Checks.word(kind, "Exclusion.kind");
            Checks.word(mode, "Exclusion.mode");
            if (!from.isBefore(to)) {
                throw new InvalidRequestException("Exclusion.from must lie before Exclusion.to.");
            }
        }
    }
}
