package dev.matrix.sla;

import dev.matrix.core.ConflictException;
import dev.matrix.core.Ids;
import dev.matrix.core.Owner;
import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.EventLog;
import dev.matrix.core.event.EventType;
import dev.matrix.core.event.payload.EventTypes;
import dev.matrix.core.event.payload.Period;
import dev.matrix.core.event.payload.SlaAlertChanged;
import dev.matrix.core.event.payload.SlaBreached;
import dev.matrix.core.event.payload.SlaObjective;
import dev.matrix.core.spi.Tx;
import dev.matrix.sla.Live.OpenAlert;
import dev.matrix.sla.spi.AlertStore.AlertRow;
import dev.matrix.sla.spi.StatementStore.BreachRow;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens, eases and ends alerts, and states breaches, each with its event in the same transaction. */
record Watch(SlaStores stores, Text text, EventLog events, Ids ids) {

    /** Looks at a subscription after its counts or rules have changed. */
    void look(Tx tx, Live live, Instant now) {
        long to = live.judged.to();
        Segment segment = to == Long.MIN_VALUE ? null : live.judged.timeline().segment(to - 1);
        if (segment == null) {
            for (OpenAlert open : List.copyOf(live.alerts.values())) {
                write(
                        tx,
                        live,
                        open,
                        AlertRules.resolved(open.alert(), open.alert().rules(), now));
            }
            return;
        }
        for (Objective objective : segment.definition().objectives()) {
            alert(tx, live, segment, objective);
        }
        breaches(tx, live, segment, to);
    }

    private void alert(Tx tx, Live live, Segment segment, Objective objective) {
        OpenAlert open = live.alerts.get(objective.kind());
        @Nullable SlaAlert former = open == null ? null : open.alert();
        AlertRules.next(segment, objective, live.judged, former, former == null ? ids.next("alr") : former.id())
                .filter(next -> former == null || differs(former, next))
                .ifPresent(next -> write(tx, live, open, next));
    }

    private static boolean differs(SlaAlert former, SlaAlert next) {
        return former.severity() != next.severity()
                || former.state() != next.state()
                || !former.rules().equals(next.rules());
    }

    private void write(Tx tx, Live live, @Nullable OpenAlert open, SlaAlert next) {
        Owner owner = live.subscribed.row().owner();
        boolean over = next.state() == AlertState.RESOLVED;
        long version = open == null ? 1 : open.version() + 1;
        AlertRow row = new AlertRow(
                next.id(), next.subscriptionId(), owner, version, over ? null : openKey(next), text.of(next));
        boolean written =
                open == null ? stores.alerts().insert(tx, row) : stores.alerts().replaceIfVersion(tx, row);
        if (!written) {
            throw new ConflictException("Alert " + next.id() + " has changed meanwhile; its shard is read again.");
        }
        if (over) {
            live.alerts.remove(next.objective());
        } else {
            live.alerts.put(next.objective(), new OpenAlert(next, version));
        }
        if (open == null || over || open.alert().severity() != next.severity()) {
            publish(tx, owner, open == null ? null : open.alert(), next);
        }
    }

    private static String openKey(SlaAlert alert) {
        return alert.subscriptionId() + ":" + alert.objective().name();
    }

    private void publish(Tx tx, Owner owner, @Nullable SlaAlert former, SlaAlert next) {
        EventType type = former == null
                ? EventTypes.SLA_ALERT_OPENED
                : next.state() == AlertState.RESOLVED ? EventTypes.SLA_ALERT_RESOLVED : EventTypes.SLA_ALERT_CHANGED;
        SlaAlertChanged payload = SlaAlertChanged.builder()
                .id(next.id())
                .owner(owner)
                .type(type)
                .subscriptionId(next.subscriptionId())
                .tier(next.tier())
                .definitionVersion(next.definitionVersion())
                .objective(next.objective())
                .alertId(next.id())
                .severity(Words.of(next.severity()))
                .previousSeverity(former == null ? null : Words.of(former.severity()))
                .rule(next.rule())
                .burnLong(next.burnLong())
                .burnShort(next.burnShort())
                .budgetRemaining(next.budgetRemaining())
                .episodes(next.episodes())
                .openedAt(next.openedAt())
                .at(next.changedAt())
                .build();
        events.publish(
                tx,
                BillingEvent.of(payload)
                        .withKey(Names.key(
                                "sla:alert",
                                next.id(),
                                type.name(),
                                next.changedAt().toString())));
    }

    private void breaches(Tx tx, Live live, Segment running, long to) {
        SlaPeriod period = Periods.at(running.binding(), to - 1);
        List<Segment> segments = new ArrayList<>(live.judged.timeline().segments(period));
        segments.removeIf(segment -> segment.from() >= to);
        for (Segment segment : segments) {
            Sums sums = live.judged.sums(segment.from(), segment.to());
            for (Objective objective : segment.definition().objectives()) {
                if (!live.breachedIn(segment).contains(objective.kind())) {
                    BreachRules.basis(segment, objective, sums, live.judged).ifPresent(basis -> {
                        state(tx, live.subscribed.row().owner(), segment, period, objective, sums, basis, to - 1);
                        live.breachedIn(segment).add(objective.kind());
                    });
                }
            }
        }
    }

    /** States a breach, once per segment and objective; the row goes first, and only who inserted it publishes. */
    void state(
            Tx tx,
            Owner owner,
            Segment segment,
            SlaPeriod period,
            Objective objective,
            Sums sums,
            SlaBreached.Basis basis,
            long minute) {
        SlaBinding binding = segment.binding();
        Tally counted = sums.counted(objective);
        SlaBreached breach = breach(owner, segment, period, objective, sums, counted, basis, minute);
        Breach body = new Breach(basis, breach.attainment(), breach.bad(), breach.total(), Periods.instant(minute));
        BreachRow row = new BreachRow(
                binding.subscriptionId(),
                segment.from(),
                objective.kind().name(),
                period.toString(),
                false,
                text.of(body));
        if (stores.statements().breach(tx, row)) {
            events.publish(tx, BillingEvent.of(breach).withKey(key("sla:breach", segment, objective.kind())));
        }
    }

    /** A breach as stored. */
    record Breach(SlaBreached.Basis basis, BigDecimal attainment, long bad, long total, Instant at) {}

    private static String key(String kind, Segment segment, SlaObjective objective) {
        return Names.key(kind, segment.binding().subscriptionId(), Long.toString(segment.from()), Words.of(objective));
    }

    private static SlaBreached breach(
            Owner owner,
            Segment segment,
            SlaPeriod period,
            Objective objective,
            Sums sums,
            Tally counted,
            SlaBreached.Basis basis,
            long minute) {
        SlaBinding binding = segment.binding();
        return new SlaBreached(
                binding.subscriptionId(),
                owner,
                EventTypes.SLA_BREACHED,
                binding.subscriptionId(),
                segment.definition().tier(),
                segment.definition().version(),
                objective.kind(),
                new Period(
                        Periods.instant(Periods.start(period, binding)),
                        Periods.instant(Periods.end(period, binding)),
                        binding.zone()),
                basis,
                objective.target(),
                sums.tally(objective).attainment(objective.target()),
                counted.bad().longValueExact(),
                counted.total(),
                Periods.instant(minute));
    }

    /** Takes back a breach that a statement doesn't confirm. */
    void withdraw(Tx tx, Owner owner, Segment segment, SlaPeriod period, Objective objective, Sums sums, long minute) {
        if (stores.statements()
                .withdraw(
                        tx,
                        segment.binding().subscriptionId(),
                        segment.from(),
                        objective.kind().name())) {
            SlaBreached b = breach(
                    owner, segment, period, objective, sums, sums.counted(objective), SlaBreached.Basis.FINAL, minute);
            SlaBreached withdrawn = new SlaBreached(
                    b.id(),
                    owner,
                    EventTypes.SLA_BREACH_WITHDRAWN,
                    b.subscriptionId(),
                    b.tier(),
                    b.definitionVersion(),
                    b.objective(),
                    b.period(),
                    b.basis(),
                    b.target(),
                    b.attainment(),
                    b.bad(),
                    b.total(),
                    b.at());
            events.publish(
                    tx, BillingEvent.of(withdrawn).withKey(key("sla:breach-withdrawn", segment, objective.kind())));
        }
    }
}
