package dev.matrix.sla;

import dev.matrix.core.InvalidRequestException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;

/** What values must be; each refusal names the field. */
final class Requirements {

    static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    static final int LONGEST_TEXT = 1_000;
    static final long MOST = 1_000_000_000_000L;

    private static final int LONGEST_NAME = 128;
    private static final int MOST_DECIMALS = 9;
    private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private Requirements() {}

    static void that(boolean holds, String field, String rule) {
        if (!holds) {
            throw new InvalidRequestException(field + " " + rule + ".");
        }
    }

    static void percent(BigDecimal value, String field) {
        that(
                value.scale() <= MOST_DECIMALS
                        && value.precision() - value.scale() <= 3
                        && value.signum() >= 0
                        && value.compareTo(HUNDRED) <= 0,
                field,
                "is a percentage from 0 to 100 with at most 9 decimals");
    }

    /** A promise of 100 % has no budget to judge by. */
    static void target(BigDecimal value, String field) {
        percent(value, field);
        that(value.compareTo(HUNDRED) < 0, field, "must leave a budget: 100 % can't be promised");
    }

    static void range(long value, long least, long most, String field) {
        if (value < least || value > most) {
            throw new InvalidRequestException(field + " is " + least + " to " + most + ", not " + value + ".");
        }
    }

    static void range(Duration value, Duration least, Duration most, String field) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new InvalidRequestException(field + " is " + least + " to " + most + ", not " + value + ".");
        }
    }

    static void wholeMinutes(Duration value, Duration least, Duration most, String field) {
        range(value, least, most, field);
        that(value.getSeconds() % 60 == 0 && value.getNano() == 0, field, "is in whole minutes");
    }

    static void wholeMinute(Instant value, String field) {
        time(value, field);
        that(value.getEpochSecond() % 60 == 0 && value.getNano() == 0, field, "is a whole minute");
    }

    static void time(Instant value, String field) {
        that(!value.isBefore(EARLIEST) && value.isBefore(LATEST), field, "lies from 1970 to 2200");
    }

    /** A name that the host chose: databases and logs must be able to hold it. */
    static String name(String value, String field) {
        that(
                !value.isBlank() && value.length() <= LONGEST_NAME && isPlain(value),
                field,
                "has 1 to 128 characters, no control characters and no half surrogates");
        return value;
    }

    static String text(String value, String field) {
        that(value.length() <= LONGEST_TEXT && isPlain(value), field, "has at most 1,000 characters and no controls");
        return value;
    }

    private static boolean isPlain(String value) {
        return value.codePoints()
                .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
    }
}
