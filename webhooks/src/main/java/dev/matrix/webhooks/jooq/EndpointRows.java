package dev.matrix.webhooks.jooq;

import static dev.matrix.webhooks.jooq.generated.Tables.MATRIX_WEBHOOK_ENDPOINT;
import static dev.matrix.webhooks.jooq.generated.Tables.MATRIX_WEBHOOK_KEY;

import dev.matrix.jooq.Owners;
import dev.matrix.webhooks.DisabledReason;
import dev.matrix.webhooks.EndpointStatus;
import dev.matrix.webhooks.signing.SigningKey;
import dev.matrix.webhooks.spi.EndpointKeyRow;
import dev.matrix.webhooks.spi.EndpointRow;
import java.util.HashMap;
import java.util.Map;
import org.jooq.Field;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** Endpoints and keys as their tables hold them. */
final class EndpointRows {

    private EndpointRows() {}

    /** What a replacement writes; an endpoint's id, owner and time of creation never change, its health does apart from it. */
    static Map<Field<?>, @Nullable Object> columns(EndpointRow row) {
        Map<Field<?>, @Nullable Object> columns = new HashMap<>();
        columns.put(MATRIX_WEBHOOK_ENDPOINT.VERSION, row.version());
        columns.put(MATRIX_WEBHOOK_ENDPOINT.STATUS, row.status().name());
        columns.put(
                MATRIX_WEBHOOK_ENDPOINT.DISABLED_REASON,
                row.disabledReason() == null ? null : row.disabledReason().name());
        columns.put(MATRIX_WEBHOOK_ENDPOINT.SETTINGS, row.settings());
        columns.put(MATRIX_WEBHOOK_ENDPOINT.SEALED_HEADERS, row.sealedHeaders());
        return columns;
    }

    static EndpointRow endpoint(Record row) {
        String reason = row.get(MATRIX_WEBHOOK_ENDPOINT.DISABLED_REASON);
        return new EndpointRow(
                row.get(MATRIX_WEBHOOK_ENDPOINT.ID),
                Owners.of(row.get(MATRIX_WEBHOOK_ENDPOINT.OWNER_TYPE), row.get(MATRIX_WEBHOOK_ENDPOINT.OWNER_ID)),
                row.get(MATRIX_WEBHOOK_ENDPOINT.VERSION),
                EndpointStatus.valueOf(row.get(MATRIX_WEBHOOK_ENDPOINT.STATUS)),
                reason == null ? null : DisabledReason.valueOf(reason),
                row.get(MATRIX_WEBHOOK_ENDPOINT.SETTINGS),
                row.get(MATRIX_WEBHOOK_ENDPOINT.SEALED_HEADERS),
                row.get(MATRIX_WEBHOOK_ENDPOINT.FAILING_SINCE),
                row.get(MATRIX_WEBHOOK_ENDPOINT.FAILURES),
                row.get(MATRIX_WEBHOOK_ENDPOINT.CREATED_AT));
    }

    static EndpointKeyRow key(Record row) {
        return new EndpointKeyRow(
                row.get(MATRIX_WEBHOOK_KEY.ID),
                row.get(MATRIX_WEBHOOK_KEY.ENDPOINT_ID),
                SigningKey.Kind.valueOf(row.get(MATRIX_WEBHOOK_KEY.KIND)),
                row.get(MATRIX_WEBHOOK_KEY.SEALED),
                row.get(MATRIX_WEBHOOK_KEY.EXPIRES_AT));
    }
}
