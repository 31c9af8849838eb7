package dev.matrix.security.spi;

import dev.matrix.core.Owner;
import java.time.Instant;
import java.util.Map;

/**
 * What of an entry is found again. Whoever was erased stands here as {@code erased}, without data.
 *
 * @param id {@code aud_…}
 * @param owner whom it concerns; of an owner that was erased the id is its pseudonym
 * @param actor as {@code Actor.text()}
 * @param category as the name of {@code AuditEntry.Category}
 * @param actorData what is known of the person who acts
 * @param targetData what is known of the person it was done to
 * @param body the entry as JSON, byte for byte as it was written; owners and persons stand in it by pseudonyms
 */
public record AuditRecord(
        String id,
        Owner owner,
        String actor,
        String action,
        String category,
        boolean success,
        Instant at,
        Map<String, String> actorData,
        Map<String, String> targetData,
        String body) {

    public AuditRecord {
        actorData = Map.copyOf(actorData);
        targetData = Map.copyOf(targetData);
    }
}
