package dev.matrix.security.spi;

import dev.matrix.core.Owner;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which entries are wanted; null: any.
 *
 * @param actor as {@code Actor.text()}
 * @param category as the name of {@code AuditEntry.Category}
 * @param from the first instant
 * @param to the end, which isn't wanted
 */
public record AuditFilter(
        @Nullable Owner owner,
        @Nullable String actor,
        @Nullable String action,
        @Nullable String category,
        @Nullable Instant from,
        @Nullable Instant to) {

    /** Whether an entry is wanted. */
    public boolean wants(AuditRow row) {
        return (owner == null || owner.equals(row.owner()))
                && (actor == null || actor.equals(row.actor()))
                && (action == null || action.equals(row.action()))
                && (category == null || category.equals(row.category()))
                && (from == null || !row.at().isBefore(from))
                && (to == null || row.at().isBefore(to));
    }
}
