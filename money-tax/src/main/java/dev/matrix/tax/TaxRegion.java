package dev.matrix.tax;

import java.util.Set;

/** The parts of the world that reports and filters speak of. */
public enum TaxRegion {
    EU,
    US,
    CA,
    UK,
    AU,
    SG,
    IN,
    OTHER;

    private static final Set<String> MEMBERS = Set.of(
            "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU",
            "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK");

    /** The region of a jurisdiction such as {@code DE}, {@code US-TX}; EU means the present member states. */
    public static TaxRegion of(String jurisdiction) {
        String country = Jurisdictions.country(jurisdiction);
        if (MEMBERS.contains(country)) {
            return EU;
        }
        return switch (country) {
            case "US" -> US;
            case "CA" -> CA;
            case "GB" -> UK;
            case "AU" -> AU;
            case "SG" -> SG;
            case "IN" -> IN;
            default -> OTHER;
        };
    }
}
