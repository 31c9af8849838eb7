package dev.matrix.money.spi;

import dev.matrix.money.RateAges;
import java.math.BigDecimal;
import java.time.Duration;

/** How often a source publishes, and what follows from that: ages, pauses, and which move is worth a second look. */
public enum RateClass {
    /** Once a working day. Ages are whole days: 5 passes from Maundy Thursday to Easter Tuesday. */
    DAILY_FIAT(Duration.ofDays(3), Duration.ofDays(5), Duration.ofHours(6), 10),
    /** About once an hour. */
    INTRADAY_FIAT(Duration.ofMinutes(65), Duration.ofHours(2), Duration.ofMinutes(60), 10),
    /** About once a minute. */
    CRYPTO(Duration.ofMinutes(2), Duration.ofMinutes(5), Duration.ofSeconds(60), 50),
    /** Set by a person; its validity stands in the rate itself. */
    MANUAL(Duration.ZERO, Duration.ZERO, Duration.ofDays(36_500), 0);

    private final Duration aged;
    private final Duration refused;
    private final Duration every;
    private final BigDecimal largestMove;

    RateClass(Duration aged, Duration refused, Duration every, int largestMove) {
        this.aged = aged;
        this.refused = refused;
        this.every = every;
        this.largestMove = BigDecimal.valueOf(largestMove);
    }

    /** The default ages (rule X6). */
    public RateAges ages() {
        return new RateAges(aged, refused);
    }

    /** The pause between two successful attempts (rule X9). */
    public Duration every() {
        return every;
    }

    /** The move in percent above which a rate is quarantined (rule X11). */
    public BigDecimal largestMove() {
        return largestMove;
    }

    /** Whether a past day has one observation a source keeps: all but those of many a day. */
    public boolean isIntraday() {
        return this == INTRADAY_FIAT || this == CRYPTO;
    }
}
