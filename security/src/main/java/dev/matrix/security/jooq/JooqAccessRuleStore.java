package dev.matrix.security.jooq;

import static dev.matrix.security.jooq.generated.Tables.MATRIX_IP_RULE;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.insertInto;

import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.net.IpRange;
import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.JooqTx;
import dev.matrix.security.spi.AccessRuleStore;
import dev.matrix.security.spi.IpRuleRow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** {@link AccessRuleStore} in table {@code matrix_ip_rule}. */
final class JooqAccessRuleStore implements AccessRuleStore {

    @Override
    public boolean insert(Tx tx, IpRuleRow row) {
        return JooqTx.of(tx)
                        .insertIfAbsent(insertInto(MATRIX_IP_RULE)
                                .set(MATRIX_IP_RULE.ID, row.id())
                                .set(MATRIX_IP_RULE.SCOPE, row.scope())
                                .set(MATRIX_IP_RULE.OWNER, row.owner())
                                .set(
                                        MATRIX_IP_RULE.FIRST_AT,
                                        Addresses.text(row.range().first()))
                                .set(
                                        MATRIX_IP_RULE.LAST_AT,
                                        Addresses.text(row.range().last()))
                                .set(MATRIX_IP_RULE.ACTION, row.action())
                                .set(MATRIX_IP_RULE.NOTE, row.note())
                                .set(MATRIX_IP_RULE.EXPIRES_AT, row.expiresAt())
                                .set(MATRIX_IP_RULE.CREATED_AT, row.createdAt())
                                .set(MATRIX_IP_RULE.CREATED_BY, row.createdBy())
                                .set(MATRIX_IP_RULE.HITS, row.hits())
                                .set(MATRIX_IP_RULE.LAST_HIT_AT, row.lastHitAt()))
                == 1;
    }

    @Override
    public Optional<IpRuleRow> find(Tx tx, String id) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_IP_RULE)
                .where(MATRIX_IP_RULE.ID.eq(id))
                .fetchOptional()
                .map(JooqAccessRuleStore::row);
    }

    @Override
    public boolean delete(Tx tx, String id) {
        return JooqTx.of(tx)
                        .dsl()
                        .deleteFrom(MATRIX_IP_RULE)
                        .where(MATRIX_IP_RULE.ID.eq(id))
                        .execute()
                == 1;
    }

    @Override
    public List<IpRuleRow> after(Tx tx, String scope, @Nullable String after, int limit) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_IP_RULE)
                .where(MATRIX_IP_RULE.SCOPE.eq(scope))
                .and(MATRIX_IP_RULE.ID.gt(after == null ? "" : after))
                .orderBy(MATRIX_IP_RULE.ID)
                .limit(limit)
                .fetch(JooqAccessRuleStore::row);
    }

    @Override
    public Page<IpRuleRow> page(Tx tx, String scope, PageRequest page) {
        return Page.of(after(tx, scope, page.cursor(), page.limit() + 1), page, IpRuleRow::id);
    }

    @Override
    public Map<String, Integer> countByScope(Tx tx, String owner) {
        return JooqTx.of(tx)
                .dsl()
                .select(MATRIX_IP_RULE.SCOPE, count())
                .from(MATRIX_IP_RULE)
                .where(MATRIX_IP_RULE.OWNER.eq(owner))
                .groupBy(MATRIX_IP_RULE.SCOPE)
                .fetchMap(MATRIX_IP_RULE.SCOPE, count());
    }

    @Override
    public void addHits(Tx tx, String id, long hits, Instant now) {
        JooqTx.of(tx)
                .dsl()
                .update(MATRIX_IP_RULE)
                .set(MATRIX_IP_RULE.HITS, MATRIX_IP_RULE.HITS.plus(hits))
                .set(MATRIX_IP_RULE.LAST_HIT_AT, now)
                .where(MATRIX_IP_RULE.ID.eq(id))
                .execute();
    }

    private static IpRuleRow row(Record row) {
        return new IpRuleRow(
                row.get(MATRIX_IP_RULE.ID),
                row.get(MATRIX_IP_RULE.SCOPE),
                row.get(MATRIX_IP_RULE.OWNER),
                new IpRange(
                        Addresses.parse(row.get(MATRIX_IP_RULE.FIRST_AT)),
                        Addresses.parse(row.get(MATRIX_IP_RULE.LAST_AT))),
                row.get(MATRIX_IP_RULE.ACTION),
                row.get(MATRIX_IP_RULE.NOTE),
                row.get(MATRIX_IP_RULE.EXPIRES_AT),
                row.get(MATRIX_IP_RULE.CREATED_AT),
                row.get(MATRIX_IP_RULE.CREATED_BY),
                row.get(MATRIX_IP_RULE.HITS),
                row.get(MATRIX_IP_RULE.LAST_HIT_AT));
    }

    @Override
    public void blankAuthor(Tx tx, String by, String blank) {
        JooqTx.of(tx)
                .dsl()
                .update(MATRIX_IP_RULE)
                .set(MATRIX_IP_RULE.CREATED_BY, blank)
                .where(MATRIX_IP_RULE.CREATED_BY.eq(by))
                .execute();
    }
}
