package dev.matrix.security.spi;

import dev.matrix.core.Owner;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the audit log: its body, and what it is found by. Owner and actor stand here in the clear until their person is erased, then
 * by the pseudonym that the body has.
 *
 * @param id {@code aud_…}
 * @param ownerPseudonym the owner's in the body; null: the platform
 * @param actor as {@code Actor.text()}
 * @param actorPseudonym the actor's in the body; null: no person
 * @param category as the name of {@code AuditEntry.Category}, which says how long the body is kept
 * @param at store time, in microseconds
 * @param body canonical JSON in UTF-8, at most 65,535 bytes
 */
public record AuditRow(
        String id,
        Owner owner,
        @Nullable String ownerPseudonym,
        String actor,
        @Nullable String actorPseudonym,
        String action,
        String category,
        boolean success,
        Instant at,
        byte[] body) {}
