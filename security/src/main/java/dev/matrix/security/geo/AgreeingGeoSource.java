package dev.matrix.security.geo;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.net.IpAddress;
import dev.matrix.security.spi.GeoAnswer;
import dev.matrix.security.spi.GeoAnswer.Failed;
import dev.matrix.security.spi.GeoAnswer.Found;
import dev.matrix.security.spi.GeoRecord;
import dev.matrix.security.spi.GeoSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Knows what two sources agree on; made by {@link GeoSource#agreeing}. */
public final class AgreeingGeoSource implements GeoSource {

    private final GeoSource one;
    private final GeoSource other;

    /** Both sources. */
    public AgreeingGeoSource(GeoSource one, GeoSource other) {
        this.one = requireNonNull(one, "one");
        this.other = requireNonNull(other, "other");
    }

    @Override
    public GeoAnswer lookup(IpAddress address) {
        GeoAnswer first = one.lookup(address);
        GeoAnswer second = other.lookup(address);
        if (first instanceof Failed) {
            return first;
        }
        if (second instanceof Failed) {
            return second;
        }
        GeoRecord left = record(first);
        GeoRecord right = record(second);
        GeoRecord joined = left.traits(GeoTable.both(left.traits(), right.traits()));
        boolean agreed = left.country() != null && left.country().equalsIgnoreCase(right.country());
        return new Found(agreed ? joined : GeoRecord.empty().asn(joined.asn()).traits(joined.traits()));
    }

    private static GeoRecord record(GeoAnswer answer) {
        return answer instanceof Found found ? found.record() : GeoRecord.empty();
    }

    @Override
    public List<String> refresh(Instant now) {
        List<String> told = new ArrayList<>(one.refresh(now));
        told.addAll(other.refresh(now));
        return told;
    }
}
