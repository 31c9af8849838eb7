package dev.matrix.security.jooq;

import static dev.matrix.security.jooq.generated.Tables.MATRIX_ACCESS_POLICY;
import static org.jooq.impl.DSL.insertInto;

import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.JooqTx;
import dev.matrix.security.spi.AccessPolicyRow;
import dev.matrix.security.spi.AccessPolicyStore;
import java.time.Duration;
import java.util.Optional;

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
                        row.get(MATRIX_ACCESS_POLICY.PRECEDENCE),
                        Duration.ofSeconds(row.get(MATRIX_ACCESS_POLICY.STEP_UP_SECONDS)),
                        row.get(MATRIX_ACCESS_POLICY.VERSION)));
    }

    @Override
    public boolean replaceIfVersion(Tx tx, AccessPolicyRow row) {
        JooqTx own = JooqTx.of(tx);
        if (row.version() == 1) {
            return own.insertIfAbsent(insertInto(MATRIX_ACCESS_POLICY)
                            .set(MATRIX_ACCESS_POLICY.SCOPE, row.scope())
                            .set(MATRIX_ACCESS_POLICY.IP_DEFAULT, row.ipDefault())
                            .set(MATRIX_ACCESS_POLICY.PRECEDENCE, row.precedence())
                            .set(
                                    MATRIX_ACCESS_POLICY.STEP_UP_SECONDS,
                                    row.stepUpAge().toSeconds())
                            .set(MATRIX_ACCESS_POLICY.VERSION, row.version()))
                    == 1;
        }
        return own.dsl()
                        .update(MATRIX_ACCESS_POLICY)
                        .set(MATRIX_ACCESS_POLICY.IP_DEFAULT, row.ipDefault())
                        .set(MATRIX_ACCESS_POLICY.PRECEDENCE, row.precedence())
                        .set(
                                MATRIX_ACCESS_POLICY.STEP_UP_SECONDS,
                                row.stepUpAge().toSeconds())
                        .set(MATRIX_ACCESS_POLICY.VERSION, row.version())
                        .where(MATRIX_ACCESS_POLICY.SCOPE.eq(row.scope()))
                        .and(MATRIX_ACCESS_POLICY.VERSION.eq(row.version() - 1))
                        .execute()
                == 1;
    }
}
