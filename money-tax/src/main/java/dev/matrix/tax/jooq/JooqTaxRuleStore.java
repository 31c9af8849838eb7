package dev.matrix.tax.jooq;

import static dev.matrix.tax.jooq.generated.Tables.MATRIX_TAX_RULE;
import static dev.matrix.tax.jooq.generated.Tables.MATRIX_TAX_RULESET;
import static org.jooq.impl.DSL.insertInto;

import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.JooqTx;
import dev.matrix.tax.spi.TaxRuleStore;
import java.time.Instant;
import java.util.List;

/** {@link TaxRuleStore} in tables {@code matrix_tax_rule} and {@code matrix_tax_ruleset}. */
final class JooqTaxRuleStore implements TaxRuleStore {

    private static final short ONLY = 0;

    @Override
    public long version(Tx tx) {
        Long version = JooqTx.of(tx)
                .dsl()
                .select(MATRIX_TAX_RULESET.VERSION)
                .from(MATRIX_TAX_RULESET)
                .where(MATRIX_TAX_RULESET.ID.eq(ONLY))
                .fetchOne(MATRIX_TAX_RULESET.VERSION);
        return version == null ? 0 : version;
    }

    @Override
    public List<RuleRow> changedAfter(Tx tx, long version) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_TAX_RULE)
                .where(MATRIX_TAX_RULE.CHANGED_IN.gt(version))
                .orderBy(MATRIX_TAX_RULE.ID)
                .fetch(row -> new RuleRow(
                        row.get(MATRIX_TAX_RULE.ID),
                        row.get(MATRIX_TAX_RULE.RULE),
                        row.get(MATRIX_TAX_RULE.RECORDED_AT),
                        row.get(MATRIX_TAX_RULE.SUPERSEDED_AT)));
    }

    @Override
    public void insert(Tx tx, List<RuleRow> rules) {
        JooqTx own = JooqTx.of(tx);
        long next = locked(own) + 1;
        var insert = own.dsl()
                .batch(own.dsl()
                        .insertInto(
                                MATRIX_TAX_RULE,
                                MATRIX_TAX_RULE.ID,
                                MATRIX_TAX_RULE.RULE,
                                MATRIX_TAX_RULE.RECORDED_AT,
                                MATRIX_TAX_RULE.SUPERSEDED_AT,
                                MATRIX_TAX_RULE.CHANGED_IN)
                        .values("", "", Instant.EPOCH, Instant.EPOCH, 0L));
        for (RuleRow row : rules) {
            insert = insert.bind(row.id(), row.json(), row.recordedAt(), row.supersededAt(), next);
        }
        if (!rules.isEmpty()) {
            insert.execute();
        }
        own.dsl()
                .update(MATRIX_TAX_RULESET)
                .set(MATRIX_TAX_RULESET.VERSION, next)
                .where(MATRIX_TAX_RULESET.ID.eq(ONLY))
                .execute();
    }

    /** The version, which nobody else raises until this transaction ends. */
    private static long locked(JooqTx tx) {
        tx.insertIfAbsent(
                insertInto(MATRIX_TAX_RULESET).set(MATRIX_TAX_RULESET.ID, ONLY).set(MATRIX_TAX_RULESET.VERSION, 0L));
        return tx.dsl()
                .selectFrom(MATRIX_TAX_RULESET)
                .where(MATRIX_TAX_RULESET.ID.eq(ONLY))
                .forUpdate()
                .fetchSingle(MATRIX_TAX_RULESET.VERSION);
    }

    @Override
    public boolean supersede(Tx tx, String id, Instant at) {
        JooqTx own = JooqTx.of(tx);
        return own.dsl()
                        .update(MATRIX_TAX_RULE)
                        .set(MATRIX_TAX_RULE.SUPERSEDED_AT, at)
                        .set(MATRIX_TAX_RULE.CHANGED_IN, locked(own) + 1)
                        .where(MATRIX_TAX_RULE.ID.eq(id))
                        .and(MATRIX_TAX_RULE.SUPERSEDED_AT.isNull())
                        .execute()
                == 1;
    }
}
