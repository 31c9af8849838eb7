package dev.matrix.jooq;

import static dev.matrix.jooq.generated.Tables.MATRIX_API_PIN;
import static org.jooq.impl.DSL.insertInto;

import dev.matrix.core.Owner;
import dev.matrix.core.spi.ApiPinStore;
import dev.matrix.core.spi.Tx;
import dev.matrix.core.wire.ApiVersion;
import java.time.Instant;
import java.util.Optional;

/** {@link ApiPinStore} in table {@code matrix_api_pin}. */
final class JooqApiPinStore implements ApiPinStore {

    @Override
    public Optional<ApiVersion> find(Tx tx, Owner account) {
        return JooqTx.of(tx)
                .dsl()
                .select(MATRIX_API_PIN.VERSION)
                .from(MATRIX_API_PIN)
                .where(Owners.are(MATRIX_API_PIN.OWNER_TYPE, MATRIX_API_PIN.OWNER_ID, account))
                .fetchOptional(MATRIX_API_PIN.VERSION)
                .map(ApiVersion::new);
    }

    @Override
    public ApiVersion pin(Tx tx, Owner account, ApiVersion version, Instant now) {
        int inserted = JooqTx.of(tx)
                .insertIfAbsent(insertInto(MATRIX_API_PIN)
                        .set(MATRIX_API_PIN.OWNER_TYPE, Owners.type(account))
                        .set(MATRIX_API_PIN.OWNER_ID, account.id())
                        .set(MATRIX_API_PIN.VERSION, version.date())
                        .set(MATRIX_API_PIN.SET_AT, now));
        return inserted == 1 ? version : find(tx, account).orElse(version);
    }

    @Override
    public void replace(Tx tx, Owner account, ApiVersion version, Instant now) {
        if (!update(tx, account, version, now)
                && !pin(tx, account, version, now).equals(version)) {
            update(tx, account, version, now);
        }
    }

    private static boolean update(Tx tx, Owner account, ApiVersion version, Instant now) {
        return JooqTx.of(tx)
                        .dsl()
                        .update(MATRIX_API_PIN)
                        .set(MATRIX_API_PIN.VERSION, version.date())
                        .set(MATRIX_API_PIN.SET_AT, now)
                        .where(Owners.are(MATRIX_API_PIN.OWNER_TYPE, MATRIX_API_PIN.OWNER_ID, account))
                        .execute()
                == 1;
    }
}
