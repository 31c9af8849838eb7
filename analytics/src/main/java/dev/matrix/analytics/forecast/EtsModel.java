package dev.matrix.analytics.forecast;

import dev.matrix.core.InvalidRequestException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A form of exponential smoothing: how errors, trend and season come together.
 *
 * @param error additive or multiplicative
 * @param trend none, additive, or additive and damped
 * @param season none, additive or multiplicative; multiplicative only with multiplicative errors
 */
public record EtsModel(Errors error, Trend trend, Season season) {

    private static final Pattern TEXT = Pattern.compile("(?i)([AM]),?(N|AD|A),?([NAM])");

    /** How an error comes in. */
    public enum Errors {
        ADDITIVE,
        MULTIPLICATIVE
    }

    /** How the trend goes on. */
    public enum Trend {
        NONE,
        ADDITIVE,
        DAMPED
    }

    /** How the season comes in. */
    public enum Season {
        NONE,
        ADDITIVE,
        MULTIPLICATIVE
    }

    public EtsModel {
        if (error == Errors.ADDITIVE && season == Season.MULTIPLICATIVE) {
            throw new InvalidRequestException(
                    "Additive errors don't go with a multiplicative season; choose ETS(M,…,M) or an additive season.");
        }
    }

    /**
     * Reads the usual notation.
     *
     * @param text such as {@code ANN}, {@code AAdN} or {@code M,Ad,M}
     * @throws InvalidRequestException for anything else
     */
    public static EtsModel parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new InvalidRequestException(
                    "An ETS model is written like ANN, AAdN or M,Ad,M; '" + text + "' isn't.");
        }
        Errors error = matcher.group(1).equalsIgnoreCase("A") ? Errors.ADDITIVE : Errors.MULTIPLICATIVE;
        Trend trend = switch (matcher.group(2).toUpperCase(Locale.ROOT)) {
            case "N" -> Trend.NONE;
            case "A" -> Trend.ADDITIVE;
            default -> Trend.DAMPED;
        };
        Season season = switch (matcher.group(3).toUpperCase(Locale.ROOT)) {
            case "N" -> Season.NONE;
            case "A" -> Season.ADDITIVE;
            default -> Season.MULTIPLICATIVE;
        };
        return new EtsModel(error, trend, season);
    }

    /** Such as {@code ETS(A,Ad,N)}. */
    @Override
    public String toString() {
        String trends = switch (trend) {
            case NONE -> "N";
            case ADDITIVE -> "A";
            case DAMPED -> "Ad";
        };
        return "ETS(" + letter(error.name()) + "," + trends + "," + letter(season.name()) + ")";
    }

    private static char letter(String name) {
        return name.charAt(0);
    }
}
