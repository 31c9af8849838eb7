package dev.matrix.tax.jooq;

import static dev.matrix.tax.jooq.generated.Tables.MATRIX_TAX_ID_CHECK;
import static dev.matrix.tax.jooq.generated.Tables.MATRIX_TAX_ID_WATCH;
import static org.jooq.impl.DSL.insertInto;

import dev.matrix.core.Owner;
import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.JooqTx;
import dev.matrix.jooq.Owners;
import dev.matrix.tax.TaxId;
import dev.matrix.tax.TaxIdStatus;
import dev.matrix.tax.spi.TaxIdRow;
import dev.matrix.tax.spi.TaxIdStore;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;

/** {@link TaxIdStore} in tables {@code matrix_tax_id_check} and {@code matrix_tax_id_watch}. */
final class JooqTaxIdStore implements TaxIdStore {

    private static final int PREFIX_LENGTH = 2;

    @Override
    public Optional<TaxIdRow> find(Tx tx, TaxId id) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_TAX_ID_CHECK)
                .where(isRowOf(id))
                .fetchOptional(JooqTaxIdStore::row);
    }

    private static Condition isRowOf(TaxId id) {
        return MATRIX_TAX_ID_CHECK.PREFIX.eq(id.prefix()).and(MATRIX_TAX_ID_CHECK.NUMBER.eq(id.number()));
    }

    @Override
    public boolean insert(Tx tx, TaxIdRow row) {
        return JooqTx.of(tx).insertIfAbsent(insertInto(MATRIX_TAX_ID_CHECK).set(columns(row, row.version()))) == 1;
    }

    @Override
    public boolean replaceIfVersion(Tx tx, TaxIdRow row) {
        return JooqTx.of(tx)
                        .dsl()
                        .update(MATRIX_TAX_ID_CHECK)
                        .set(columns(row, row.version() + 1))
                        .where(isRowOf(row.id()))
                        .and(MATRIX_TAX_ID_CHECK.VERSION.eq(row.version()))
                        .execute()
                == 1;
    }

    @Override
    public List<TaxIdRow> due(Tx tx, Instant now, Collection<String> prefixes, int limit) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_TAX_ID_CHECK)
                .where(MATRIX_TAX_ID_CHECK.DUE_AT.le(now))
                .and(MATRIX_TAX_ID_CHECK.PREFIX.in(prefixes))
                .orderBy(MATRIX_TAX_ID_CHECK.DUE_AT)
                .limit(limit)
                .fetch(JooqTaxIdStore::row);
    }

    @Override
    public Optional<Instant> nextDue(Tx tx, Collection<String> prefixes) {
        return JooqTx.of(tx)
                .dsl()
                .select(MATRIX_TAX_ID_CHECK.DUE_AT)
                .from(MATRIX_TAX_ID_CHECK)
                .where(MATRIX_TAX_ID_CHECK.DUE_AT.isNotNull())
                .and(MATRIX_TAX_ID_CHECK.PREFIX.in(prefixes))
                .orderBy(MATRIX_TAX_ID_CHECK.DUE_AT)
                .limit(1)
                .fetchOptional(MATRIX_TAX_ID_CHECK.DUE_AT);
    }

    @Override
    public boolean watch(Tx tx, TaxId id, Owner owner) {
        return JooqTx.of(tx)
                        .insertIfAbsent(insertInto(MATRIX_TAX_ID_WATCH)
                                .set(MATRIX_TAX_ID_WATCH.PREFIX, id.prefix())
                                .set(MATRIX_TAX_ID_WATCH.NUMBER, id.number())
                                .set(MATRIX_TAX_ID_WATCH.OWNER_TYPE, Owners.type(owner))
                                .set(MATRIX_TAX_ID_WATCH.OWNER_ID, owner.id()))
                == 1;
    }

    @Override
    public boolean unwatch(Tx tx, TaxId id, Owner owner) {
        return JooqTx.of(tx)
                        .dsl()
                        .deleteFrom(MATRIX_TAX_ID_WATCH)
                        .where(isWatchOf(id))
                        .and(Owners.are(MATRIX_TAX_ID_WATCH.OWNER_TYPE, MATRIX_TAX_ID_WATCH.OWNER_ID, owner))
                        .execute()
                == 1;
    }

    @Override
    public int unwatchAll(Tx tx, Owner owner) {
        return JooqTx.of(tx)
                .dsl()
                .deleteFrom(MATRIX_TAX_ID_WATCH)
                .where(Owners.are(MATRIX_TAX_ID_WATCH.OWNER_TYPE, MATRIX_TAX_ID_WATCH.OWNER_ID, owner))
                .execute();
    }

    @Override
    public List<Owner> watchers(Tx tx, TaxId id) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_TAX_ID_WATCH)
                .where(isWatchOf(id))
                .orderBy(MATRIX_TAX_ID_WATCH.OWNER_TYPE, MATRIX_TAX_ID_WATCH.OWNER_ID)
                .fetch(watch ->
                        Owners.of(watch.get(MATRIX_TAX_ID_WATCH.OWNER_TYPE), watch.get(MATRIX_TAX_ID_WATCH.OWNER_ID)));
    }

    private static Condition isWatchOf(TaxId id) {
        return MATRIX_TAX_ID_WATCH.PREFIX.eq(id.prefix()).and(MATRIX_TAX_ID_WATCH.NUMBER.eq(id.number()));
    }

    private static Map<Field<?>, Object> columns(TaxIdRow row, long version) {
        TaxIdStatus standing = row.standing();
        TaxId requester = row.requester();
        Map<Field<?>, Object> columns = new HashMap<>();
        columns.put(MATRIX_TAX_ID_CHECK.PREFIX, row.id().prefix());
        columns.put(MATRIX_TAX_ID_CHECK.NUMBER, row.id().number());
        columns.put(MATRIX_TAX_ID_CHECK.VERSION, version);
        columns.put(MATRIX_TAX_ID_CHECK.STATUS, row.status().name());
        columns.put(MATRIX_TAX_ID_CHECK.CHECKED_AT, row.checkedAt());
        columns.put(MATRIX_TAX_ID_CHECK.CONSULTATION_NUMBER, row.consultationNumber());
        columns.put(MATRIX_TAX_ID_CHECK.REQUESTER, requester == null ? null : requester.text());
        columns.put(MATRIX_TAX_ID_CHECK.STANDING, standing == null ? null : standing.name());
        columns.put(MATRIX_TAX_ID_CHECK.LAST_VALID_AT, row.lastValidAt());
        columns.put(MATRIX_TAX_ID_CHECK.UNSETTLED_SINCE, row.unsettledSince());
        columns.put(MATRIX_TAX_ID_CHECK.FAILURES, row.failures());
        columns.put(MATRIX_TAX_ID_CHECK.DUE_AT, row.dueAt());
        return columns;
    }

    private static TaxIdRow row(Record row) {
        String standing = row.get(MATRIX_TAX_ID_CHECK.STANDING);
        String requester = row.get(MATRIX_TAX_ID_CHECK.REQUESTER);
        return new TaxIdRow(
                new TaxId(row.get(MATRIX_TAX_ID_CHECK.PREFIX), row.get(MATRIX_TAX_ID_CHECK.NUMBER)),
                row.get(MATRIX_TAX_ID_CHECK.VERSION),
                TaxIdStatus.valueOf(row.get(MATRIX_TAX_ID_CHECK.STATUS)),
                row.get(MATRIX_TAX_ID_CHECK.CHECKED_AT),
                row.get(MATRIX_TAX_ID_CHECK.CONSULTATION_NUMBER),
                requester == null
                        ? null
                        : new TaxId(requester.substring(0, PREFIX_LENGTH), requester.substring(PREFIX_LENGTH)),
                standing == null ? null : TaxIdStatus.valueOf(standing),
                row.get(MATRIX_TAX_ID_CHECK.LAST_VALID_AT),
                row.get(MATRIX_TAX_ID_CHECK.UNSETTLED_SINCE),
                row.get(MATRIX_TAX_ID_CHECK.FAILURES),
                row.get(MATRIX_TAX_ID_CHECK.DUE_AT));
    }
}
