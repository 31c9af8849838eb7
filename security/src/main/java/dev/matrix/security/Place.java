package dev.matrix.security;

import dev.matrix.core.net.IpAddress;
import dev.matrix.security.spi.GeoAnswer;
import dev.matrix.security.spi.GeoAnswer.Failed;
import dev.matrix.security.spi.GeoAnswer.Found;
import dev.matrix.security.spi.GeoRecord;
import dev.matrix.security.spi.GeoSource;
import org.jspecify.annotations.Nullable;

/**
 * Where an address is.
 *
 * @param record what is known besides; traits count also where the country isn't known
 */
record Place(Kind kind, GeoRecord record) {

    enum Kind {
        /** Of a host or a site: in no country as far as anybody outside can say. */
        PRIVATE,
        /** In a country. */
        COUNTRY,
        /** Public, and nobody knows where. */
        UNKNOWN,
        /** The source can't say. */
        FAILED
    }

    private static final Place PRIVATE = new Place(Kind.PRIVATE, GeoRecord.empty());
    private static final Place UNKNOWN = new Place(Kind.UNKNOWN, GeoRecord.empty());
    private static final Place FAILED = new Place(Kind.FAILED, GeoRecord.empty());

    /** A source that throws has failed. */
    static Place of(GeoSource source, IpAddress address) {
        if (address.isPrivate()) {
            return PRIVATE;
        }
        try {
            return of(source.lookup(address));
        } catch (RuntimeException | Error failed) {
            return FAILED;
        }
    }

    private static Place of(GeoAnswer answer) {
        if (answer instanceof Found found) {
            boolean known = CountryCode.known(found.record().country()) != null;
            return new Place(known ? Kind.COUNTRY : Kind.UNKNOWN, found.record());
        }
        return answer instanceof Failed ? FAILED : UNKNOWN;
    }

    /** The country's code, {@code PRIVATE} or {@code UNKNOWN}; null where the source can't say. */
    @Nullable
    String country() {
        return switch (kind) {
            case COUNTRY -> CountryCode.known(record.country());
            case PRIVATE, UNKNOWN -> kind.name();
            case FAILED -> null;
        };
    }
}
