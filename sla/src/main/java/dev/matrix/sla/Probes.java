package dev.matrix.sla;

import dev.matrix.core.ConflictException;
import dev.matrix.core.Ids;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.NotFoundException;
import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.EventLog;
import dev.matrix.core.event.payload.SlaComponentChanged;
import dev.matrix.core.spi.KeyRing;
import dev.matrix.core.spi.KeyUse;
import dev.matrix.core.spi.Tx;
import dev.matrix.sla.spi.ComponentStore.ChangeRow;
import dev.matrix.sla.spi.ComponentStore.ProbeRow;
import dev.matrix.sla.spi.ProbeTarget;
import dev.matrix.sla.spi.UptimeProbe;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Keeps what is watched, takes heartbeats, and writes what results change. */
record Probes(
        SlaStores stores,
        Text text,
        KeyRing keys,
        EventLog events,
        Ids ids,
        InstantSource clock,
        Map<String, UptimeProbe> kinds,
        Silence silence,
        Runnable changed) {

    static final String HEADERS = "sla-probe-headers";

    private static final int MOST = 2_000;
    private static final int PAGE = 1_000;

    /** A target as stored, without the values of its headers. */
    record Stored(ProbeTarget target, List<String> headerNames) {}

    /** Headers as sealed. */
    record Headers(Map<String, String> values) {}

    Probe watch(Tx tx, ProbeTarget target) {
        if (!kinds.containsKey(target.kind())) {
            throw new InvalidRequestException("kind is one of " + new TreeSet<>(kinds.keySet()) + ", not "
                    + target.kind() + "; other probes are added when service levels are wired.");
        }
        Stored stored = new Stored(
                target.withHeaders(Map.of()),
                List.copyOf(new TreeSet<>(target.headers().keySet())));
        @Nullable
        ProbeRow known = stores.components().lock(tx, target.componentId()).orElse(null);
        if (known != null) {
            if (target.headers().isEmpty() && text.of(stored).equals(known.target())) {
                return view(known);
            }
            throw new ConflictException(
                    "Component " + target.componentId() + " is watched by " + known.id() + "; unwatch that one first.");
        }
        requireRoom(tx);
        String id = ids.next("prb");
        Instant now = clock.instant();
        byte[] sealed = target.headers().isEmpty()
                ? new byte[0]
                : keys.seal(use(id), text.bytes(new Headers(new TreeMap<>(target.headers()))));
        ProbeRow row =
                new ProbeRow(id, target.componentId(), text.of(stored), sealed, text.of(ProbeRun.NEW), now, 0, null);
        if (!stores.components().insert(tx, row)) {
            throw new ConflictException(
                    "Component " + target.componentId() + " was watched at the same time; read it again.");
        }
        tx.afterCommit(changed);
        return view(row);
    }

    private void requireRoom(Tx tx) {
        Page<ProbeRow> first = stores.components().page(tx, PageRequest.first(PAGE));
        String cursor = first.nextCursor();
        if (cursor != null
                && first.items().size()
                                + stores.components()
                                        .page(tx, PageRequest.after(cursor, MOST - PAGE))
                                        .items()
                                        .size()
                        >= MOST) {
            throw new ConflictException("There are " + MOST + " probes; unwatch some first.");
        }
    }

    static KeyUse use(String id) {
        return new KeyUse(HEADERS, Owner.platform(), id);
    }

    /** The component's history stays; its state is unknown from now on. */
    void unwatch(Tx tx, String id) {
        ProbeRow row =
                stores.components().find(tx, id).orElseThrow(() -> new NotFoundException("No probe " + id + "."));
        ProbeRun run = run(row);
        if (!stores.components().delete(tx, id)) {
            throw new NotFoundException("No probe " + id + ".");
        }
        if (run.state() != ComponentState.UNKNOWN) {
            Instant now = clock.instant();
            change(tx, row.component(), run.state(), ComponentState.UNKNOWN, now, "It isn't watched any more.");
        }
    }

    Page<Probe> page(Tx tx, PageRequest page) {
        return stores.components().page(tx, page).map(this::view);
    }

    Stored stored(ProbeRow row) {
        return text.read(row.target(), Stored.class);
    }

    ProbeRun run(ProbeRow row) {
        return text.read(row.run(), ProbeRun.class);
    }

    private Probe view(ProbeRow row) {
        Stored stored = stored(row);
        ProbeRun run = run(row);
        return new Probe(row.id(), stored.target(), stored.headerNames(), run.state(), run.lastResult(), row.nextDue());
    }

    /** A beat from the future counts as now; one that isn't newer than the last changes nothing. */
    void heartbeat(Tx tx, String component, Instant at) {
        Requirements.name(component, "componentId");
        Requirements.time(at, "at");
        ProbeRow row = stores.components()
                .lock(tx, component)
                .orElseThrow(() -> new NotFoundException("No component " + component + "."));
        ProbeTarget target = stored(row).target();
        if (!target.isHeartbeat()) {
            throw new InvalidRequestException(
                    "Component " + component + " is checked by kind " + target.kind() + "; it takes no heartbeats.");
        }
        Instant now = clock.instant();
        Instant beat = at.isAfter(now) ? now : at;
        ProbeRun run = run(row);
        Instant last = run.lastResult();
        if (last == null || beat.isAfter(last)) {
            ProbeRun.Next silent = run.unheard(target, beat);
            write(tx, row, target, run, silent, row.nextDue(), "no heartbeat");
            ProbeRun.Next next = silent.run().beat(beat);
            write(tx, row, target, silent.run(), next, next.run().next(target, beat), null);
        }
    }

    /**
     * Writes what a result made of a run, if the row's token is still the newest.
     *
     * @param row as it was locked or claimed
     * @return whether it counts
     */
    boolean write(
            Tx tx,
            ProbeRow row,
            ProbeTarget target,
            ProbeRun former,
            ProbeRun.Next next,
            Instant due,
            @Nullable String detail) {
        ProbeRow changedRow = new ProbeRow(
                row.id(),
                row.component(),
                row.target(),
                row.sealedHeaders(),
                text.of(next.run()),
                due,
                row.token(),
                null);
        if (!stores.components().save(tx, changedRow)) {
            return false;
        }
        silence.resumed(
                tx, target.componentId(), former.lastResult(), next.run().lastResult());
        Instant since = next.changedAt();
        if (since != null) {
            change(tx, row.component(), former.state(), next.run().state(), since, detail);
        }
        return true;
    }

    private void change(
            Tx tx, String component, ComponentState from, ComponentState to, Instant since, @Nullable String detail) {
        stores.components().change(tx, new ChangeRow(component, since, to.name()));
        events.publish(
                tx,
                BillingEvent.of(new SlaComponentChanged(
                                component, Owner.platform(), component, Words.of(from), Words.of(to), since, detail))
                        .withKey(Names.key("sla:component", component, since.toString(), Words.of(to))));
        tx.afterCommit(changed);
    }
}
