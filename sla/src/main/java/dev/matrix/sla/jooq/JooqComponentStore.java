package dev.matrix.sla.jooq;

import static dev.matrix.sla.jooq.generated.Tables.MATRIX_SLA_COMPONENT_CHANGE;
import static dev.matrix.sla.jooq.generated.Tables.MATRIX_SLA_PROBE;
import static org.jooq.impl.DSL.noCondition;

import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.JooqTx;
import dev.matrix.sla.jooq.generated.tables.MatrixSlaComponentChange;
import dev.matrix.sla.jooq.generated.tables.MatrixSlaProbe;
import dev.matrix.sla.spi.ComponentStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;

/** {@link ComponentStore} in tables {@code matrix_sla_probe} and {@code matrix_sla_component_change}. */
final class JooqComponentStore implements ComponentStore {

    private static final MatrixSlaProbe PROBE = MATRIX_SLA_PROBE;
    private static final MatrixSlaComponentChange CHANGE = MATRIX_SLA_COMPONENT_CHANGE;

    private static ProbeRow probe(Record row) {
        return new ProbeRow(
                row.get(PROBE.ID),
                row.get(PROBE.COMPONENT_ID),
                row.get(PROBE.TARGET),
                row.get(PROBE.SEALED_HEADERS),
                row.get(PROBE.RUN),
                row.get(PROBE.NEXT_DUE),
                row.get(PROBE.TOKEN),
                row.get(PROBE.LEASE_UNTIL));
    }

    private static ChangeRow change(Record row) {
        return new ChangeRow(row.get(CHANGE.COMPONENT_ID), row.get(CHANGE.CHANGED_AT), row.get(CHANGE.STATE));
    }

    @Override
    public boolean insert(Tx tx, ProbeRow probe) {
        JooqTx own = JooqTx.of(tx);
        return own.insertIfAbsent(own.dsl()
                        .insertInto(PROBE)
                        .set(PROBE.ID, probe.id())
                        .set(PROBE.COMPONENT_ID, probe.component())
                        .set(PROBE.TARGET, probe.target())
                        .set(PROBE.SEALED_HEADERS, probe.sealedHeaders())
                        .set(PROBE.RUN, probe.run())
                        .set(PROBE.NEXT_DUE, probe.nextDue())
                        .set(PROBE.TOKEN, probe.token())
                        .set(PROBE.LEASE_UNTIL, probe.leaseUntil()))
                == 1;
    }

    @Override
    public boolean delete(Tx tx, String id) {
        return JooqTx.of(tx).dsl().deleteFrom(PROBE).where(PROBE.ID.eq(id)).execute() == 1;
    }

    @Override
    public Optional<ProbeRow> find(Tx tx, String id) {
        return JooqTx.of(tx).dsl().selectFrom(PROBE).where(PROBE.ID.eq(id)).fetchOptional(JooqComponentStore::probe);
    }

    @Override
    public Optional<ProbeRow> lock(Tx tx, String component) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(PROBE)
                .where(PROBE.COMPONENT_ID.eq(component))
                .forUpdate()
                .fetchOptional(JooqComponentStore::probe);
    }

    @Override
    public Page<ProbeRow> page(Tx tx, PageRequest page) {
        List<ProbeRow> found = JooqTx.of(tx)
                .dsl()
                .selectFrom(PROBE)
                .where(page.cursor() == null ? noCondition() : PROBE.ID.gt(page.cursor()))
                .orderBy(PROBE.ID)
                .limit(page.limit() + 1)
                .fetch(JooqComponentStore::probe);
        return Page.of(found, page, ProbeRow::id);
    }

    /** The rows are locked before they are written, so no other claim comes between; who waits nowhere passes over them. */
    @Override
    public List<ProbeRow> claimDue(Tx tx, Instant now, int limit, Duration lease) {
        DSLContext dsl = JooqTx.of(tx).dsl();
        List<ProbeRow> due = dsl.selectFrom(PROBE)
                .where(PROBE.NEXT_DUE.le(now))
                .and(PROBE.LEASE_UNTIL.isNull().or(PROBE.LEASE_UNTIL.le(now)))
                .orderBy(PROBE.NEXT_DUE, PROBE.ID)
                .limit(limit)
                .forUpdate()
                .skipLocked()
                .fetch(JooqComponentStore::probe);
        List<ProbeRow> claimed = due.stream()
                .map(each -> new ProbeRow(
                        each.id(),
                        each.component(),
                        each.target(),
                        each.sealedHeaders(),
                        each.run(),
                        each.nextDue(),
                        each.token() + 1,
                        now.plus(lease)))
                .toList();
        claimed.forEach(each -> dsl.update(PROBE)
                .set(PROBE.TOKEN, each.token())
                .set(PROBE.LEASE_UNTIL, each.leaseUntil())
                .where(PROBE.ID.eq(each.id()))
                .execute());
        return claimed;
    }

    @Override
    public boolean save(Tx tx, ProbeRow probe) {
        return JooqTx.of(tx)
                        .dsl()
                        .update(PROBE)
                        .set(PROBE.SEALED_HEADERS, probe.sealedHeaders())
                        .set(PROBE.RUN, probe.run())
                        .set(PROBE.NEXT_DUE, probe.nextDue())
                        .set(PROBE.LEASE_UNTIL, probe.leaseUntil())
                        .where(PROBE.ID.eq(probe.id()))
                        .and(PROBE.TOKEN.eq(probe.token()))
                        .execute()
                == 1;
    }

    @Override
    public void change(Tx tx, ChangeRow change) {
        DSLContext dsl = JooqTx.of(tx).dsl();
        dsl.deleteFrom(CHANGE)
                .where(CHANGE.COMPONENT_ID.eq(change.component()))
                .and(CHANGE.CHANGED_AT.ge(change.at()))
                .execute();
        dsl.insertInto(CHANGE)
                .set(CHANGE.COMPONENT_ID, change.component())
                .set(CHANGE.CHANGED_AT, change.at())
                .set(CHANGE.STATE, change.state())
                .execute();
    }

    @Override
    public List<ChangeRow> changes(Tx tx, Collection<String> components, Instant from) {
        DSLContext dsl = JooqTx.of(tx).dsl();
        List<ChangeRow> found = new ArrayList<>();
        for (String component : new TreeSet<>(components)) {
            dsl.selectFrom(CHANGE)
                    .where(CHANGE.COMPONENT_ID.eq(component))
                    .and(CHANGE.CHANGED_AT.lt(from))
                    .orderBy(CHANGE.CHANGED_AT.desc())
                    .limit(1)
                    .fetchOptional(JooqComponentStore::change)
                    .ifPresent(found::add);
            found.addAll(dsl.selectFrom(CHANGE)
                    .where(CHANGE.COMPONENT_ID.eq(component))
                    .and(CHANGE.CHANGED_AT.ge(from))
                    .orderBy(CHANGE.CHANGED_AT)
                    .fetch(JooqComponentStore::change));
        }
        return found;
    }

    @Override
    public String version(Tx tx) {
        return JooqTx.of(tx)
                .dsl()
                .select(
                        DSL.count(),
                        DSL.max(CHANGE.CHANGED_AT),
                        DSL.sum(DSL.epoch(CHANGE.CHANGED_AT)),
                        DSL.sum(DSL.when(CHANGE.STATE.eq("UP"), 1).else_(0)),
                        DSL.sum(DSL.when(CHANGE.STATE.eq("DOWN"), 1).else_(0)))
                .from(CHANGE)
                .fetchSingle(row -> row.intoList().toString());
    }
}
