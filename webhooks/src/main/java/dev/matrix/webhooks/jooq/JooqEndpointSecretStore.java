package dev.matrix.webhooks.jooq;

import static dev.matrix.webhooks.jooq.generated.Tables.MATRIX_WEBHOOK_ENDPOINT;
import static dev.matrix.webhooks.jooq.generated.Tables.MATRIX_WEBHOOK_KEY;

import dev.matrix.core.Owner;
import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.JooqTx;
import dev.matrix.jooq.Owners;
import dev.matrix.webhooks.spi.EndpointSecretStore;
import java.util.List;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.TableField;
import org.jspecify.annotations.Nullable;

/** {@link EndpointSecretStore} in tables {@code matrix_webhook_key} and {@code matrix_webhook_endpoint}. */
final class JooqEndpointSecretStore implements EndpointSecretStore {

    /** Where a kind of secret is. */
    private record Column(Table<?> table, TableField<?, String> id, TableField<?, byte[]> sealed) {

        static Column of(Kind kind) {
            return switch (kind) {
                case KEY -> new Column(MATRIX_WEBHOOK_KEY, MATRIX_WEBHOOK_KEY.ID, MATRIX_WEBHOOK_KEY.SEALED);
                case HEADERS ->
                    new Column(
                            MATRIX_WEBHOOK_ENDPOINT,
                            MATRIX_WEBHOOK_ENDPOINT.ID,
                            MATRIX_WEBHOOK_ENDPOINT.SEALED_HEADERS);
            };
        }

        Table<?> withOwner() {
            return table.equals(MATRIX_WEBHOOK_ENDPOINT)
                    ? table
                    : MATRIX_WEBHOOK_KEY
                            .join(MATRIX_WEBHOOK_ENDPOINT)
                            .on(MATRIX_WEBHOOK_ENDPOINT.ID.eq(MATRIX_WEBHOOK_KEY.ENDPOINT_ID));
        }
    }

    @Override
    public List<Secret> after(Tx tx, Kind kind, @Nullable String after, int limit) {
        Column column = Column.of(kind);
        return JooqTx.of(tx)
                .dsl()
                .select(
                        column.id(),
                        column.sealed(),
                        MATRIX_WEBHOOK_ENDPOINT.OWNER_TYPE,
                        MATRIX_WEBHOOK_ENDPOINT.OWNER_ID)
                .from(column.withOwner())
                .where(column.id().gt(after == null ? "" : after))
                .orderBy(column.id())
                .limit(limit)
                .fetch(row -> new Secret(kind, row.value1(), owner(row), row.value2()));
    }

    private static Owner owner(Record row) {
        return Owners.of(row.get(MATRIX_WEBHOOK_ENDPOINT.OWNER_TYPE), row.get(MATRIX_WEBHOOK_ENDPOINT.OWNER_ID));
    }

    @Override
    public boolean replaceIfSame(Tx tx, Secret former, byte[] sealed) {
        Column column = Column.of(former.kind());
        return JooqTx.of(tx)
                        .dsl()
                        .update(column.table())
                        .set(column.sealed(), sealed)
                        .where(column.id().eq(former.id()))
                        .and(column.sealed().eq(former.sealed()))
                        .execute()
                == 1;
    }
}
