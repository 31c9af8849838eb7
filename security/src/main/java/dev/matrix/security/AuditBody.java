package dev.matrix.security;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Owner;
import dev.matrix.core.json.JsonCodec;
import dev.matrix.security.spi.AuditRow;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An entry's body: its members in the order in which they are written. Owners and persons stand in it by pseudonyms.
 *
 * @param actorData in Base64, sealed by the acting person's key
 * @param targetData in Base64, sealed by the key of the person it was done to
 */
record AuditBody(
        int v,
        String action,
        String id,
        Instant at,
        String owner,
        String actor,
        AuditEntry.Category category,
        SecurityLevel level,
        boolean success,
        String targetType,
        String targetId,
        @Nullable String requestId,
        Map<String, String> data,
        @Nullable String actorData,
        @Nullable String targetData) {

    static final int VERSION = 1;

    /** How an owner stands in a body. */
    static String ownerText(Owner owner, @Nullable String pseudonym) {
        return pseudonym == null ? owner.toString() : owner.type().name().toLowerCase(Locale.ROOT) + ":" + pseudonym;
    }

    /** How a person stands in a body. */
    static String personText(String pseudonym) {
        return "person:" + pseudonym;
    }

    /** Whether a row is found by what its body says. A body that a newer version of the software wrote is not judged. */
    static boolean agrees(JsonCodec json, AuditRow row) {
        try {
            AuditBody body = json.decode(row.body(), AuditBody.class);
            return body.v != VERSION
                    || (body.id.equals(row.id())
                            && body.action.equals(row.action())
                            && body.at.equals(row.at())
                            && body.success == row.success()
                            && body.owner.equals(ownerText(row.owner(), row.ownerPseudonym()))
                            && body.actor.equals(
                                    row.actorPseudonym() == null ? row.actor() : personText(row.actorPseudonym())));
        } catch (InvalidRequestException e) {
            return true;
        }
    }
}
