package dev.matrix.security;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.security.GeoMatch.CountryField;
import dev.matrix.security.spi.AddressTrait;
import java.util.Optional;

/** Reads what {@link GeoMatch#text()} wrote. */
final class GeoMatchText {

    private GeoMatchText() {}

    /** Empty: a newer version of the software wrote it. */
    static Optional<GeoMatch> parse(String text) {
        int colon = text.indexOf(':');
        String kind = colon < 0 ? text : text.substring(0, colon);
        String value = text.substring(colon + 1);
        try {
            return Optional.ofNullable(
                    switch (kind) {
                        case "country" -> new GeoMatch.Country(value, CountryField.COUNTRY);
                        case "registered" -> new GeoMatch.Country(value, CountryField.REGISTERED);
                        case "represented" -> new GeoMatch.Country(value, CountryField.REPRESENTED);
                        case "continent" -> new GeoMatch.Continent(value);
                        case "european_union" -> new GeoMatch.EuropeanUnion();
                        case "asn" -> new GeoMatch.Asn(Long.parseLong(value));
                        case "trait" -> new GeoMatch.Trait(AddressTrait.valueOf(value));
                        default -> null;
                    });
        } catch (InvalidRequestException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
