package dev.matrix.security.jooq;

import static dev.matrix.security.jooq.generated.Tables.MATRIX_API_KEY;
import static dev.matrix.security.jooq.generated.Tables.MATRIX_API_KEY_OWNER;
import static org.jooq.impl.DSL.insertInto;

import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.JooqTx;
import dev.matrix.jooq.Owners;
import dev.matrix.security.spi.ApiKeyRow;
import dev.matrix.security.spi.ApiKeyRow.State;
import dev.matrix.security.spi.ApiKeyStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.Record;

/** {@link ApiKeyStore} in table {@code matrix_api_key}; scopes are one a line. */
final class JooqApiKeyStore implements ApiKeyStore {

    private static final Condition OPEN = MATRIX_API_KEY.STATE.in(State.ACTIVE.name(), State.ROTATING.name());
    private static final Condition OVER = MATRIX_API_KEY.STATE.in(State.EXPIRED.name(), State.REVOKED.name());

    @Override
    public void lockOwner(Tx tx, Owner owner) {
        JooqTx own = JooqTx.of(tx);
        own.insertIfAbsent(insertInto(MATRIX_API_KEY_OWNER)
                .set(MATRIX_API_KEY_OWNER.OWNER_TYPE, Owners.type(owner))
                .set(MATRIX_API_KEY_OWNER.OWNER_ID, owner.id()));
        own.dsl()
                .select(MATRIX_API_KEY_OWNER.OWNER_ID)
                .from(MATRIX_API_KEY_OWNER)
                .where(Owners.are(MATRIX_API_KEY_OWNER.OWNER_TYPE, MATRIX_API_KEY_OWNER.OWNER_ID, owner))
                .forUpdate()
                .fetchSingle();
    }

    @Override
    public void insert(Tx tx, ApiKeyRow row) {
        JooqTx.of(tx)
                .dsl()
                .insertInto(MATRIX_API_KEY)
                .set(MATRIX_API_KEY.ID, row.id())
                .set(MATRIX_API_KEY.OWNER_TYPE, Owners.type(row.owner()))
                .set(MATRIX_API_KEY.OWNER_ID, row.owner().id())
                .set(MATRIX_API_KEY.NAME, row.name())
                .set(MATRIX_API_KEY.HASH, row.hash())
                .set(MATRIX_API_KEY.HINT, row.hint())
                .set(MATRIX_API_KEY.SCOPES, row.scopes().stream().sorted().collect(Collectors.joining("\n")))
                .set(MATRIX_API_KEY.STATE, row.state().name())
                .set(MATRIX_API_KEY.CREATED_AT, row.createdAt())
                .set(MATRIX_API_KEY.CREATED_BY, row.createdBy())
                .set(MATRIX_API_KEY.ENDS_AT, row.endsAt())
                .set(MATRIX_API_KEY.LAST_USED_AT, row.lastUsedAt())
                .execute();
    }

    private static Optional<ApiKeyRow> one(Tx tx, Condition wanted) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_API_KEY)
                .where(wanted)
                .fetchOptional()
                .map(JooqApiKeyStore::row);
    }

    @Override
    public Optional<ApiKeyRow> findByHash(Tx tx, String hash) {
        return one(tx, MATRIX_API_KEY.HASH.eq(hash));
    }

    @Override
    public Optional<ApiKeyRow> find(Tx tx, String id) {
        return one(tx, MATRIX_API_KEY.ID.eq(id));
    }

    private static Condition of(Owner owner) {
        return Owners.are(MATRIX_API_KEY.OWNER_TYPE, MATRIX_API_KEY.OWNER_ID, owner);
    }

    @Override
    public Page<ApiKeyRow> page(Tx tx, Owner owner, PageRequest page) {
        List<ApiKeyRow> found = JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_API_KEY)
                .where(of(owner))
                .and(MATRIX_API_KEY.ID.gt(page.cursor() == null ? "" : page.cursor()))
                .orderBy(MATRIX_API_KEY.ID)
                .limit(page.limit() + 1)
                .fetch(JooqApiKeyStore::row);
        return Page.of(found, page, ApiKeyRow::id);
    }

    @Override
    public int countLive(Tx tx, Owner owner, Instant now) {
        Condition live = OPEN.and(MATRIX_API_KEY.ENDS_AT.isNull().or(MATRIX_API_KEY.ENDS_AT.gt(now)));
        return JooqTx.of(tx).dsl().fetchCount(MATRIX_API_KEY, of(owner).and(live));
    }

    @Override
    public int countSince(Tx tx, Owner owner, Instant since) {
        return JooqTx.of(tx).dsl().fetchCount(MATRIX_API_KEY, of(owner).and(MATRIX_API_KEY.CREATED_AT.ge(since)));
    }

    @Override
    public boolean replaceIfSame(Tx tx, ApiKeyRow seen, ApiKeyRow row) {
        Condition sameEnd =
                seen.endsAt() == null ? MATRIX_API_KEY.ENDS_AT.isNull() : MATRIX_API_KEY.ENDS_AT.eq(seen.endsAt());
        return JooqTx.of(tx)
                        .dsl()
                        .update(MATRIX_API_KEY)
                        .set(MATRIX_API_KEY.STATE, row.state().name())
                        .set(MATRIX_API_KEY.ENDS_AT, row.endsAt())
                        .where(MATRIX_API_KEY.ID.eq(seen.id()))
                        .and(MATRIX_API_KEY.STATE.eq(seen.state().name()))
                        .and(sameEnd)
                        .execute()
                == 1;
    }

    @Override
    public void used(Tx tx, String id, Instant at) {
        JooqTx.of(tx)
                .dsl()
                .update(MATRIX_API_KEY)
                .set(MATRIX_API_KEY.LAST_USED_AT, at)
                .where(MATRIX_API_KEY.ID.eq(id))
                .and(MATRIX_API_KEY.LAST_USED_AT.isNull().or(MATRIX_API_KEY.LAST_USED_AT.lt(at)))
                .execute();
    }

    @Override
    public List<ApiKeyRow> ended(Tx tx, Instant now, int limit) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_API_KEY)
                .where(OPEN)
                .and(MATRIX_API_KEY.ENDS_AT.le(now))
                .orderBy(MATRIX_API_KEY.ENDS_AT, MATRIX_API_KEY.ID)
                .limit(limit)
                .fetch(JooqApiKeyStore::row);
    }

    @Override
    public int deleteEnded(Tx tx, Instant before, int limit) {
        List<String> ids = JooqTx.of(tx)
                .dsl()
                .select(MATRIX_API_KEY.ID)
                .from(MATRIX_API_KEY)
                .where(OVER)
                .and(MATRIX_API_KEY.ENDS_AT.lt(before))
                .limit(limit)
                .fetch(MATRIX_API_KEY.ID);
        return JooqTx.of(tx)
                .dsl()
                .deleteFrom(MATRIX_API_KEY)
                .where(MATRIX_API_KEY.ID.in(ids))
                .execute();
    }

    private static ApiKeyRow row(Record row) {
        return new ApiKeyRow(
                row.get(MATRIX_API_KEY.ID),
                Owners.of(row.get(MATRIX_API_KEY.OWNER_TYPE), row.get(MATRIX_API_KEY.OWNER_ID)),
                row.get(MATRIX_API_KEY.NAME),
                row.get(MATRIX_API_KEY.HASH),
                row.get(MATRIX_API_KEY.HINT),
                row.get(MATRIX_API_KEY.SCOPES).lines().collect(Collectors.toSet()),
                State.valueOf(row.get(MATRIX_API_KEY.STATE)),
                row.get(MATRIX_API_KEY.CREATED_AT),
                row.get(MATRIX_API_KEY.CREATED_BY),
                row.get(MATRIX_API_KEY.ENDS_AT),
                row.get(MATRIX_API_KEY.LAST_USED_AT));
    }

    @Override
    public void blankAuthor(Tx tx, String by, String blank) {
        JooqTx.of(tx)
                .dsl()
                .update(MATRIX_API_KEY)
                .set(MATRIX_API_KEY.CREATED_BY, blank)
                .where(MATRIX_API_KEY.CREATED_BY.eq(by))
                .execute();
    }
}
