package dev.matrix.security;

import dev.matrix.core.InvalidRequestException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Countries as ISO 3166-1 alpha-2 names them, and {@code XK}, which sources use for Kosovo. */
final class CountryCode {

    private static final Map<String, String> HINTS = Map.of("UK", "GB", "EL", "GR");
    private static final Set<String> CODES = codes();

    private CountryCode() {}

    /** Java's table still has a code that ISO 3166 has withdrawn: no address is there. */
    private static Set<String> codes() {
        Set<String> codes = new HashSet<>(Arrays.asList(Locale.getISOCountries()));
        codes.remove("AN");
        codes.add("XK");
        return Set.copyOf(codes);
    }

    static String require(String text) {
        String code = text.toUpperCase(Locale.ROOT);
        if (!CODES.contains(code)) {
            String hint = HINTS.containsKey(code) ? " " + code + " is written " + HINTS.get(code) + "." : "";
            throw new InvalidRequestException(
                    "A country is an ISO 3166-1 alpha-2 code, such as DE, or XK; this one isn't." + hint);
        }
        return code;
    }

    /** The code that a source gives, upper-cased; null where it means "somewhere" or nothing. */
    static @Nullable String known(@Nullable String ofSource) {
        if (ofSource == null) {
            return null;
        }
        String code = ofSource.toUpperCase(Locale.ROOT);
        return CODES.contains(code) ? code : null;
    }
}
