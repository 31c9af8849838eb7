package dev.matrix.security.spi;

import dev.matrix.core.net.IpAddress;
import dev.matrix.core.net.IpRange;
import dev.matrix.security.geo.AgreeingGeoSource;
import dev.matrix.security.geo.FixedGeoSource;
import dev.matrix.security.geo.MmdbGeoSource;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Knows where addresses are, and what they are used for. It is asked on requests: it answers from memory, doesn't block, and
 * never throws. Thread-safe. The test-jar's {@code GeoSourceContract} tells whether an implementation keeps to this.
 */
public interface GeoSource {

    /** What is known about an address. */
    GeoAnswer lookup(IpAddress address);

    /**
     * Brings itself up to date; called once before the first look-up, then each minute, outside transactions. What is in use
     * stays in use when newer data are refused.
     *
     * @param now store time
     * @return what a person should look at, such as data that were refused or are old; empty: nothing
     */
    default List<String> refresh(Instant now) {
        return List.of();
    }

    /**
     * Reads MaxMind DB files, such as a country, an ASN and an anonymous-IP database: what they say about an address is taken
     * together, of two that say different things the first one's. They are read into memory whole, and again, without a pause of
     * look-ups, once they have changed on disk. A file that can't be read, is empty, or was built before 2010 or in the future is
     * refused. It needs {@code com.maxmind.db:maxmind-db} on the class path.
     */
    static GeoSource mmdb(Path... files) {
        return new MmdbGeoSource(List.of(files));
    }

    /** Answers from ranges that the host names; of those that overlap the smallest. */
    static GeoSource fixed(Map<IpRange, GeoRecord> records) {
        return new FixedGeoSource(records);
    }

    /** Knows what two sources agree on: unknown unless both name one country. Traits are those of either. */
    static GeoSource agreeing(GeoSource one, GeoSource other) {
        return new AgreeingGeoSource(one, other);
    }
}
