package dev.matrix.security;

import dev.matrix.core.net.IpAddress;
import dev.matrix.security.spi.GeoSource;
import org.jspecify.annotations.Nullable;

/**
 * A client's address and where it is, looked up when something first asks. Of an address with an IPv4 one in it both places count.
 * For one decision, on one thread.
 */
final class ClientPlaces {

    private final GeoSource source;
    private final IpAddress address;
    private @Nullable Place own;
    private @Nullable Place inner;

    ClientPlaces(GeoSource source, IpAddress address) {
        this.source = source;
        this.address = address;
    }

    IpAddress address() {
        return address;
    }

    Place own() {
        Place known = own;
        if (known == null) {
            known = Place.of(source, address);
            own = known;
        }
        return known;
    }

    /** Null: the address leads to no other. */
    @Nullable
    Place inner() {
        IpAddress embedded = address.embeddedIpv4();
        if (inner == null && embedded != null) {
            inner = Place.of(source, embedded);
        }
        return inner;
    }

    /** As {@link Place#country()}; null where nothing has asked. */
    @Nullable
    String country() {
        return own == null ? null : own.country();
    }
}
