package dev.matrix.sla;

import dev.matrix.core.NotFoundException;
import dev.matrix.core.json.JsonCodec;
import dev.matrix.core.spi.Tx;
import dev.matrix.sla.SlaReport.Gap;
import dev.matrix.sla.SlaReport.ReportCoverage;
import dev.matrix.sla.SlaReport.ReportDay;
import dev.matrix.sla.SlaReport.ReportObjective;
import dev.matrix.sla.SlaReport.ReportSegment;
import dev.matrix.sla.SlaReport.ReportThroughput;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Works a period out of stored minutes. */
record Reports(Records records, JsonCodec json, ReportStyle style) {

    /** The media type of a statement's bytes. */
    static final String STATEMENT = "application/vnd.matrix.sla-statement+json";

    private static final int SECONDS = 60;

    SlaReport read(byte[] stated) {
        return json.decode(stated, SlaReport.class);
    }

    /** @param stated the statement's bytes; null while the report is provisional */
    ReportDocument document(SlaReport report, byte @Nullable [] stated, ReportFormat format) {
        String name = "sla-" + report.subscriptionId().replaceAll("[^A-Za-z0-9._-]", "_") + "-" + report.period()
                + (report.provisional() ? "-provisional" : "-v" + report.version());
        byte[] bytes = stated == null ? json.encode(report) : stated;
        return switch (format) {
            case JSON -> new ReportDocument("application/json", name + ".json", bytes);
            case STATEMENT -> new ReportDocument(STATEMENT, name + ".json", bytes);
            case CSV -> new ReportDocument("text/csv; charset=utf-8", name + ".csv", CsvReport.of(report));
            case HTML ->
                new ReportDocument(
                        "text/html; charset=utf-8",
                        name + ".html",
                        HtmlReport.of(report, stated == null ? null : Names.sha256(stated), style));
        };
    }

    SlaReport provisional(Tx tx, Subscribed subscribed, SlaPeriod period) {
        return report(judged(tx, subscribed, period), period, 0, List.of());
    }

    /**
     * A period's minutes.
     *
     * @throws NotFoundException when the subscription wasn't under contract in it
     */
    JudgedSpan judged(Tx tx, Subscribed subscribed, SlaPeriod period) {
        List<Segment> segments = records.timeline(tx, subscribed, 0).segments(period);
        if (segments.isEmpty()) {
            throw new NotFoundException(
                    "Subscription " + subscribed.id() + " wasn't under contract in the period " + period + ".");
        }
        long margin = 2L * 24 * HourCounts.MINUTES;
        return records.judged(
                tx,
                subscribed,
                segments.get(0).from() - margin,
                segments.get(segments.size() - 1).to() + margin);
    }

    /** @param version of the statement; 0: provisional */
    static SlaReport report(JudgedSpan judged, SlaPeriod period, int version, List<CreditLine> credits) {
        List<Segment> segments = judged.timeline().segments(period);
        Segment last = segments.get(segments.size() - 1);
        long from = segments.get(0).from();
        Sums all = new Sums();
        List<ReportSegment> parts = new ArrayList<>();
        List<ComplianceState> states = new ArrayList<>();
        for (Segment segment : segments) {
            Sums sums = judged.sums(segment.from(), segment.to());
            all.add(sums);
            List<ReportObjective> objectives = segment.definition().objectives().stream()
                    .map(objective -> objective(objective, segment, sums))
                    .toList();
            objectives.forEach(each -> states.add(each.state()));
            parts.add(new ReportSegment(
                    Periods.instant(segment.from()),
                    Periods.instant(segment.to()),
                    segment.definition().tier(),
                    segment.definition().version(),
                    objectives));
        }
        SlaBinding binding = last.binding();
        var first = last.definition().objectives().get(0).kind();
        return new SlaReport(
                binding.subscriptionId(),
                binding.tier(),
                period.toString(),
                binding.zone(),
                Periods.instant(from),
                Periods.instant(last.to()),
                version == 0,
                version,
                Verdict.worst(states),
                new ReportCoverage(
                        all.observed(first),
                        all.expected(),
                        all.coverage(first),
                        spans(judged, MinuteClass.GAP, from, last.to(), Gap::new)),
                parts,
                RequestCounts.of(all),
                new ReportThroughput(
                        perSecond(all.served, Math.max(1, all.throughputMinutes)),
                        perSecond(all.peakServed, 1),
                        all.demand,
                        all.shortMinutes),
                days(judged, binding, from, last.to()),
                spans(judged, MinuteClass.DOWN, from, last.to(), SlaReport.Incident::new),
                limited(judged.timeline().honoured(period).listed()),
                credits);
    }

    private static BigDecimal perSecond(long served, long minutes) {
        return BigDecimal.valueOf(served).divide(BigDecimal.valueOf(minutes * SECONDS), 3, RoundingMode.HALF_EVEN);
    }

    private static <T> List<T> limited(List<T> rows) {
        return rows.subList(0, Math.min(SlaReport.MOST_ROWS, rows.size()));
    }

    private static ReportObjective objective(Objective objective, Segment segment, Sums sums) {
        Tally tally = sums.tally(objective);
        Tally counted = sums.counted(objective);
        return new ReportObjective(
                objective.kind(),
                Figures.statistic(objective),
                objective.target(),
                tally.isEmpty() ? null : tally.attainment(objective.target()),
                counted.total() - counted.bad().longValueExact(),
                counted.total(),
                Verdict.last(objective, segment.definition(), sums),
                tally.isEmpty() ? null : tally.budgetLeft(objective.budget()));
    }

    private static <T> List<T> spans(
            JudgedSpan judged, MinuteClass kind, long from, long to, BiFunction<Instant, Instant, T> span) {
        List<T> found = new ArrayList<>();
        long end = Math.min(to, judged.to());
        long began = -1;
        for (long minute = from; minute <= end && found.size() < SlaReport.MOST_ROWS; minute++) {
            boolean is = minute < end && judged.at(minute) == kind;
            if (is && began < 0) {
                began = minute;
            } else if (!is && began >= 0) {
                found.add(span.apply(Periods.instant(began), Periods.instant(minute)));
                began = -1;
            }
        }
        return found;
    }

    private static List<ReportDay> days(JudgedSpan judged, SlaBinding binding, long from, long to) {
        List<ReportDay> days = new ArrayList<>();
        for (long begin = from; begin < Math.min(to, judged.to()) && days.size() < SlaReport.MOST_ROWS; ) {
            LocalDate day = Periods.day(begin, binding.zone());
            long end = Math.min(to, Periods.start(day.plusDays(1), binding.zone()));
            Sums s = judged.sums(begin, end);
            days.add(new ReportDay(
                    day,
                    s.contract,
                    s.up + s.down + s.idle,
                    s.up,
                    s.down,
                    s.excluded,
                    s.gap,
                    s.valid,
                    s.bad,
                    s.slow,
                    s.demand,
                    s.shortMinutes,
                    s.rejected,
                    s.throttled));
            begin = end;
        }
        return days;
    }
}
