package dev.matrix.security.geo;

import com.maxmind.db.CHMCache;
import com.maxmind.db.DatabaseRecord;
import com.maxmind.db.InvalidNetworkException;
import com.maxmind.db.Network;
import com.maxmind.db.Networks;
import com.maxmind.db.Reader;
import dev.matrix.core.net.IpAddress;
import dev.matrix.core.net.IpRange;
import dev.matrix.security.geo.GeoTable.Entry;
import dev.matrix.security.spi.AddressTrait;
import dev.matrix.security.spi.GeoRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a MaxMind DB file: what of each network rules can ask. Neighbours with the same record become one range, so that a
 * database of cities takes little more than one of countries.
 */
final class MmdbFile {

    private static final Instant FIRST = Instant.parse("2010-01-01T00:00:00Z");

    private static final Map<String, AddressTrait> TRAITS = Map.of(
            "is_anonymous", AddressTrait.ANONYMOUS,
            "is_anonymous_vpn", AddressTrait.VPN,
            "is_public_proxy", AddressTrait.PUBLIC_PROXY,
            "is_residential_proxy", AddressTrait.RESIDENTIAL_PROXY,
            "is_tor_exit_node", AddressTrait.TOR,
            "is_hosting_provider", AddressTrait.HOSTING,
            "is_satellite_provider", AddressTrait.SATELLITE,
            "is_anycast", AddressTrait.ANYCAST);

    private final int rank;
    private final List<Entry> entries;
    private final Map<GeoRecord, GeoRecord> interned = new HashMap<>();
    private @Nullable Entry last;

    private MmdbFile(int rank, List<Entry> entries) {
        this.rank = rank;
        this.entries = entries;
    }

    /**
     * Adds a file's ranges to {@code entries}.
     *
     * @return when the file was built
     * @throws IOException or a RuntimeException where the file isn't whole
     */
    static Instant read(Path file, int rank, List<Entry> entries, Instant now) throws IOException {
        try (Reader reader = new Reader(new ByteArrayInputStream(Files.readAllBytes(file)), new CHMCache())) {
            Instant builtAt =
                    Instant.ofEpochSecond(reader.getMetadata().buildEpoch().longValueExact());
            if (builtAt.isBefore(FIRST) || builtAt.isAfter(now)) {
                throw new IOException(file + " says that it was built " + builtAt + ", and it is " + now + ".");
            }
            new MmdbFile(rank, entries).addAll(reader, file);
            return builtAt;
        } catch (InvalidNetworkException e) {
            throw new IOException(file + " isn't whole.", e);
        }
    }

    private void addAll(Reader reader, Path file) throws IOException, InvalidNetworkException {
        @SuppressWarnings("rawtypes")
        Networks<Map> networks = reader.networks(Map.class);
        boolean any = false;
        while (networks.hasNext()) {
            @SuppressWarnings("rawtypes")
            DatabaseRecord<Map> each = networks.next();
            add(range(each.network()), record(each.data()));
            any = true;
        }
        if (!any) {
            throw new IOException(file + " holds no network.");
        }
        if (last != null) {
            entries.add(last);
        }
    }

    private void add(IpRange range, GeoRecord record) {
        Entry before = last;
        if (before != null
                && before.record().equals(record)
                && range.first().equals(before.range().last().next())) {
            last = new Entry(rank, new IpRange(before.range().first(), range.last()), before.record());
            return;
        }
        if (before != null) {
            entries.add(before);
        }
        last = new Entry(rank, range, interned.computeIfAbsent(record, same -> same));
    }

    private static IpRange range(Network network) {
        IpAddress first = IpAddress.of(network.networkAddress().getAddress());
        return IpRange.network(first, network.prefixLength());
    }

    private static GeoRecord record(Map<?, ?> data) {
        Map<?, ?> country = part(data, "country");
        Map<?, ?> traits = part(data, "traits");
        Object asn = data.get("autonomous_system_number") == null
                ? traits.get("autonomous_system_number")
                : data.get("autonomous_system_number");
        Set<AddressTrait> found = EnumSet.noneOf(AddressTrait.class);
        TRAITS.forEach((name, trait) -> {
            if (Boolean.TRUE.equals(data.get(name)) || Boolean.TRUE.equals(traits.get(name))) {
                found.add(trait);
            }
        });
        return new GeoRecord(
                text(country, "iso_code"),
                text(part(data, "registered_country"), "iso_code"),
                text(part(data, "represented_country"), "iso_code"),
                text(part(data, "continent"), "code"),
                Boolean.TRUE.equals(country.get("is_in_european_union")),
                asn instanceof Number number ? Long.valueOf(number.longValue()) : null,
                found);
    }

    private static Map<?, ?> part(Map<?, ?> data, String name) {
        return data.get(name) instanceof Map<?, ?> part ? part : Map.of();
    }

    private static @Nullable String text(Map<?, ?> data, String name) {
        return data.get(name) instanceof String text ? text : null;
    }
}
