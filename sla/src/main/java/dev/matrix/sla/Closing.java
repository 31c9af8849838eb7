package dev.matrix.sla;

import dev.matrix.core.ConflictException;
import dev.matrix.core.Ids;
import dev.matrix.core.NotFoundException;
import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
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
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
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
    private static final int PAGE = 1_000;

    /** Charges that come later make no credit any more. */
    private static final Duration CHARGED_LATE = Duration.ofDays(365);

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

    /** The stated periods of a subscription whose exclusions or segments are others by now. */
    List<SlaPeriod> outdated(Tx tx, Subscribed subscribed, Timeline timeline) {
        List<SlaPeriod> periods = new ArrayList<>();
        for (SlaStatement stated : newest(tx, subscribed.id())) {
            SlaPeriod period = SlaPeriod.parse(stated.period());
            if (!timeline.segments(period).isEmpty()
                    && !(exclusions(timeline, period).equals(stated.exclusions())
                            && segments(timeline, period).equals(stated.segments()))) {
                periods.add(period);
            }
        }
        return periods;
    }

    /** The newest statement of each period of a subscription. */
    private Collection<SlaStatement> newest(Tx tx, String subscription) {
        Map<String, SlaStatement> newest = new TreeMap<>();
        @Nullable String cursor = null;
        do {
            Page<StatementRow> page = stores.statements().page(tx, null, subscription, new PageRequest(PAGE, cursor));
            page.items().stream()
                    .map(row -> text.read(row.json(), SlaStatement.class))
                    .forEach(each -> newest.merge(
                            each.period(), each, (one, other) -> one.version() > other.version() ? one : other));
            cursor = page.nextCursor();
        } while (cursor != null);
        return newest.values();
    }

    /**
     * Makes adjusting credits of stated periods after charges of theirs, or refunds of these, have come within a year. The statement
     * stays: figures and verdicts are the same.
     *
     * @param refunded whether money went back, so that what is taken back is left to a decision
     */
    void recharge(Tx tx, String subscriptionId, Instant from, Instant to, boolean refunded) {
        if (records.subscription(tx, subscriptionId).isEmpty()) {
            return;
        }
        Subscribed subscribed = bindings.locked(tx, subscriptionId);
        Instant oldest = clock.instant().minus(CHARGED_LATE);
        for (SlaStatement stated : newest(tx, subscriptionId)) {
            SlaPeriod period = SlaPeriod.parse(stated.period());
            JudgedSpan judged = reports.judged(tx, subscribed, period);
            List<Segment> segments = judged.timeline().segments(period);
            Instant begin = Periods.instant(segments.get(0).from());
            Instant end = Periods.instant(segments.get(segments.size() - 1).to());
            if (end.isAfter(oldest) && begin.isBefore(to) && from.isBefore(end)) {
                List<CreditLine> lines = credits.due(tx, subscribed, period, judged);
                credits.make(tx, subscribed, period, segments, lines, stated.state(), refunded);
            }
        }
    }

    private static List<String> segments(Timeline timeline, SlaPeriod period) {
        return timeline.segments(period).stream()
                .map(each -> Periods.instant(each.from()) + "/" + Periods.instant(each.to()) + " "
                        + each.definition().tier() + " v" + each.definition().version())
                .toList();
    }

    /** The next version, if the exclusions or segments of a stated period are others by now. */
    Optional<SlaStatement> restate(Tx tx, String subscriptionId, SlaPeriod period) {
        Subscribed subscribed = bindings.locked(tx, subscriptionId);
        SlaStatement stated = stores.statements()
                .find(tx, subscriptionId, period.toString(), null)
                .map(row -> text.read(row.json(), SlaStatement.class))
                .orElseThrow(() -> new NotFoundException("No statement of " + subscriptionId + " for " + period + "."));
        JudgedSpan judged = reports.judged(tx, subscribed, period);
        List<String> now = exclusions(judged.timeline(), period);
        List<String> parts = segments(judged.timeline(), period);
        if (now.equals(stated.exclusions()) && parts.equals(stated.segments())) {
            return Optional.empty();
        }
        String cause = "after v" + stated.version() + ": "
                + Names.sha256(
                        (String.join(",", now) + ";" + String.join(",", parts)).getBytes(StandardCharsets.UTF_8));
        return Optional.of(state(tx, subscribed, period, judged, stated.version() + 1, cause));
    }

    private static List<String> exclusions(Timeline timeline, SlaPeriod period) {
        return timeline.honoured(period).listed().stream()
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
        List<String> made = credits.make(tx, subscribed, period, segments, lines, report.state(), false);
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
                exclusions(judged.timeline(), period),
                segments(judged.timeline(), period),
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
