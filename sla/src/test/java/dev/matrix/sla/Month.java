package dev.matrix.sla;

import dev.matrix.core.event.payload.SlaObjective;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A subscription's minutes made up for a test, judged without any store. */
final class Month {

    static final MinuteCounts GOOD = counts(100, 0);
    static final MinuteCounts DOWN = counts(100, 100);

    final SlaBinding binding;
    final SlaDefinition definition;
    final JudgedSpan judged;
    final SlaPeriod period;

    private Month(SlaBinding binding, SlaDefinition definition, JudgedSpan judged, SlaPeriod period) {
        this.binding = binding;
        this.definition = definition;
        this.judged = judged;
        this.period = period;
    }

    static MinuteCounts counts(long valid, long bad) {
        return new MinuteCounts(valid, bad, 0, 0, 0, 0, 0, 0);
    }

    static MinuteCounts slow(long good, long slow) {
        return new MinuteCounts(good, 0, slow, 0, 0, 0, 0, 0);
    }

    static MinuteCounts throughput(long served, long rejected, long throttled) {
        return new MinuteCounts(served + rejected, rejected, 0, rejected, throttled, 0, 0, 0);
    }

    static MinuteCounts unknown(long valid, int what) {
        return new MinuteCounts(valid, 0, 0, 0, 0, 0, 0, what);
    }

    static SlaBinding binding(String from) {
        return SlaBinding.of(SlaNode.SUB, SlaNode.ADA, "enterprise", Instant.parse(from));
    }

    /**
     * A whole period.
     *
     * @param minutes by the number of the minute in the period
     */
    static Month of(
            String period,
            SlaDefinition definition,
            UnaryOperator<SlaBinding> terms,
            LongFunction<@Nullable MinuteCounts> minutes) {
        return of(period, definition, terms, List.of(), Map.of(), minutes);
    }

    static Month of(
            String period,
            SlaDefinition definition,
            UnaryOperator<SlaBinding> terms,
            List<Exclusion> exclusions,
            Map<String, ComponentHistory> components,
            LongFunction<@Nullable MinuteCounts> minutes) {
        SlaBinding binding = terms.apply(binding("2024-01-01T00:00:00Z"));
        SlaBinding bound = new SlaBinding(
                binding.subscriptionId(),
                binding.owner(),
                definition.tier(),
                binding.from(),
                binding.to(),
                binding.zone(),
                binding.period(),
                binding.components(),
                binding.hours());
        Timeline timeline = Timeline.of(
                List.of(bound),
                Map.of(definition.tier(), List.of(new Versioned(definition.withVersion(1), null, Instant.EPOCH))),
                exclusions,
                components);
        SlaPeriod named = SlaPeriod.parse(period);
        long from = Periods.start(named, bound);
        long to = Periods.end(named, bound);
        return new Month(bound, definition, span(timeline, from, to, minutes), named);
    }

    static JudgedSpan span(Timeline timeline, long from, long to, LongFunction<@Nullable MinuteCounts> minutes) {
        Map<Long, HourCounts> hours = new HashMap<>();
        for (long minute = from; minute < to; minute++) {
            MinuteCounts counts = minutes.apply(minute - from);
            if (counts != null) {
                hours.computeIfAbsent(Math.floorDiv(minute, 60L), any -> new HourCounts())
                        .add(Math.floorMod(minute, 60), counts);
            }
        }
        return new JudgedSpan(timeline, hours, to);
    }

    /** The first {@code down} minutes are down, all others up. */
    static LongFunction<@Nullable MinuteCounts> down(int down) {
        return minute -> minute < down ? DOWN : GOOD;
    }

    Sums sums() {
        return judged.sums(Periods.start(period, binding), Periods.end(period, binding));
    }

    SlaReport report() {
        return Reports.report(judged, period, 0, List.of());
    }

    SlaReport.ReportObjective objective(SlaObjective kind) {
        List<SlaReport.ReportSegment> segments = report().segments();
        return segments.get(segments.size() - 1).objectives().stream()
                .filter(each -> each.kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    /** The verdict and the displayed attainment of an objective, as text. */
    String verdict(SlaObjective kind) {
        SlaReport.ReportObjective each = objective(kind);
        return each.state() + " " + each.attainment();
    }

    String uptime() {
        return verdict(SlaObjective.UPTIME);
    }
}
