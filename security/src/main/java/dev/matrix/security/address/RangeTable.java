package dev.matrix.security.address;

import dev.matrix.core.net.IpAddress;
import dev.matrix.core.net.IpRange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is said about an address by many ranges that may overlap. The ranges are cut into disjoint segments, each with
 * one answer that is made once, so that a look-up is a binary search that allocates nothing. Above 4,096 segments an index
 * by the first 16 bits shortens the search. Immutable and thread-safe.
 *
 * @param <A> what is answered
 */
public final class RangeTable<A> {

    private static final int INDEX_FROM = 4_096;
    private static final int INDEX_SIZE = 1 << 16;

    private final Segments<A> ipv4;
    private final Segments<A> ipv6;

    private RangeTable(Segments<A> ipv4, Segments<A> ipv6) {
        this.ipv4 = ipv4;
        this.ipv6 = ipv6;
    }

    /**
     * Compiles entries, in time n log n of their number.
     *
     * @param range where an entry applies
     * @param order a total order of the entries, equal for the same entry alone
     * @param answer makes a segment's answer of all entries that apply there, one or more, in that order; it keeps no
     *     reference to the set, which changes. Adjacent segments with equal answers become one.
     */
    public static <E, A> RangeTable<A> of(
            Collection<E> entries,
            Function<? super E, IpRange> range,
            Comparator<? super E> order,
            Function<? super NavigableSet<E>, A> answer) {
        List<Edge<E>> ipv4 = new ArrayList<>();
        List<Edge<E>> ipv6 = new ArrayList<>();
        for (E entry : entries) {
            IpRange where = range.apply(entry);
            List<Edge<E>> edges = where.first().v4() ? ipv4 : ipv6;
            edges.add(new Edge<>(where.first(), entry, true));
            IpAddress after = where.last().next();
            if (after != null) {
                edges.add(new Edge<>(after, entry, false));
            }
        }
        return new RangeTable<>(segments(ipv4, true, order, answer), segments(ipv6, false, order, answer));
    }

    /** What is said about the address; null where no range holds it. */
    public @Nullable A find(IpAddress address) {
        return address.v4() ? ipv4.find(0, address.lo()) : ipv6.find(address.hi(), address.lo());
    }

    /** How many segments there are, those between ranges included: at most two per range, and one. */
    public int size() {
        return ipv4.size() + ipv6.size();
    }

    /** Where an entry begins or has ended. */
    private record Edge<E>(IpAddress at, E entry, boolean begins) {}

    private static <E, A> Segments<A> segments(
            List<Edge<E>> edges, boolean v4, Comparator<? super E> order, Function<? super NavigableSet<E>, A> answer) {
        edges.sort(Comparator.comparing(Edge::at));
        NavigableSet<E> applying = new TreeSet<>(order);
        List<IpAddress> starts = new ArrayList<>();
        List<@Nullable A> answers = new ArrayList<>();
        @Nullable A former = null;
        for (int i = 0; i < edges.size(); ) {
            IpAddress at = edges.get(i).at();
            for (; i < edges.size() && edges.get(i).at().equals(at); i++) {
                Edge<E> edge = edges.get(i);
                if (edge.begins()) {
                    applying.add(edge.entry());
                } else {
                    applying.remove(edge.entry());
                }
            }
            @Nullable A here = applying.isEmpty() ? null : answer.apply(applying);
            if (!Objects.equals(here, former)) {
                starts.add(at);
                answers.add(here);
                former = here;
            }
        }
        return v4 ? Segments.ipv4(starts, answers) : Segments.ipv6(starts, answers);
    }

    /**
     * Segments in order. Each ends where the next begins.
     *
     * @param highs the upper halves of the first addresses; empty in IPv4
     * @param lows the lower halves; in IPv4 32 bits would do, which {@code shorts} has
     */
    private record Segments<A>(long[] highs, long[] lows, int[] shorts, int[] index, Object[] answers) {

        private static final long[] NO_LONGS = {};
        private static final int[] NO_INTS = {};

        static <A> Segments<A> ipv4(List<IpAddress> starts, List<@Nullable A> answers) {
            int[] shorts = starts.stream().mapToInt(start -> (int) start.lo()).toArray();
            int[] heads =
                    starts.stream().mapToInt(start -> (int) (start.lo() >>> 16)).toArray();
            return new Segments<>(NO_LONGS, NO_LONGS, shorts, index(heads), answers.toArray());
        }

        static <A> Segments<A> ipv6(List<IpAddress> starts, List<@Nullable A> answers) {
            long[] highs = starts.stream().mapToLong(IpAddress::hi).toArray();
            long[] lows = starts.stream().mapToLong(IpAddress::lo).toArray();
            int[] heads =
                    starts.stream().mapToInt(start -> (int) (start.hi() >>> 48)).toArray();
            return new Segments<>(highs, lows, NO_INTS, index(heads), answers.toArray());
        }

        /** For each value of the first 16 bits how many segments begin before it; empty where it isn't worth it. */
        private static int[] index(int[] heads) {
            if (heads.length < INDEX_FROM) {
                return NO_INTS;
            }
            int[] index = new int[INDEX_SIZE + 1];
            for (int head : heads) {
                index[head + 1]++;
            }
            for (int i = 1; i <= INDEX_SIZE; i++) {
                index[i] += index[i - 1];
            }
            return index;
        }

        int size() {
            return answers.length;
        }

        @SuppressWarnings("unchecked")
        @Nullable
        A find(long hi, long lo) {
            int from = 0;
            int to = answers.length;
            if (index.length != 0) {
                int head = (int) (shorts.length != 0 ? lo >>> 16 : hi >>> 48);
                from = index[head];
                to = index[head + 1];
            }
            int after = shorts.length != 0 ? after((int) lo, from, to) : after(hi, lo, from, to);
            return after == 0 ? null : (A) answers[after - 1];
        }

        /** How many segments begin at or before the address, which is in {@code from} to {@code to}. */
        private int after(int address, int from, int to) {
            int low = from;
            int high = to;
            int sought = address + Integer.MIN_VALUE;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (shorts[middle] + Integer.MIN_VALUE <= sought) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }

        private int after(long hi, long lo, int from, int to) {
            int low = from;
            int high = to;
            while (low < high) {
                int middle = (low + high) >>> 1;
                int upper = Long.compareUnsigned(highs[middle], hi);
                if (upper < 0 || (upper == 0 && Long.compareUnsigned(lows[middle], lo) <= 0)) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }
    }
}
