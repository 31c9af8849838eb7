package dev.matrix.sla;

import dev.matrix.core.ConflictException;
import dev.matrix.core.Ids;
import dev.matrix.core.NotFoundException;
import dev.matrix.core.Owner;
import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.EventLog;
import dev.matrix.core.event.payload.Period;
import dev.matrix.core.event.payload.SlaBreached;
import dev.matrix.core.event.payload.SlaStatementIssued;
import dev.matrix.core.json.JsonCodec;
import dev.matrix.core.spi.Tx;
import dev.matrix.sla.spi.SlaBindingStore.SubscriptionRow;
import dev.matrix.sla.spi.StatementStore.StatementRow;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Makes statements: the figures of a period, fixed, with the breaches, credits and events that follow. */
record Closing(
        SlaStores stores,
        Records records,
        Text text,
        JsonCodec json,
        Reports reports,
        Bindings bindings,
        Credits credits,
        Watch watch,
        EventLog events,
        Ids ids,
        InstantSource clock) {

    private static final String CLOSE = "close";

    /** The statement of a period that is over and frozen; makes it once. */
    SlaStatement close(Tx tx, String subscriptionId, SlaPeriod period) {
        Subscribed subscribed = bindings.locked(tx, subscriptionId);
        Optional<StatementRow> known = stores.statements().find(tx, subscriptionId, period.toString(), null);
        if (known.isPresent()) {
            return text.read(known.get().json(), SlaStatement.class);
        }
        JudgedSpan judged = reports.judged(tx, subscribed, period);
        List<Segment> segments = judged.timeline().segments(period);
        Segment last = segments.get(segments.size() - 1);
        long frozen = frozen(last);
        if (frozen > Counting.minute(clock.instant())
                || stores.measurements().watermark(tx, subscribed.shard()) < frozen) {
            throw new ConflictException("The period " + period + " of subscription " + subscriptionId + " is closed at "
                    + Periods.instant(frozen) + ", once all until then was measured.");
        }
        return state(tx, subscribed, period, judged, 1, CLOSE);
    }

    static long frozen(Segment last) {
        return last.to() + last.definition().freezeAfter().toMinutes();
    }

    /** The next version, if the exclusions of a stated period are others by now. */
    Optional<SlaStatement> restate(Tx tx, String subscriptionId, SlaPeriod period) {
        Subscribed subscribed = bindings.locked(tx, subscriptionId);
        SlaStatement stated = stores.statements()
                .find(tx, subscriptionId, period.toString(), null)
                .map(row -> text.read(row.json(), SlaStatement.class))
                .orElseThrow(() -> new NotFoundException("No statement of " + subscriptionId + " for " + period + "."));
        JudgedSpan judged = reports.judged(tx, subscribed, period);
        List<String> now = exclusions(judged, period);
        if (now.equals(stated.exclusions())) {
            return Optional.empty();
        }
        String cause = "after v" + stated.version() + ": "
                + Names.sha256(String.join(",", now).getBytes(StandardCharsets.UTF_8));
        return Optional.of(state(tx, subscribed, period, judged, stated.version() + 1, cause));
    }

    private static List<String> exclusions(JudgedSpan judged, SlaPeriod period) {
        return judged.timeline().honoured(period).listed().stream()
                .map(ExcludedTime::id)
                .filter(Objects::nonNull)
                .distinct()
                .sorted()
                .toList();
    }

    private SlaStatement state(
            Tx tx, Subscribed subscribed, SlaPeriod period, JudgedSpan judged, int version, String cause) {
        List<Segment> segments = judged.timeline().segments(period);
        Segment last = segments.get(segments.size() - 1);
        List<CreditLine> lines = credits.due(tx, subscribed, period, judged);
        SlaReport report = Reports.report(judged, period, version, lines);
        byte[] bytes = json.encode(report);
        List<String> made = credits.make(tx, subscribed, period, segments, lines, report.state());
        Instant now = clock.instant();
        SlaStatement statement = new SlaStatement(
                ids.next("sst"),
                subscribed.id(),
                period.toString(),
                version,
                version == 1 ? null : version - 1,
                cause,
                last.definition().tier(),
                last.definition().version(),
                report.state(),
                Names.sha256(bytes),
                exclusions(judged, period),
                made,
                now);
        Owner owner = subscribed.row().owner();
        StatementRow row = new StatementRow(
                subscribed.id(), period.toString(), version, statement.id(), cause, owner, text.of(statement), bytes);
        if (!stores.statements().insert(tx, row)) {
            throw new ConflictException("The statement of " + subscribed.id() + " for " + period + " exists already.");
        }
        breaches(tx, owner, segments, period, judged);
        publish(tx, owner, statement, report, last, now);
        closed(tx, subscribed, last.to());
        return statement;
    }

    private void closed(Tx tx, Subscribed subscribed, long to) {
        SubscriptionRow row = subscribed.row();
        @Nullable Long former = row.closedTo();
        if (former == null || former < to) {
            stores.bindings()
                    .replace(
                            tx,
                            new SubscriptionRow(row.id(), row.series(), row.owner(), row.version(), to),
                            stores.bindings().find(tx, row.id()).orElseThrow().bindings());
        }
    }

    private void breaches(Tx tx, Owner owner, List<Segment> segments, SlaPeriod period, JudgedSpan judged) {
        for (Segment segment : segments) {
            Sums sums = judged.sums(segment.from(), segment.to());
            for (Objective objective : segment.definition().objectives()) {
                ComplianceState state = Verdict.last(objective, segment.definition(), sums);
                if (state == ComplianceState.BREACHED) {
                    watch.state(tx, owner, segment, period, objective, sums, SlaBreached.Basis.FINAL, segment.to() - 1);
                } else if (!sums.tally(objective).isEmpty()) {
                    watch.withdraw(tx, owner, segment, period, objective, sums, segment.to() - 1);
                }
            }
        }
    }

    private void publish(Tx tx, Owner owner, SlaStatement statement, SlaReport report, Segment last, Instant now) {
        SlaBinding binding = last.binding();
        SlaPeriod period = SlaPeriod.parse(statement.period());
        List<SlaStatementIssued.Verdict> verdicts =
                report.segments().get(report.segments().size() - 1).objectives().stream()
                        .map(each -> new SlaStatementIssued.Verdict(
                                each.kind(), each.target(), each.attainment(), Words.of(each.state())))
                        .toList();
        events.publish(
                tx,
                BillingEvent.of(SlaStatementIssued.builder()
                                .id(statement.id())
                                .owner(owner)
                                .subscriptionId(statement.subscriptionId())
                                .tier(statement.tier())
                                .definitionVersion(statement.definitionVersion())
                                .period(new Period(
                                        Periods.instant(Periods.start(period, binding)),
                                        Periods.instant(Periods.end(period, binding)),
                                        binding.zone()))
                                .version(statement.version())
                                .state(Words.of(statement.state()))
                                .objectives(verdicts)
                                .sha256(statement.sha256())
                                .at(now)
                                .build())
                        .withKey(Names.key("sla:statement", statement.id())));
    }

    /** The next period of a subscription that has no statement yet and can be closed now. */
    Optional<SlaPeriod> due(Subscribed subscribed, Timeline timeline, long now, long watermark) {
        Long closedTo = subscribed.row().closedTo();
        Predicate<Segment> open = segment -> closedTo == null || segment.to() > closedTo;
        return timeline.segments().stream()
                .filter(open)
                .findFirst()
                .map(segment -> Periods.at(
                        segment.binding(), closedTo == null ? segment.from() : Math.max(segment.from(), closedTo)))
                .filter(period -> {
                    List<Segment> all = timeline.segments(period);
                    long frozen = frozen(all.get(all.size() - 1));
                    return frozen <= now && frozen <= watermark;
                });
    }
}
