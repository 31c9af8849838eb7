package dev.matrix.sla;

import dev.matrix.core.event.payload.SlaObjective;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** One hour of a subscription, judged minute by minute. Immutable once made. */
final class JudgedHour {

    private static final int MINUTES = HourCounts.MINUTES;

    private final long first;
    private final @Nullable Segment[] segments = new Segment[MINUTES];
    private final MinuteClass[] classes = new MinuteClass[MINUTES];
    private final boolean[] counted = new boolean[MINUTES];
    private final boolean[] forgiven = new boolean[MINUTES];
    private final HourCounts counts;
    private @Nullable Sums whole;

    private JudgedHour(long first, HourCounts counts) {
        this.first = first;
        this.counts = counts;
    }

    /**
     * Judges an hour.
     *
     * @param hour since 1970
     * @param to minutes from this one on haven't been measured yet and count as outside
     */
    static JudgedHour of(long hour, HourCounts counts, Timeline timeline, long to) {
        JudgedHour judged = new JudgedHour(hour * MINUTES, counts);
        for (int i = 0; i < MINUTES; i++) {
            judged.judge(i, timeline, to);
        }
        return judged;
    }

    private void judge(int i, Timeline timeline, long to) {
        long minute = first + i;
        Segment segment = minute < to ? timeline.segment(minute) : null;
        if (segment == null || !timeline.isPromised(segment, minute)) {
            classes[i] = MinuteClass.OUTSIDE;
            return;
        }
        segments[i] = segment;
        UptimeRule rule = MinuteJudge.rule(segment.definition());
        ExclusionMode excluded = timeline.excluded(segment, minute);
        ComponentState component = timeline.component(segment, minute, rule.rounding());
        classes[i] = MinuteJudge.uptime(rule, counts.at(i), component, excluded);
        counted[i] = excluded != ExclusionMode.EXCLUDE;
        forgiven[i] = excluded == ExclusionMode.COUNT_AS_UP;
    }

    MinuteClass at(int minute) {
        return classes[minute];
    }

    /** A down minute turns out to belong to an outage that is too short to count. */
    void lift(int minute) {
        classes[minute] = MinuteClass.UP;
        whole = null;
    }

    Sums sums() {
        Sums known = whole;
        if (known == null) {
            known = sums(0, MINUTES);
            whole = known;
        }
        return known;
    }

    /** The sums of minutes of this hour, from one on, before another. */
    Sums sums(int from, int to) {
        Sums sums = new Sums();
        for (int i = from; i < to; i++) {
            Segment segment = segments[i];
            if (segment != null) {
                add(sums, i, segment, to);
            }
        }
        return sums;
    }

    private void add(Sums sums, int i, Segment segment, int to) {
        sums.contract++;
        switch (classes[i]) {
            case EXCLUDED -> sums.excluded++;
            case UP -> sums.up++;
            case DOWN -> sums.down++;
            case IDLE -> sums.idle++;
            default -> sums.gap++;
        }
        if (!counted[i]) {
            return;
        }
        MinuteCounts minute = counts.at(i);
        slice(sums, i, segment, to);
        if (minute == null) {
            if (forgiven[i]) {
                sums.errorMinutes++;
                sums.latencyMinutes++;
                sums.throughputMinutes++;
            }
            return;
        }
        requests(sums, i, minute, segment);
    }

    private void requests(Sums sums, int i, MinuteCounts minute, Segment segment) {
        boolean forgive = forgiven[i];
        if (forgive || minute.knows(MinuteCounts.BAD)) {
            sums.errorMinutes++;
            sums.valid += minute.valid();
            sums.bad += forgive ? 0 : minute.bad();
        }
        if (forgive || (minute.knows(MinuteCounts.SLOW) && minute.knows(MinuteCounts.BAD))) {
            sums.latencyMinutes++;
            sums.good += minute.good();
            sums.slow += forgive ? 0 : minute.slow();
        }
        if (forgive || minute.knows(MinuteCounts.REJECTED)) {
            sums.throughputMinutes++;
            sums.demand += MinuteJudge.hasDemand(minute) ? 1 : 0;
            sums.shortMinutes += !forgive && isShort(minute, segment) ? 1 : 0;
        }
        sums.served += minute.served();
        sums.peakServed = Math.max(sums.peakServed, minute.served());
        sums.rejected += minute.rejected();
        sums.throttled += minute.throttled();
        sums.clientErrors += minute.clientErrors();
        sums.cancelled += minute.cancelled();
    }

    private static boolean isShort(MinuteCounts minute, Segment segment) {
        return segment.definition()
                .objective(SlaObjective.THROUGHPUT)
                .map(each -> MinuteJudge.isShort(minute, ((Objective.Throughput) each).requestsPerSecond()))
                .orElse(false);
    }

    /** A slice is counted at its last minute in the span. */
    private void slice(Sums sums, int i, Segment segment, int to) {
        Budgeting budgeting = segment.definition()
                .objective(SlaObjective.ERROR_RATE)
                .map(each -> ((Objective.ErrorRate) each).budgeting())
                .orElse(null);
        int length = budgeting == null ? 0 : sliceMinutes(budgeting);
        if (budgeting == null || length == 0 || (i % length != length - 1 && i != to - 1)) {
            return;
        }
        long valid = 0;
        long bad = 0;
        boolean told = false;
        for (int of = i - i % length; of <= i; of++) {
            MinuteCounts minute = counts.at(of);
            if (counted[of] && minute != null && minute.knows(MinuteCounts.BAD)) {
                told = true;
                valid += minute.valid();
                bad += forgiven[of] ? 0 : minute.bad();
            }
        }
        if (told) {
            count(sums, budgeting, segment, valid, bad);
        }
    }

    private static int sliceMinutes(Budgeting budgeting) {
        if (budgeting instanceof Budgeting.Timeslices slices) {
            return (int) slices.slice().toMinutes();
        }
        return budgeting instanceof Budgeting.RatioTimeslices slices
                ? (int) slices.slice().toMinutes()
                : 0;
    }

    private static void count(Sums sums, Budgeting budgeting, Segment segment, long valid, long bad) {
        if (valid == 0) {
            IdlePolicy idle = MinuteJudge.rule(segment.definition()).idle();
            if (idle != IdlePolicy.IDLE_EXCLUDED) {
                sums.slices++;
                sums.badSlices += idle == IdlePolicy.IDLE_IS_BAD ? 1 : 0;
                sums.addShare(idle == IdlePolicy.IDLE_IS_BAD ? Sums.WHOLE_SHARE : 0);
            }
            return;
        }
        sums.slices++;
        if (budgeting instanceof Budgeting.Timeslices slices) {
            sums.badSlices += Tally.of(bad, valid).exceeds(slices.sliceMaxPercent()) ? 1 : 0;
        } else {
            sums.addShare(BigDecimal.valueOf(bad)
                    .multiply(BigDecimal.valueOf(Sums.WHOLE_SHARE))
                    .divide(BigDecimal.valueOf(valid), 0, RoundingMode.HALF_EVEN)
                    .longValueExact());
        }
    }
}
