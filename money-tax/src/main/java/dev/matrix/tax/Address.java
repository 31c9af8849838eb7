package dev.matrix.tax;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.wire.ApiName;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What of an address decides on tax.
 *
 * @param country ISO 3166-1 code, such as {@code DE}; Greece is {@code GR}
 * @param region the ISO 3166-2 part behind the dash, such as {@code TX}, {@code QC}, {@code 29}; a whole code is accepted. Null
 *     where unknown; US, CA and IN need it
 * @param postalCode as written; null where unknown, and then no territory is recognised by it
 */
@ApiName("TaxAddress")
public record Address(
        String country,
        @Nullable String region,
        @Nullable String postalCode,
        @Nullable String city) {

    /** @throws InvalidRequestException if the country is unknown or the region malformed */
    public Address {
        country = Jurisdictions.checkCountry(country);
        if (region != null) {
            region = region.toUpperCase(Locale.ROOT);
            region = region.startsWith(country + "-") ? region.substring(country.length() + 1) : region;
            if (!region.matches("[A-Z0-9]{1,3}")) {
                throw new InvalidRequestException("\"" + region + "\" is no ISO 3166-2 region of " + country
                        + "; write the part behind the dash, such as TX.");
            }
        }
    }

    /** A country alone. */
    public static Address of(String country) {
        return new Address(country, null, null, null);
    }

    /** A state or province. */
    public static Address of(String country, String region) {
        return new Address(country, region, null, null);
    }

    /** A place by its postcode. */
    public static Address postal(String country, String postalCode) {
        return new Address(country, null, postalCode, null);
    }

    /** The ISO 3166 code of region and country; the country's without a region. */
    String jurisdiction() {
        return region == null ? country : country + "-" + region;
    }
}
