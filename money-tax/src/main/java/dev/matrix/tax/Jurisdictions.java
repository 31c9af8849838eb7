package dev.matrix.tax;

import dev.matrix.core.InvalidRequestException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The form of jurisdictions: ISO 3166 codes, {@code DE}, {@code US-TX}, a territory's or city's name behind a dash. */
final class Jurisdictions {

    private static final Pattern FORM = Pattern.compile("[A-Z]{2}(-[A-Z0-9-]{1,40})?");
    private static final Set<String> COUNTRIES = Set.copyOf(Arrays.asList(Locale.getISOCountries()));
    private static final Set<String> BESIDES_ISO = Set.of("EU", "XI", "IC");

    private Jurisdictions() {}

    static String country(String jurisdiction) {
        int dash = jurisdiction.indexOf('-');
        return dash < 0 ? jurisdiction : jurisdiction.substring(0, dash);
    }

    /** Country and state: US-WA of US-WA-KING. */
    static String state(String jurisdiction) {
        int second = jurisdiction.indexOf('-', jurisdiction.indexOf('-') + 1);
        return second < 0 ? jurisdiction : jurisdiction.substring(0, second);
    }

    /** The code in capital letters. */
    static String checkCountry(String text) {
        String country = text.toUpperCase(Locale.ROOT);
        if (COUNTRIES.contains(country) || BESIDES_ISO.contains(country)) {
            return country;
        }
        String hint = switch (country) {
            case "EL" -> "; Greece is GR (EL is its VAT prefix)";
            case "UK" -> "; the United Kingdom is GB";
            default -> "";
        };
        throw new InvalidRequestException(
                "Unknown country \"" + country + "\": write an ISO 3166-1 code of two letters" + hint + ".");
    }

    /** The jurisdiction in capital letters. */
    static String check(String text) {
        String jurisdiction = text.toUpperCase(Locale.ROOT);
        if (!FORM.matcher(jurisdiction).matches()) {
            throw new InvalidRequestException("Unknown jurisdiction \"" + jurisdiction
                    + "\": write an ISO 3166 code such as DE, US-TX or CA-QC.");
        }
        checkCountry(country(jurisdiction));
        return jurisdiction;
    }

    /** Whether {@code inner} is {@code outer} or lies in it: US-TX in US. */
    static boolean within(String inner, String outer) {
        return inner.equals(outer) || (inner.startsWith(outer) && inner.charAt(outer.length()) == '-');
    }
}
