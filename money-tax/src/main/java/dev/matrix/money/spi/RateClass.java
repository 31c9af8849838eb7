package dev.matrix.money.spi;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.money.RateAges;
import java.math.BigDecimal;
import java.time.Duration;

/**
 * How often a source publishes, and what follows from that: ages, pauses, and which move is worth a second look. The constants serve
 * most sources; one that publishes by another rhythm makes a class of its own: {@code RateClass.DAILY_FIAT.named("WEEKLY")
 * .withAges(…).every(…)}. Immutable and thread-safe.
 *
 * @param name for people, such as {@code DAILY_FIAT}; not blank, at most 64 characters
 * @param ages how old a rate may be, unless the host's {@link dev.matrix.money.ExchangeRatesBuilder#ages} says otherwise for this class
 * @param every the pause between two successful attempts; above zero
 * @param largestMove the move in percent above which a rate is quarantined; 0 or more
 * @param isIntraday whether a source publishes several observations on one day; then ages are measured from the instant of an
 *     observation, else in whole days
 */
public record RateClass(String name, RateAges ages, Duration every, BigDecimal largestMove, boolean isIntraday) {

    /** Once per working day. Ages are 3 and 5 whole days: 5 pass from Maundy Thursday to Easter Tuesday. A move of 10 %. */
    public static final RateClass DAILY_FIAT = new RateClass(
            "DAILY_FIAT", ages(Duration.ofDays(3), Duration.ofDays(5)), Duration.ofHours(6), BigDecimal.TEN, false);

    /** About once per hour: 65 minutes and 2 hours, 10 %. */
    public static final RateClass INTRADAY_FIAT = new RateClass(
            "INTRADAY_FIAT",
            ages(Duration.ofMinutes(65), Duration.ofHours(2)),
            Duration.ofMinutes(60),
            BigDecimal.TEN,
            true);

    /** About once per minute: 2 and 5 minutes, 50 %. */
    public static final RateClass CRYPTO = new RateClass(
            "CRYPTO",
            ages(Duration.ofMinutes(2), Duration.ofMinutes(5)),
            Duration.ofSeconds(60),
            BigDecimal.valueOf(50),
            true);

    /** Set by a person; its validity stands in the rate itself. */
    public static final RateClass MANUAL = new RateClass(
            "MANUAL", ages(Duration.ZERO, Duration.ZERO), Duration.ofDays(36_500), BigDecimal.ZERO, false);

    private static final int LONGEST_NAME = 64;

    /** @throws InvalidRequestException for a value out of its bounds */
    public RateClass {
        requireNonNull(ages, "ages");
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            throw new InvalidRequestException(
                    "A class of rates has a name of 1 to " + LONGEST_NAME + " characters; '" + name + "' isn't one.");
        }
        if (every.isNegative() || every.isZero()) {
            throw new InvalidRequestException(
                    "Sources of class " + name + " pause for more than 0; " + every + " isn't.");
        }
        if (largestMove.signum() < 0) {
            throw new InvalidRequestException(
                    "The largest move of class " + name + " is 0 % or more; " + largestMove + " isn't.");
        }
    }

    private static RateAges ages(Duration aged, Duration refused) {
        return new RateAges(aged, refused);
    }

    /** This class under another name; one with other values needs it, so that people can tell the two apart. */
    public RateClass named(String other) {
        return new RateClass(other, ages, every, largestMove, isIntraday);
    }

    /** This class with other ages. */
    public RateClass withAges(RateAges others) {
        return new RateClass(name, others, every, largestMove, isIntraday);
    }

    /** This class with another pause. */
    public RateClass every(Duration pause) {
        return new RateClass(name, ages, pause, largestMove, isIntraday);
    }

    /** This class with another largest move, in percent. */
    public RateClass withLargestMove(BigDecimal percent) {
        return new RateClass(name, ages, every, percent, isIntraday);
    }

    /** The name. */
    @Override
    public String toString() {
        return name;
    }
}
