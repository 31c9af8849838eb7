package dev.matrix.sla;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The exclusions that hold in one period of a subscription, by minute, and what became of each. Immutable. */
final class Honoured {

    private final long start;
    private final BitSet left = new BitSet();
    private final BitSet up = new BitSet();
    private final List<ExcludedTime> listed = new ArrayList<>();

    private Honoured(long start) {
        this.start = start;
    }

    /** One span of an exclusion, clipped to a segment. */
    private record Occurrence(Exclusion exclusion, Segment segment, long from, long to, Instant begins) {}

    static Honoured of(List<Segment> period, List<Exclusion> exclusions) {
        Honoured honoured = new Honoured(period.isEmpty() ? 0 : period.get(0).from());
        List<Occurrence> occurrences = new ArrayList<>();
        for (Segment segment : period) {
            for (Exclusion exclusion : exclusions) {
                if (exclusion.scope().concerns(segment.binding())) {
                    occurrences(exclusion, segment, occurrences);
                }
            }
        }
        occurrences.sort(Comparator.comparingLong(Occurrence::from)
                .thenComparing(each -> each.exclusion().kind(), Comparator.reverseOrder())
                .thenComparing(each -> String.valueOf(each.exclusion().id())));
        BitSet maintenance = new BitSet();
        occurrences.forEach(each -> honoured.add(each, maintenance));
        return honoured;
    }

    private static void occurrences(Exclusion exclusion, Segment segment, List<Occurrence> to) {
        ZonedDateTime first = exclusion.from().atZone(segment.binding().zone());
        long length = Duration.between(exclusion.from(), exclusion.to()).toMinutes();
        Instant begin = Periods.instant(segment.from());
        Exclusion.Recurrence recurrence = exclusion.recurrence();
        long number = recurrence == null || begin.isBefore(exclusion.from())
                ? 0
                : Math.max(0, unit(recurrence).between(first, begin.atZone(first.getZone())) - 1);
        while (true) {
            Instant from = recurrence == null
                    ? exclusion.from()
                    : first.plus(number, unit(recurrence)).toInstant();
            long minute = Counting.minute(from);
            if (minute >= segment.to()) {
                return;
            }
            if (minute + length > segment.from()) {
                to.add(new Occurrence(
                        exclusion,
                        segment,
                        Math.max(minute, segment.from()),
                        Math.min(minute + length, segment.to()),
                        from));
            }
            if (recurrence == null) {
                return;
            }
            number++;
        }
    }

    private static ChronoUnit unit(Exclusion.Recurrence recurrence) {
        return recurrence == Exclusion.Recurrence.WEEKLY ? ChronoUnit.WEEKS : ChronoUnit.MONTHS;
    }

    private void add(Occurrence each, BitSet maintenance) {
        Exclusion exclusion = each.exclusion();
        int from = (int) (each.from() - start);
        int to = (int) (each.to() - start);
        int honoured = to - from;
        String why = null;
        if (exclusion.kind() == ExclusionKind.MAINTENANCE) {
            MaintenancePolicy policy = each.segment().definition().maintenance();
            Instant latest = each.begins().minus(policy.minNotice());
            if (exclusion.announcedAt().isAfter(latest)) {
                why = "It was announced later than " + policy.minNotice() + " before it began.";
                honoured = 0;
                to = from;
            } else {
                long left = policy.maxPerPeriod().toMinutes() - maintenance.cardinality();
                int end = from;
                for (; end < to && (maintenance.get(end) || left > 0); end++) {
                    left -= maintenance.get(end) ? 0 : 1;
                }
                if (end < to) {
                    why = "Maintenance of more than " + policy.maxPerPeriod() + " in a period isn't honoured.";
                }
                to = end;
                honoured = to - from;
                maintenance.set(from, to);
            }
        }
        (exclusion.mode() == ExclusionMode.EXCLUDE ? left : up).set(from, to);
        listed.add(new ExcludedTime(
                exclusion.id(),
                Periods.instant(each.from()),
                Periods.instant(each.to()),
                exclusion.kind(),
                exclusion.mode(),
                exclusion.reason(),
                honoured,
                why));
    }

    /** What becomes of a minute; EXCLUDE wins where both hold. */
    @Nullable
    ExclusionMode at(long minute) {
        long offset = minute - start;
        if (offset < 0 || offset > Integer.MAX_VALUE) {
            return null;
        }
        return left.get((int) offset) ? ExclusionMode.EXCLUDE : up.get((int) offset) ? ExclusionMode.COUNT_AS_UP : null;
    }

    List<ExcludedTime> listed() {
        return List.copyOf(listed);
    }

    /** How many minutes from one on are taken out, before another. */
    long excludedMinutes(long from, long to) {
        return from >= to
                ? 0
                : left.get((int) Math.max(0, from - start), (int) Math.max(0, to - start))
                        .cardinality();
    }
}
