package dev.matrix.examples.benchmarks;

import dev.matrix.core.net.IpAddress;
import dev.matrix.core.net.IpRange;
import dev.matrix.security.address.RangeTable;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.ipv4.IPv4Address;
import inet.ipaddr.ipv4.IPv4AddressTrie;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The smallest of many IPv4 networks that holds an address, half of the addresses in one for certain: our table, and the IPAddress
 * library's trie.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class AddressMatchBenchmark {

    private static final int ADDRESSES = 1 << 12;

    @Param({"10000", "100000"})
    int rules;

    private RangeTable<IpRange> table =
            RangeTable.of(List.<IpRange>of(), range -> range, Comparator.naturalOrder(), NavigableSet::first);
    private final IPv4AddressTrie trie = new IPv4AddressTrie();
    private final IpAddress[] addresses = new IpAddress[ADDRESSES];
    private final IPv4Address[] peers = new IPv4Address[ADDRESSES];
    private int next;

    /** Networks of 8 to 32 bits and addresses, half of them from the networks. */
    @Setup
    public void fill() {
        Random random = new Random(rules);
        List<IpRange> ranges = new ArrayList<>();
        while (ranges.size() < rules) {
            int length = 8 + random.nextInt(25);
            long first = (random.nextInt() & 0xffff_ffffL) >>> (32 - length) << (32 - length);
            long last = first | (length == 32 ? 0 : 0xffff_ffffL >>> length);
            ranges.add(new IpRange(new IpAddress(0, first, true), new IpAddress(0, last, true)));
        }
        Comparator<IpRange> smallest = IpRange::compareSize;
        table = RangeTable.of(
                ranges, range -> range, smallest.thenComparing(Comparator.naturalOrder()), NavigableSet::first);
        ranges.forEach(range -> trie.add(peer(range.toString())));
        for (int i = 0; i < ADDRESSES; i++) {
            IpAddress address = i % 2 == 0
                    ? ranges.get(random.nextInt(rules)).first()
                    : new IpAddress(0, random.nextInt() & 0xffff_ffffL, true);
            addresses[i] = address;
            peers[i] = peer(address.toString());
        }
    }

    private static IPv4Address peer(String text) {
        IPAddress address = new IPAddressString(text).getAddress();
        return address.toIPv4();
    }

    private int turn() {
        next = (next + 1) & (ADDRESSES - 1);
        return next;
    }

    /** What the table says. */
    @Benchmark
    public @Nullable IpRange table() {
        return table.find(addresses[turn()]);
    }

    /** What the library's trie says: the longest prefix that holds the address. */
    @Benchmark
    public @Nullable IPv4Address ipAddressTrie() {
        return trie.longestPrefixMatch(peers[turn()]);
    }
}
