package dev.matrix.security.jooq;

import static dev.matrix.security.jooq.generated.Tables.MATRIX_GEO_RULE;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.insertInto;

import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.JooqTx;
import dev.matrix.security.spi.GeoRuleRow;
import dev.matrix.security.spi.GeoRuleStore;
import java.util.Map;
import java.util.Optional;
import org.jooq.Record;

/** {@link GeoRuleStore} in table {@code matrix_geo_rule}. */
final class JooqGeoRuleStore implements GeoRuleStore {

    @Override
    public boolean insert(Tx tx, GeoRuleRow row) {
        return JooqTx.of(tx)
                        .insertIfAbsent(insertInto(MATRIX_GEO_RULE)
                                .set(MATRIX_GEO_RULE.ID, row.id())
                                .set(MATRIX_GEO_RULE.SCOPE, row.scope())
                                .set(MATRIX_GEO_RULE.OWNER, row.owner())
                                .set(MATRIX_GEO_RULE.MATCHES, row.match())
                                .set(MATRIX_GEO_RULE.ACTION, row.action())
                                .set(MATRIX_GEO_RULE.NOTE, row.note())
                                .set(MATRIX_GEO_RULE.EXPIRES_AT, row.expiresAt())
                                .set(MATRIX_GEO_RULE.CREATED_AT, row.createdAt())
                                .set(MATRIX_GEO_RULE.CREATED_BY, row.createdBy()))
                == 1;
    }

    @Override
    public Optional<GeoRuleRow> find(Tx tx, String id) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_GEO_RULE)
                .where(MATRIX_GEO_RULE.ID.eq(id))
                .fetchOptional()
                .map(JooqGeoRuleStore::row);
    }

    @Override
    public boolean delete(Tx tx, String id) {
        return JooqTx.of(tx)
                        .dsl()
                        .deleteFrom(MATRIX_GEO_RULE)
                        .where(MATRIX_GEO_RULE.ID.eq(id))
                        .execute()
                == 1;
    }

    @Override
    public Page<GeoRuleRow> page(Tx tx, String scope, PageRequest page) {
        return Page.of(
                JooqTx.of(tx)
                        .dsl()
                        .selectFrom(MATRIX_GEO_RULE)
                        .where(MATRIX_GEO_RULE.SCOPE.eq(scope))
                        .and(MATRIX_GEO_RULE.ID.gt(page.cursor() == null ? "" : page.cursor()))
                        .orderBy(MATRIX_GEO_RULE.ID)
                        .limit(page.limit() + 1)
                        .fetch(JooqGeoRuleStore::row),
                page,
                GeoRuleRow::id);
    }

    @Override
    public Map<String, Integer> countByScope(Tx tx, String owner) {
        return JooqTx.of(tx)
                .dsl()
                .select(MATRIX_GEO_RULE.SCOPE, count())
                .from(MATRIX_GEO_RULE)
                .where(MATRIX_GEO_RULE.OWNER.eq(owner))
                .groupBy(MATRIX_GEO_RULE.SCOPE)
                .fetchMap(MATRIX_GEO_RULE.SCOPE, count());
    }

    private static GeoRuleRow row(Record row) {
        return new GeoRuleRow(
                row.get(MATRIX_GEO_RULE.ID),
                row.get(MATRIX_GEO_RULE.SCOPE),
                row.get(MATRIX_GEO_RULE.OWNER),
                row.get(MATRIX_GEO_RULE.MATCHES),
                row.get(MATRIX_GEO_RULE.ACTION),
                row.get(MATRIX_GEO_RULE.NOTE),
                row.get(MATRIX_GEO_RULE.EXPIRES_AT),
                row.get(MATRIX_GEO_RULE.CREATED_AT),
                row.get(MATRIX_GEO_RULE.CREATED_BY));
    }

    @Override
    public void blankAuthor(Tx tx, String by, String blank) {
        JooqTx.of(tx)
                .dsl()
                .update(MATRIX_GEO_RULE)
                .set(MATRIX_GEO_RULE.CREATED_BY, blank)
                .where(MATRIX_GEO_RULE.CREATED_BY.eq(by))
                .execute();
    }
}
