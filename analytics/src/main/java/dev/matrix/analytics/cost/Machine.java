package dev.matrix.analytics.cost;

import dev.matrix.analytics.cost.spi.ResourceType;
import dev.matrix.core.money.Money;
import dev.matrix.core.money.PreciseMoney;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A machine whose cost can be replayed, and what was measured of it.
 *
 * @param type as its region's catalogue has it
 * @param createdAt when it was first seen
 * @param hourly what an hour of running costs
 * @param stopped what an hour of being stopped costs
 * @param ran how long it ran in the window, or since it exists
 * @param existed how long that is
 * @param ranLately how long it ran in the last 14 days
 * @param samples of the window in time order; each instant is covered once, by the finest
 */
public record Machine(
        String id,
        ResourceType type,
        String region,
        Map<String, String> tags,
        Instant createdAt,
        PreciseMoney hourly,
        PreciseMoney stopped,
        Duration ran,
        Duration existed,
        Duration ranLately,
        List<ResourceSample> samples) {

    private static final BigDecimal HOURS_OF_A_MONTH = BigDecimal.valueOf(730);
    private static final BigDecimal HOURS_OF_A_WEEK = BigDecimal.valueOf(168);
    private static final BigDecimal SECONDS_OF_AN_HOUR = BigDecimal.valueOf(3_600);
    private static final int DECIMALS = 20;

    public Machine {
        tags = Map.copyOf(tags);
        samples = List.copyOf(samples);
    }

    /** The part of the time in which it ran, 0 to 1. */
    BigDecimal runs() {
        return BigDecimal.valueOf(ran.toSeconds())
                .divide(BigDecimal.valueOf(Math.max(1, existed.toSeconds())), DECIMALS, RoundingMode.HALF_UP)
                .min(BigDecimal.ONE);
    }

    /** What it costs in a month of 730 hours, running as much of them as it did. */
    public Money monthlyCost() {
        BigDecimal running = runs();
        return hourly.times(running)
                .plus(stopped.times(BigDecimal.ONE.subtract(running)))
                .times(HOURS_OF_A_MONTH)
                .rounded(RoundingMode.HALF_UP);
    }

    /** What it cost in the window. */
    Money cost() {
        BigDecimal running = BigDecimal.valueOf(ran.toSeconds());
        BigDecimal standing = BigDecimal.valueOf(Math.max(0, existed.minus(ran).toSeconds()));
        return Money.ofRounded(
                hourly.amount()
                        .multiply(running)
                        .add(stopped.amount().multiply(standing))
                        .divide(SECONDS_OF_AN_HOUR, DECIMALS, RoundingMode.HALF_UP),
                hourly.currency(),
                RoundingMode.HALF_UP);
    }

    private Machine as(ResourceType other, PreciseMoney hour, PreciseMoney idleHour, Duration running) {
        return new Machine(id, other, region, tags, createdAt, hour, idleHour, running, existed, ranLately, samples);
    }

    Machine stop() {
        return as(type, hourly, stopped, Duration.ZERO);
    }

    Machine offFor(int hoursOfTheWeek) {
        BigDecimal on = HOURS_OF_A_WEEK
                .subtract(BigDecimal.valueOf(hoursOfTheWeek))
                .divide(HOURS_OF_A_WEEK, DECIMALS, RoundingMode.HALF_UP);
        long seconds = BigDecimal.valueOf(ran.toSeconds())
                .multiply(on)
                .setScale(0, RoundingMode.HALF_UP)
                .longValue();
        return as(type, hourly, stopped, Duration.ofSeconds(seconds));
    }

    Machine as(ResourceType other) {
        return as(other, other.hourlyPrice(), other.stoppedHourlyPrice(), ran);
    }

    Machine deleted() {
        PreciseMoney nothing = PreciseMoney.of(BigDecimal.ZERO, hourly.currency());
        return as(type, nothing, nothing, Duration.ZERO);
    }
}
