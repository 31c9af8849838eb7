package dev.matrix.security.geo;

import dev.matrix.core.net.IpAddress;
import dev.matrix.core.net.IpRange;
import dev.matrix.security.address.RangeTable;
import dev.matrix.security.spi.AddressTrait;
import dev.matrix.security.spi.GeoAnswer;
import dev.matrix.security.spi.GeoAnswer.Found;
import dev.matrix.security.spi.GeoAnswer.Unknown;
import dev.matrix.security.spi.GeoRecord;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Ranges with records, of several files if need be, in one table. Equal records are one object. Immutable. */
final class GeoTable {

    private static final GeoAnswer UNKNOWN = new Unknown();

    private final RangeTable<Found> table;

    /**
     * What one file says about a range.
     *
     * @param rank of the file: of two that say different things the lower one's word counts
     */
    record Entry(int rank, IpRange range, GeoRecord record) {

        static final Comparator<Entry> ORDER = Comparator.comparingInt(Entry::rank)
                .thenComparing(Entry::range, IpRange::compareSize)
                .thenComparing(Entry::range);
    }

    private GeoTable(RangeTable<Found> table) {
        this.table = table;
    }

    static GeoTable of(Collection<Entry> entries) {
        Map<GeoRecord, Found> interned = new HashMap<>();
        return new GeoTable(RangeTable.of(
                entries,
                Entry::range,
                Entry.ORDER,
                applying -> interned.computeIfAbsent(joined(applying), Found::new)));
    }

    GeoAnswer find(IpAddress address) {
        Found found = table.find(address);
        return found == null ? UNKNOWN : found;
    }

    /** Of each file its smallest range that applies. */
    private static GeoRecord joined(NavigableSet<Entry> applying) {
        Entry first = applying.first();
        GeoRecord all = first.record();
        int rank = first.rank();
        for (Entry each : applying) {
            if (each.rank() != rank) {
                rank = each.rank();
                all = joined(all, each.record());
            }
        }
        return all;
    }

    private static GeoRecord joined(GeoRecord one, GeoRecord more) {
        boolean bringsCountry = one.country() == null;
        return new GeoRecord(
                bringsCountry ? more.country() : one.country(),
                first(one.registeredCountry(), more.registeredCountry()),
                first(one.representedCountry(), more.representedCountry()),
                first(one.continent(), more.continent()),
                bringsCountry ? more.europeanUnion() : one.europeanUnion(),
                first(one.asn(), more.asn()),
                both(one.traits(), more.traits()));
    }

    private static <T> @Nullable T first(@Nullable T one, @Nullable T other) {
        return one == null ? other : one;
    }

    /** The traits of either. */
    static Set<AddressTrait> both(Set<AddressTrait> one, Set<AddressTrait> other) {
        Set<AddressTrait> all = EnumSet.noneOf(AddressTrait.class);
        all.addAll(one);
        all.addAll(other);
        return all;
    }
}
