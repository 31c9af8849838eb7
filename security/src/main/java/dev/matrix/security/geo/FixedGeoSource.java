package dev.matrix.security.geo;

import dev.matrix.core.net.IpAddress;
import dev.matrix.core.net.IpRange;
import dev.matrix.security.geo.GeoTable.Entry;
import dev.matrix.security.spi.GeoAnswer;
import dev.matrix.security.spi.GeoRecord;
import dev.matrix.security.spi.GeoSource;
import java.util.Map;

/** Answers from ranges that the host names; made by {@link GeoSource#fixed}. */
public final class FixedGeoSource implements GeoSource {

    private final GeoTable table;

    /** Records by their ranges. */
    public FixedGeoSource(Map<IpRange, GeoRecord> records) {
        this.table = GeoTable.of(records.entrySet().stream()
                .map(each -> new Entry(0, each.getKey(), each.getValue()))
                .toList());
    }

    @Override
    public GeoAnswer lookup(IpAddress address) {
        return table.find(address);
    }
}
