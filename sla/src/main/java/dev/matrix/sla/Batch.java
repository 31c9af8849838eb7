package dev.matrix.sla;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one source counted in one minute of one shard. A series within {@code known} and without counts was observed and idle;
 * of one outside, this source says only what it counted.
 *
 * @param known numbers of the series whose bindings the source knew
 * @param counts by series number
 */
record Batch(List<Range> known, Map<Long, MinuteCounts> counts) {

    /** The part under which a node says that it was closed in good order. */
    static final int CLOSED = Integer.MAX_VALUE;

    /** Numbers from {@code first} to {@code last}, both included. */
    record Range(long first, long last) {}

    Batch {
        known = List.copyOf(known);
        counts = new TreeMap<>(counts);
    }

    static List<Range> ranges(Collection<Long> numbers) {
        List<Range> ranges = new ArrayList<>();
        numbers.stream().sorted().forEach(number -> {
            int last = ranges.size() - 1;
            if (last >= 0 && ranges.get(last).last() + 1 == number) {
                ranges.set(last, new Range(ranges.get(last).first(), number));
            } else {
                ranges.add(new Range(number, number));
            }
        });
        return ranges;
    }

    boolean observes(long series) {
        return counts.containsKey(series)
                || known.stream().anyMatch(range -> range.first() <= series && series <= range.last());
    }

    /** What it says of a series that it observes. */
    MinuteCounts of(long series) {
        return counts.getOrDefault(series, MinuteCounts.IDLE);
    }

    byte[] pack() {
        Packed.Writer out = new Packed.Writer().number(known.size());
        known.forEach(range -> out.number(range.first()).number(range.last() - range.first()));
        counts.forEach((series, each) -> out.number(series).counts(each));
        return out.bytes();
    }

    static Batch unpack(byte[] bytes) {
        Packed.Reader in = new Packed.Reader(bytes);
        List<Range> known = new ArrayList<>();
        for (long left = in.number(); left > 0; left--) {
            long first = in.number();
            known.add(new Range(first, first + in.number()));
        }
        Map<Long, MinuteCounts> counts = new TreeMap<>();
        while (in.hasMore()) {
            counts.put(in.number(), in.counts());
        }
        return new Batch(known, counts);
    }
}
