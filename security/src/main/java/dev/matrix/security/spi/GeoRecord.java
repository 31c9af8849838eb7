package dev.matrix.security.spi;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a source knows about an address. Whatever it doesn't know is null or empty. Immutable.
 *
 * @param country where it is, as the source has it: ISO 3166-1 alpha-2, or one of the codes that sources use for "somewhere"
 * @param registeredCountry where its network is registered
 * @param representedCountry whose it is abroad, such as an embassy's
 * @param continent {@code AF}, {@code AN}, {@code AS}, {@code EU}, {@code NA}, {@code OC} or {@code SA}
 * @param europeanUnion whether the country is a member of the European Union
 * @param asn the number of its autonomous system
 * @param traits what it is used for
 */
public record GeoRecord(
        @Nullable String country,
        @Nullable String registeredCountry,
        @Nullable String representedCountry,
        @Nullable String continent,
        boolean europeanUnion,
        @Nullable Long asn,
        Set<AddressTrait> traits) {

    private static final GeoRecord EMPTY = new GeoRecord(null, null, null, null, false, null, Set.of());

    public GeoRecord {
        traits = Set.copyOf(traits);
    }

    /** A record that knows nothing. */
    public static GeoRecord empty() {
        return EMPTY;
    }

    /** A record that knows a country alone. */
    public static GeoRecord of(String country) {
        return EMPTY.country(country);
    }

    /** This record with another country. */
    public GeoRecord country(@Nullable String code) {
        return new GeoRecord(code, registeredCountry, representedCountry, continent, europeanUnion, asn, traits);
    }

    /** This record with another registered country. */
    public GeoRecord registeredCountry(@Nullable String code) {
        return new GeoRecord(country, code, representedCountry, continent, europeanUnion, asn, traits);
    }

    /** This record with another represented country. */
    public GeoRecord representedCountry(@Nullable String code) {
        return new GeoRecord(country, registeredCountry, code, continent, europeanUnion, asn, traits);
    }

    /** This record with another continent. */
    public GeoRecord continent(@Nullable String code) {
        return new GeoRecord(country, registeredCountry, representedCountry, code, europeanUnion, asn, traits);
    }

    /** This record, in the European Union or not. */
    public GeoRecord europeanUnion(boolean member) {
        return new GeoRecord(country, registeredCountry, representedCountry, continent, member, asn, traits);
    }

    /** This record with another autonomous system. */
    public GeoRecord asn(@Nullable Long number) {
        return new GeoRecord(country, registeredCountry, representedCountry, continent, europeanUnion, number, traits);
    }

    /** This record with other traits. */
    public GeoRecord traits(Set<AddressTrait> all) {
        return new GeoRecord(country, registeredCountry, representedCountry, continent, europeanUnion, asn, all);
    }
}
