package dev.matrix.refunds;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * The time that a payment is for, half-open.
 *
 * @param zone where its days are counted
 * @param chargeableFrom from when on it is charged for, such as a trial's end; from start to end
 */
public record ServicePeriod(Instant start, Instant end, ZoneId zone, Instant chargeableFrom) {

    private static final Duration LONGEST = Duration.ofDays(3_660);

    public ServicePeriod {
        requireNonNull(zone, "zone");
        if (!start.isBefore(end) || Duration.between(start, end).compareTo(LONGEST) > 0) {
            throw new InvalidRequestException("A service period starts before it ends, and lasts 10 years at most.");
        }
        if (chargeableFrom.isBefore(start) || chargeableFrom.isAfter(end)) {
            throw new InvalidRequestException("A service period's chargeableFrom lies within it.");
        }
    }

    /** A period that is charged for from its start. */
    public static ServicePeriod of(Instant start, Instant end, ZoneId zone) {
        return new ServicePeriod(start, end, zone, start);
    }

    /**
     * The period of {@code months} months that begins {@code index} such periods after the anchor's midnight, counted from the
     * anchor each time: 31 January is followed by 28 or 29 February and then by 31 March.
     */
    public static ServicePeriod months(LocalDate anchor, int index, int months, ZoneId zone) {
        LocalDate from = anchor.plusMonths((long) index * months);
        LocalDate to = anchor.plusMonths((index + 1L) * months);
        return of(from.atStartOfDay(zone).toInstant(), to.atStartOfDay(zone).toInstant(), zone);
    }

    /** This period, charged for from then on. */
    public ServicePeriod chargeableFrom(Instant from) {
        return new ServicePeriod(start, end, zone, from);
    }
}
