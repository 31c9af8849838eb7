package dev.matrix.security.address;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.net.IpAddress;
import dev.matrix.core.net.IpRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table answers as a walk over all ranges would. */
class RangeTableTest {

    private static final long LAST_IPV4 = 0xffff_ffffL;

    private record Entry(IpRange range, int rank) {

        static final Comparator<Entry> ORDER = Comparator.comparingInt(Entry::rank);
    }

    private static RangeTable<Integer> table(List<Entry> entries) {
        return RangeTable.of(
                entries, Entry::range, Entry.ORDER, applying -> applying.first().rank());
    }

    private static @Nullable Integer walk(List<Entry> entries, IpAddress address) {
        return entries.stream()
                .filter(entry -> entry.range().contains(address))
                .map(Entry::rank)
                .min(Integer::compare)
                .orElse(null);
    }

    private static List<Entry> entries(int count, Random random) {
        List<Entry> entries = new ArrayList<>();
        for (int rank = 0; rank < count; rank++) {
            IpAddress one = address(random);
            int bits = one.v4() ? 32 : 128;
            int length = bits - random.nextInt(random.nextInt(bits) + 1);
            entries.add(new Entry(IpRange.network(one, length), rank));
        }
        return entries;
    }

    private static IpAddress address(Random random) {
        boolean v4 = random.nextBoolean();
        return v4
                ? new IpAddress(0, random.nextInt() & LAST_IPV4, true)
                : new IpAddress(random.nextLong(), random.nextLong(), false);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 10, 200, 6_000})
    @Tag("G12")
    void eachLookUpFindsWhatAWalkFinds(int count) {
        Random random = new Random(count);
        List<Entry> entries = entries(count, random);
        RangeTable<Integer> table = table(entries);
        List<IpAddress> probes = new ArrayList<>();
        entries.stream().limit(100).forEach(entry -> {
            probes.add(entry.range().first());
            probes.add(entry.range().last());
            IpAddress after = entry.range().last().next();
            if (after != null) {
                probes.add(after);
            }
        });
        IntStream.range(0, 100).forEach(i -> probes.add(address(random)));
        for (IpAddress probe : probes) {
            assertThat(table.find(probe)).as("%s", probe).isEqualTo(walk(entries, probe));
        }
    }

    @Test
    @Tag("G12")
    void firstAndLastAddressesOfAFamilyAreFound() {
        RangeTable<Integer> table = table(List.of(
                new Entry(IpRange.parse("0.0.0.0/0"), 4),
                new Entry(IpRange.parse("::/0"), 6),
                new Entry(IpRange.parse("::/80"), 5)));
        assertThat(table.find(IpAddress.parse("0.0.0.0"))).isEqualTo(4);
        assertThat(table.find(IpAddress.parse("255.255.255.255"))).isEqualTo(4);
        assertThat(table.find(IpAddress.parse("::ffff:9.9.9.9"))).isEqualTo(4);
        assertThat(table.find(IpAddress.parse("::"))).isEqualTo(5);
        assertThat(table.find(IpAddress.parse("::fffe:ffff:ffff"))).isEqualTo(5);
        assertThat(table.find(IpAddress.parse("::1:0:0:0"))).isEqualTo(6);
        assertThat(table.find(IpAddress.parse("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")))
                .isEqualTo(6);
    }

    @Test
    @Tag("SE64")
    @Tag("G63")
    void nestedRangesMakeNoMoreSegmentsThanTheirEnds() {
        List<Entry> nested = IntStream.range(0, 100_000)
                .mapToObj(i ->
                        new Entry(new IpRange(new IpAddress(0, i, true), new IpAddress(0, LAST_IPV4 - i, true)), -i))
                .toList();
        RangeTable<Integer> table = table(nested);
        assertThat(table.size()).isLessThanOrEqualTo(2 * nested.size() + 1);
        assertThat(table.find(IpAddress.parse("128.0.0.0"))).isEqualTo(-99_999);
        assertThat(table.find(IpAddress.parse("0.0.0.7"))).isEqualTo(-7);
    }
}
