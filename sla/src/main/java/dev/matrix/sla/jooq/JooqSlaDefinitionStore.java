package dev.matrix.sla.jooq;

import static dev.matrix.sla.jooq.generated.Tables.MATRIX_SLA_DEFINITION;

import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.JooqTx;
import dev.matrix.sla.jooq.generated.tables.MatrixSlaDefinition;
import dev.matrix.sla.spi.SlaDefinitionStore;
import java.util.List;
import org.jooq.Record;

/** {@link SlaDefinitionStore} in table {@code matrix_sla_definition}. */
final class JooqSlaDefinitionStore implements SlaDefinitionStore {

    private static final MatrixSlaDefinition TABLE = MATRIX_SLA_DEFINITION;

    private static DefinitionRow row(Record row) {
        return new DefinitionRow(
                row.get(TABLE.TIER),
                row.get(TABLE.VERSION),
                row.get(TABLE.EFFECTIVE_FROM),
                row.get(TABLE.DEFINED_AT),
                row.get(TABLE.DEFINITION));
    }

    @Override
    public boolean insert(Tx tx, DefinitionRow row) {
        JooqTx own = JooqTx.of(tx);
        return own.insertIfAbsent(own.dsl()
                        .insertInto(TABLE)
                        .set(TABLE.TIER, row.tier())
                        .set(TABLE.VERSION, row.version())
                        .set(TABLE.EFFECTIVE_FROM, row.from())
                        .set(TABLE.DEFINED_AT, row.definedAt())
                        .set(TABLE.DEFINITION, row.json()))
                == 1;
    }

    @Override
    public List<DefinitionRow> versions(Tx tx, String tier) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(TABLE)
                .where(TABLE.TIER.eq(tier))
                .orderBy(TABLE.VERSION)
                .fetch(JooqSlaDefinitionStore::row);
    }

    @Override
    public List<DefinitionRow> all(Tx tx) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(TABLE)
                .orderBy(TABLE.TIER, TABLE.VERSION)
                .fetch(JooqSlaDefinitionStore::row);
    }

    @Override
    public long count(Tx tx) {
        return JooqTx.of(tx).dsl().fetchCount(TABLE);
    }
}
