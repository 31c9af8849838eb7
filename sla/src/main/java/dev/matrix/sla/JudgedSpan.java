package dev.matrix.sla;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A subscription's minutes, judged up to a watermark. Counts are added as they arrive; what they concern is judged again when it
 * is next asked for. Not thread-safe.
 */
final class JudgedSpan {

    private static final int MINUTES = HourCounts.MINUTES;
    private static final HourCounts NOTHING = new HourCounts();

    private final NavigableMap<Long, HourCounts> counts = new TreeMap<>();
    private final Map<Long, JudgedHour> judged = new TreeMap<>();
    private Timeline timeline;
    private long to;

    /** @param to end of what was measured, exclusive: the watermark */
    JudgedSpan(Timeline timeline, Map<Long, HourCounts> counts, long to) {
        this.timeline = timeline;
        this.counts.putAll(counts);
        this.to = to;
    }

    /** These counts judged by another definition. */
    JudgedSpan by(SlaDefinition other) {
        return new JudgedSpan(timeline.by(other), counts, to);
    }

    Timeline timeline() {
        return timeline;
    }

    /** Judges everything again, by another timeline. */
    void judgeBy(Timeline other) {
        timeline = other;
        judged.clear();
    }

    /** Replaces an hour's counts. */
    void put(long hour, HourCounts replaced) {
        counts.put(hour, replaced);
        forget(hour);
    }

    /** What was measured now ends later, or earlier. */
    void measuredTo(long minute) {
        forget(Math.floorDiv(Math.min(to, minute), MINUTES));
        forget(Math.floorDiv(Math.max(to, minute), MINUTES));
        to = minute;
    }

    long to() {
        return to;
    }

    /** Counts and verdicts before an hour aren't needed any more. */
    void dropBefore(long hour) {
        counts.headMap(hour, false).clear();
        judged.keySet().removeIf(each -> each < hour);
    }

    /** An outage may reach over the hour's bounds, so that its neighbours change with it. */
    private void forget(long hour) {
        judged.remove(hour);
        int reach = longestMinimum();
        for (long each = hour - 1 - reach / MINUTES; reach > 1 && each <= hour + 1 + reach / MINUTES; each++) {
            judged.remove(each);
        }
    }

    private int longestMinimum() {
        int longest = 1;
        for (Segment segment : timeline.segments()) {
            longest = Math.max(longest, MinuteJudge.rule(segment.definition()).minConsecutiveMinutes());
        }
        return longest;
    }

    /** The sums of the minutes from one on, before another; what isn't measured yet is left out. */
    Sums sums(long from, long until) {
        Sums sums = new Sums();
        long end = Math.min(until, to);
        for (long minute = from; minute < end; ) {
            long hour = Math.floorDiv(minute, MINUTES);
            long next = Math.min((hour + 1) * MINUTES, end);
            int first = (int) (minute - hour * MINUTES);
            int last = (int) (next - hour * MINUTES);
            JudgedHour each = hour(hour);
            sums.add(first == 0 && last == MINUTES ? each.sums() : each.sums(first, last));
            minute = next;
        }
        return sums;
    }

    MinuteClass at(long minute) {
        return hour(Math.floorDiv(minute, MINUTES)).at(Math.floorMod(minute, MINUTES));
    }

    private JudgedHour hour(long hour) {
        JudgedHour known = judged.get(hour);
        if (known == null) {
            known = raw(hour);
            judged.put(hour, known);
            if (longestMinimum() > 1) {
                liftShortRuns(hour, known);
            }
        }
        return known;
    }

    private JudgedHour raw(long hour) {
        return JudgedHour.of(hour, counts.getOrDefault(hour, NOTHING), timeline, to);
    }

    /** Excluded minutes and gaps neither lengthen nor end an outage; it goes on over hours, periods and segments. */
    private void liftShortRuns(long hour, JudgedHour own) {
        Map<Long, JudgedHour> around = new TreeMap<>();
        around.put(hour, raw(hour));
        for (int i = 0; i < MINUTES; i++) {
            long minute = hour * MINUTES + i;
            Segment segment = timeline.segment(minute);
            if (own.at(i) == MinuteClass.DOWN && segment != null) {
                int least = MinuteJudge.rule(segment.definition()).minConsecutiveMinutes();
                int length = 1 + run(around, minute, -1, least) + run(around, minute, 1, least);
                if (length < least) {
                    own.lift(i);
                }
            }
        }
    }

    private int run(Map<Long, JudgedHour> around, long from, int step, int enough) {
        int length = 0;
        int looked = 0;
        for (long minute = from + step; length < enough && looked < 2 * HourCounts.MINUTES * 24; minute += step) {
            looked++;
            MinuteClass each = around.computeIfAbsent(Math.floorDiv(minute, MINUTES), this::raw)
                    .at(Math.floorMod(minute, MINUTES));
            if (each == MinuteClass.DOWN) {
                length++;
            } else if (each == MinuteClass.UP || each == MinuteClass.IDLE || each == MinuteClass.OUTSIDE) {
                return length;
            }
        }
        return length;
    }

    /** An hour's counts; null: none are known. */
    @Nullable
    HourCounts counts(long hour) {
        return counts.get(hour);
    }
}
