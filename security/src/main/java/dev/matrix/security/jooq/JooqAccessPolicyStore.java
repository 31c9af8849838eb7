package dev.matrix.security.jooq;

import static dev.matrix.security.jooq.generated.Tables.MATRIX_ACCESS_POLICY;
import static org.jooq.impl.DSL.insertInto;

import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.JooqTx;
import dev.matrix.security.spi.AccessPolicyRow;
import dev.matrix.security.spi.AccessPolicyStore;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/** {@link AccessPolicyStore} in table {@code matrix_access_policy}. */
final class JooqAccessPolicyStore implements AccessPolicyStore {

    @Override
    public Optional<AccessPolicyRow> find(Tx tx, String scope) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_ACCESS_POLICY)
                .where(MATRIX_ACCESS_POLICY.SCOPE.eq(scope))
                .fetchOptional(row -> new AccessPolicyRow(
                        row.get(MATRIX_ACCESS_POLICY.SCOPE),
                        row.get(MATRIX_ACCESS_POLICY.IP_DEFAULT),
                        row.get(MATRIX_ACCESS_POLICY.GEO_DEFAULT),
                        row.get(MATRIX_ACCESS_POLICY.UNKNOWN_COUNTRY),
                        row.get(MATRIX_ACCESS_POLICY.PRIVATE_ADDRESS),
                        row.get(MATRIX_ACCESS_POLICY.IP_ALLOW_OVERRIDES_GEO),
                        row.get(MATRIX_ACCESS_POLICY.PRECEDENCE),
                        Duration.ofSeconds(row.get(MATRIX_ACCESS_POLICY.STEP_UP_SECONDS)),
                        row.get(MATRIX_ACCESS_POLICY.SECOND_FACTOR_FROM),
                        row.get(MATRIX_ACCESS_POLICY.VERSION)));
    }

    @Override
    public boolean replaceIfVersion(Tx tx, AccessPolicyRow row) {
        JooqTx own = JooqTx.of(tx);
        Map<Field<?>, @Nullable Object> values = values(row);
        if (row.version() == 1) {
            return own.insertIfAbsent(insertInto(MATRIX_ACCESS_POLICY)
                            .set(MATRIX_ACCESS_POLICY.SCOPE, row.scope())
                            .set(values))
                    == 1;
        }
        return own.dsl()
                        .update(MATRIX_ACCESS_POLICY)
                        .set(values)
                        .where(MATRIX_ACCESS_POLICY.SCOPE.eq(row.scope()))
                        .and(MATRIX_ACCESS_POLICY.VERSION.eq(row.version() - 1))
                        .execute()
                == 1;
    }

    private static Map<Field<?>, @Nullable Object> values(AccessPolicyRow row) {
        Map<Field<?>, @Nullable Object> values = new LinkedHashMap<>();
        values.put(MATRIX_ACCESS_POLICY.IP_DEFAULT, row.ipDefault());
        values.put(MATRIX_ACCESS_POLICY.GEO_DEFAULT, row.geoDefault());
        values.put(MATRIX_ACCESS_POLICY.UNKNOWN_COUNTRY, row.unknownCountry());
        values.put(MATRIX_ACCESS_POLICY.PRIVATE_ADDRESS, row.privateAddress());
        values.put(MATRIX_ACCESS_POLICY.IP_ALLOW_OVERRIDES_GEO, row.ipAllowOverridesGeo());
        values.put(MATRIX_ACCESS_POLICY.PRECEDENCE, row.precedence());
        values.put(MATRIX_ACCESS_POLICY.STEP_UP_SECONDS, row.stepUpAge().toSeconds());
        values.put(MATRIX_ACCESS_POLICY.SECOND_FACTOR_FROM, row.secondFactorFrom());
        values.put(MATRIX_ACCESS_POLICY.VERSION, row.version());
        return values;
    }
}
