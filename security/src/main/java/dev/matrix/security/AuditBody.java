package dev.matrix.security;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.json.JsonCodec;
import dev.matrix.security.spi.AuditRow;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An entry's body: its members in the order in which they are written. */
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
        Map<String, String> data) {

    static final int VERSION = 1;

    /** Whether a row is found by what its body says. A body that a newer version of the software wrote is not judged. */
    static boolean agrees(JsonCodec json, AuditRow row) {
        try {
            AuditBody body = json.decode(row.body(), AuditBody.class);
            return body.v != VERSION
                    || (body.id.equals(row.id())
                            && body.action.equals(row.action())
                            && body.at.equals(row.at())
                            && body.success == row.success()
                            && body.owner.equals(row.owner().toString()));
        } catch (InvalidRequestException e) {
            return true;
        }
    }
}
