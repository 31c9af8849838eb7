package dev.matrix.webhooks.jooq;

import static dev.matrix.webhooks.jooq.generated.Tables.MATRIX_WEBHOOK_ENDPOINT;
import static dev.matrix.webhooks.jooq.generated.Tables.MATRIX_WEBHOOK_KEY;
import static dev.matrix.webhooks.jooq.generated.Tables.MATRIX_WEBHOOK_LEASE;
import static dev.matrix.webhooks.jooq.generated.Tables.MATRIX_WEBHOOK_ROUTE;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.insertInto;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;

import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.JooqTx;
import dev.matrix.jooq.Owners;
import dev.matrix.webhooks.EndpointStatus;
import dev.matrix.webhooks.spi.EndpointKeyRow;
import dev.matrix.webhooks.spi.EndpointRow;
import dev.matrix.webhooks.spi.EndpointStore;
import dev.matrix.webhooks.spi.OwnerRoutes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** {@link EndpointStore} in tables {@code matrix_webhook_endpoint}, {@code _key} and {@code _route}. */
final class JooqEndpointStore implements EndpointStore {

    @Override
    public List<OwnerRoutes> routes(Tx tx, Collection<Owner> owners) {
        Map<Owner, List<Record>> found = JooqTx.of(tx)
                .dsl()
                .select(MATRIX_WEBHOOK_ROUTE.OWNER_TYPE, MATRIX_WEBHOOK_ROUTE.OWNER_ID, MATRIX_WEBHOOK_ROUTE.VERSION)
                .select(MATRIX_WEBHOOK_ENDPOINT.fields())
                .from(MATRIX_WEBHOOK_ROUTE)
                .leftJoin(MATRIX_WEBHOOK_ENDPOINT)
                .on(MATRIX_WEBHOOK_ENDPOINT.OWNER_TYPE.eq(MATRIX_WEBHOOK_ROUTE.OWNER_TYPE))
                .and(MATRIX_WEBHOOK_ENDPOINT.OWNER_ID.eq(MATRIX_WEBHOOK_ROUTE.OWNER_ID))
                .and(MATRIX_WEBHOOK_ENDPOINT.STATUS.ne(EndpointStatus.DISABLED.name()))
                .where(isRouteOf(owners))
                .orderBy(MATRIX_WEBHOOK_ENDPOINT.ID)
                .stream()
                .collect(Collectors.groupingBy(JooqEndpointStore::routeOwner));
        return new TreeSet<>(owners)
                .stream()
                        .map(owner -> routes(owner, found.getOrDefault(owner, List.of())))
                        .toList();
    }

    private static Owner routeOwner(Record row) {
        return Owners.of(row.get(MATRIX_WEBHOOK_ROUTE.OWNER_TYPE), row.get(MATRIX_WEBHOOK_ROUTE.OWNER_ID));
    }

    private static OwnerRoutes routes(Owner owner, List<Record> rows) {
        long version = rows.isEmpty() ? 0 : rows.get(0).get(MATRIX_WEBHOOK_ROUTE.VERSION);
        List<EndpointRow> endpoints = rows.stream()
                .filter(row -> row.get(MATRIX_WEBHOOK_ENDPOINT.ID) != null)
                .map(EndpointRows::endpoint)
                .toList();
        return new OwnerRoutes(owner, version, endpoints);
    }

    private static Condition isRouteOf(Collection<Owner> owners) {
        return condition(
                "({0}, {1}) in (select * from unnest({2}, {3}))",
                MATRIX_WEBHOOK_ROUTE.OWNER_TYPE,
                MATRIX_WEBHOOK_ROUTE.OWNER_ID,
                val(owners.stream().map(Owners::type).toArray(Short[]::new)),
                val(owners.stream().map(Owner::id).toArray(String[]::new)));
    }

    /** The endpoint's lease row is made with it, so that a first acquisition needn't insert, which could wait. */
    @Override
    public void insert(Tx tx, EndpointRow row, List<EndpointKeyRow> keys) {
        JooqTx own = JooqTx.of(tx);
        own.dsl()
                .insertInto(MATRIX_WEBHOOK_ENDPOINT)
                .set(MATRIX_WEBHOOK_ENDPOINT.ID, row.id())
                .set(EndpointRows.columns(row))
                .set(MATRIX_WEBHOOK_ENDPOINT.OWNER_TYPE, Owners.type(row.owner()))
                .set(MATRIX_WEBHOOK_ENDPOINT.OWNER_ID, row.owner().id())
                .set(MATRIX_WEBHOOK_ENDPOINT.FAILING_SINCE, row.failingSince())
                .set(MATRIX_WEBHOOK_ENDPOINT.FAILURES, row.failures())
                .set(MATRIX_WEBHOOK_ENDPOINT.CREATED_AT, row.createdAt())
                .execute();
        keys.forEach(key -> insert(own, key));
        own.insertIfAbsent(insertInto(MATRIX_WEBHOOK_LEASE)
                .set(MATRIX_WEBHOOK_LEASE.ENDPOINT_ID, row.id())
                .set(MATRIX_WEBHOOK_LEASE.OWNER_TYPE, Owners.type(row.owner()))
                .set(MATRIX_WEBHOOK_LEASE.OWNER_ID, row.owner().id())
                .set(MATRIX_WEBHOOK_LEASE.NODE, "")
                .set(MATRIX_WEBHOOK_LEASE.TOKEN, 0L)
                .set(MATRIX_WEBHOOK_LEASE.BREAKER, ""));
        raiseRoutingVersion(own, row.owner());
    }

    private static void insert(JooqTx tx, EndpointKeyRow key) {
        tx.dsl()
                .insertInto(MATRIX_WEBHOOK_KEY)
                .set(MATRIX_WEBHOOK_KEY.ID, key.id())
                .set(MATRIX_WEBHOOK_KEY.ENDPOINT_ID, key.endpointId())
                .set(MATRIX_WEBHOOK_KEY.KIND, key.kind().name())
                .set(MATRIX_WEBHOOK_KEY.SEALED, key.sealed())
                .set(MATRIX_WEBHOOK_KEY.EXPIRES_AT, key.expiresAt())
                .execute();
    }

    private static void raiseRoutingVersion(JooqTx tx, Owner owner) {
        tx.insertIfAbsent(insertInto(MATRIX_WEBHOOK_ROUTE)
                .set(MATRIX_WEBHOOK_ROUTE.OWNER_TYPE, Owners.type(owner))
                .set(MATRIX_WEBHOOK_ROUTE.OWNER_ID, owner.id())
                .set(MATRIX_WEBHOOK_ROUTE.VERSION, 0L));
        tx.dsl()
                .update(MATRIX_WEBHOOK_ROUTE)
                .set(MATRIX_WEBHOOK_ROUTE.VERSION, MATRIX_WEBHOOK_ROUTE.VERSION.plus(1))
                .where(Owners.are(MATRIX_WEBHOOK_ROUTE.OWNER_TYPE, MATRIX_WEBHOOK_ROUTE.OWNER_ID, owner))
                .execute();
    }

    @Override
    public boolean replaceIfVersion(Tx tx, EndpointRow row) {
        JooqTx own = JooqTx.of(tx);
        int replaced = own.dsl()
                .update(MATRIX_WEBHOOK_ENDPOINT)
                .set(EndpointRows.columns(row))
                .where(isOwned(row.owner(), row.id()))
                .and(MATRIX_WEBHOOK_ENDPOINT.VERSION.eq(row.version() - 1))
                .execute();
        if (replaced == 1) {
            raiseRoutingVersion(own, row.owner());
        }
        return replaced == 1;
    }

    @Override
    public boolean delete(Tx tx, Owner owner, String id) {
        JooqTx own = JooqTx.of(tx);
        DSLContext dsl = own.dsl();
        int deleted = dsl.deleteFrom(MATRIX_WEBHOOK_ENDPOINT)
                .where(isOwned(owner, id))
                .execute();
        if (deleted == 1) {
            dsl.deleteFrom(MATRIX_WEBHOOK_KEY)
                    .where(MATRIX_WEBHOOK_KEY.ENDPOINT_ID.eq(id))
                    .execute();
            raiseRoutingVersion(own, owner);
        }
        return deleted == 1;
    }

    private static Condition isOwned(Owner owner, String id) {
        return MATRIX_WEBHOOK_ENDPOINT
                .ID
                .eq(id)
                .and(Owners.are(MATRIX_WEBHOOK_ENDPOINT.OWNER_TYPE, MATRIX_WEBHOOK_ENDPOINT.OWNER_ID, owner));
    }

    @Override
    public void addKey(Tx tx, EndpointKeyRow key, Instant olderExpireAt, Instant now) {
        JooqTx own = JooqTx.of(tx);
        own.dsl()
                .update(MATRIX_WEBHOOK_KEY)
                .set(MATRIX_WEBHOOK_KEY.EXPIRES_AT, olderExpireAt)
                .where(MATRIX_WEBHOOK_KEY.ENDPOINT_ID.eq(key.endpointId()))
                .and(MATRIX_WEBHOOK_KEY.KIND.eq(key.kind().name()))
                .and(MATRIX_WEBHOOK_KEY.EXPIRES_AT.isNull().or(MATRIX_WEBHOOK_KEY.EXPIRES_AT.gt(olderExpireAt)))
                .execute();
        own.dsl()
                .deleteFrom(MATRIX_WEBHOOK_KEY)
                .where(MATRIX_WEBHOOK_KEY.ENDPOINT_ID.eq(key.endpointId()))
                .and(MATRIX_WEBHOOK_KEY.EXPIRES_AT.le(now))
                .execute();
        insert(own, key);
    }

    @Override
    public Optional<Loaded> find(Tx tx, Owner owner, String id, Instant now) {
        return loaded(JooqTx.of(tx), isOwned(owner, id), now).stream().findFirst();
    }

    @Override
    public List<Loaded> load(Tx tx, Collection<String> ids, Instant now) {
        Condition wanted = MATRIX_WEBHOOK_ENDPOINT.ID.eq(any(ids.toArray(String[]::new)));
        return loaded(JooqTx.of(tx), wanted, now);
    }

    @Override
    public Page<Loaded> page(Tx tx, Owner owner, @Nullable EndpointStatus status, PageRequest page, Instant now) {
        Condition wanted = Owners.are(MATRIX_WEBHOOK_ENDPOINT.OWNER_TYPE, MATRIX_WEBHOOK_ENDPOINT.OWNER_ID, owner)
                .and(status == null ? noCondition() : MATRIX_WEBHOOK_ENDPOINT.STATUS.eq(status.name()))
                .and(page.cursor() == null ? noCondition() : MATRIX_WEBHOOK_ENDPOINT.ID.gt(page.cursor()));
        Condition onPage = MATRIX_WEBHOOK_ENDPOINT.ID.in(select(MATRIX_WEBHOOK_ENDPOINT.ID)
                .from(MATRIX_WEBHOOK_ENDPOINT)
                .where(wanted)
                .orderBy(MATRIX_WEBHOOK_ENDPOINT.ID)
                .limit(page.limit() + 1));
        List<Loaded> found = loaded(JooqTx.of(tx), onPage, now);
        return Page.of(found, page, loaded -> loaded.row().id());
    }

    /** Endpoints in id order with their live keys; by one statement, so that row and keys fit. */
    private static List<Loaded> loaded(JooqTx tx, Condition wanted, Instant now) {
        Map<String, EndpointRow> rows = new TreeMap<>();
        Map<String, List<EndpointKeyRow>> keys = new TreeMap<>();
        tx.dsl()
                .select(MATRIX_WEBHOOK_ENDPOINT.fields())
                .select(MATRIX_WEBHOOK_KEY.fields())
                .from(MATRIX_WEBHOOK_ENDPOINT)
                .leftJoin(MATRIX_WEBHOOK_KEY)
                .on(MATRIX_WEBHOOK_KEY.ENDPOINT_ID.eq(MATRIX_WEBHOOK_ENDPOINT.ID))
                .and(MATRIX_WEBHOOK_KEY.EXPIRES_AT.isNull().or(MATRIX_WEBHOOK_KEY.EXPIRES_AT.gt(now)))
                .where(wanted)
                .orderBy(
                        MATRIX_WEBHOOK_ENDPOINT.ID,
                        MATRIX_WEBHOOK_KEY.EXPIRES_AT.desc().nullsFirst(),
                        MATRIX_WEBHOOK_KEY.ID.desc())
                // Planned for as many ids as there are, one or thousands.
                .poolable(false)
                .forEach(row -> add(row, rows, keys));
        return rows.values().stream()
                .map(row -> new Loaded(row, keys.getOrDefault(row.id(), List.of())))
                .toList();
    }

    private static void add(Record row, Map<String, EndpointRow> rows, Map<String, List<EndpointKeyRow>> keys) {
        EndpointRow endpoint = EndpointRows.endpoint(row);
        rows.putIfAbsent(endpoint.id(), endpoint);
        if (row.get(MATRIX_WEBHOOK_KEY.ID) != null) {
            keys.computeIfAbsent(endpoint.id(), absent -> new ArrayList<>()).add(EndpointRows.key(row));
        }
    }

    @Override
    public int count(Tx tx, Owner owner) {
        return JooqTx.of(tx)
                .dsl()
                .fetchCount(
                        MATRIX_WEBHOOK_ENDPOINT,
                        Owners.are(MATRIX_WEBHOOK_ENDPOINT.OWNER_TYPE, MATRIX_WEBHOOK_ENDPOINT.OWNER_ID, owner));
    }

    /** In id order, as whatever locks several endpoints, so that two never wait for each other. */
    @Override
    public void noteHealth(Tx tx, Collection<Health> health) {
        Object[][] notes = health.stream()
                .sorted(Comparator.comparing(Health::endpointId))
                .map(note -> new Object[] {note.failingSince(), note.failures(), note.endpointId()})
                .toArray(Object[][]::new);
        DSLContext dsl = JooqTx.of(tx).dsl();
        dsl.batch(dsl.update(MATRIX_WEBHOOK_ENDPOINT)
                        .set(MATRIX_WEBHOOK_ENDPOINT.FAILING_SINCE, Instant.EPOCH)
                        .set(MATRIX_WEBHOOK_ENDPOINT.FAILURES, 0)
                        .where(MATRIX_WEBHOOK_ENDPOINT.ID.eq("")))
                .bind(notes)
                .execute();
    }
}
