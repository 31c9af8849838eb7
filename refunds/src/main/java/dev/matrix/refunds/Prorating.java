package dev.matrix.refunds;

import static java.time.temporal.ChronoUnit.DAYS;

import dev.matrix.core.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;

/** How much of a period wasn't used. Pure. */
record Prorating(ServicePeriod period, Proration how, Money base, Money earlier) {

    private record Count(BigDecimal total, BigDecimal used, long totalUnits, long usedUnits) {}

    /** The unused part of the base, rounded once. */
    Money unused() {
        Count count = count();
        BigDecimal left = count.total().subtract(count.used());
        BigDecimal exact = base.amount().multiply(left).divide(count.total(), 40, RoundingMode.HALF_UP);
        return Money.ofRounded(exact, base.currency(), RoundingMode.HALF_UP);
    }

    ProrationExplanation explanation() {
        Count count = count();
        return new ProrationExplanation(
                how.unit(),
                period.zone(),
                period.chargeableFrom(),
                period.end(),
                how.usedUntil(),
                count.totalUnits(),
                count.usedUnits(),
                count.totalUnits() - count.usedUnits(),
                base,
                earlier);
    }

    private Count count() {
        Instant until = how.usedUntil();
        return switch (how.unit()) {
            case SECOND -> seconds(until);
            case DAY -> days(until, daysBetween(period.chargeableFrom(), period.end()));
            case FIXED_DAYS -> days(until, how.days());
        };
    }

    private Count seconds(Instant until) {
        Duration total = Duration.between(period.chargeableFrom(), period.end());
        Duration used = clamp(Duration.between(period.chargeableFrom(), until), total);
        return new Count(exact(total), exact(used), total.toSeconds(), used.toSeconds());
    }

    private static Duration clamp(Duration used, Duration total) {
        return used.isNegative() ? Duration.ZERO : used.compareTo(total) > 0 ? total : used;
    }

    private static BigDecimal exact(Duration duration) {
        return BigDecimal.valueOf(duration.getSeconds()).add(BigDecimal.valueOf(duration.getNano(), 9));
    }

    private Count days(Instant until, long total) {
        boolean over = !until.isBefore(period.end());
        long used = until.isAfter(period.chargeableFrom()) ? daysBetween(period.chargeableFrom(), until) : 0;
        long counted = over ? total : Math.min(used, total);
        return new Count(BigDecimal.valueOf(total), BigDecimal.valueOf(counted), total, counted);
    }

    /** Local dates that a span touches: the last one counts once any of it has passed. */
    private long daysBetween(Instant from, Instant to) {
        LocalDate first = from.atZone(period.zone()).toLocalDate();
        ZonedDateTime last = to.atZone(period.zone());
        boolean begun =
                !last.toLocalDate().atStartOfDay(period.zone()).toInstant().equals(to);
        return DAYS.between(first, last.toLocalDate()) + (begun ? 1 : 0);
    }
}
