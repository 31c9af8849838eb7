package dev.matrix.security;

import dev.matrix.core.spi.Backoff;
import dev.matrix.core.spi.Step;
import dev.matrix.security.spi.RetryLaterException;
import dev.matrix.security.spi.SecurityAlarm.Kind;
import java.time.Duration;
import java.time.Instant;

/**
 * Work with one far side, in a step of its own, so that one that hangs holds up nobody else. After a failure it pauses, 1 s doubling to 5
 * min, or as long as the far side asks.
 */
abstract class Lane implements Step {

    static final Duration PAUSE = Duration.ofSeconds(1);

    private static final Backoff PAUSES = Backoff.doubling(Duration.ofSeconds(1), Duration.ofMinutes(5));
    private static final int ALARMING = 3;

    private final String name;
    private final Kind kind;
    private final Alarms alarms;
    private int failures;

    Lane(String name, Kind kind, Alarms alarms) {
        this.name = name;
        this.kind = kind;
        this.alarms = alarms;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Instant run(Instant now) {
        try {
            Instant next = work(now);
            failures = 0;
            return next;
        } catch (RuntimeException failed) {
            failures++;
            if (failures == ALARMING) {
                alarm("answer", name + " fails: " + failed.getMessage(), now);
            }
            Duration pause = PAUSES.after(failures);
            Duration asked = failed instanceof RetryLaterException later ? later.after() : null;
            return now.plus(asked == null || asked.compareTo(pause) < 0 ? pause : asked);
        }
    }

    /** Does what is due; returns when there may be more. */
    abstract Instant work(Instant now);

    void alarm(String about, String detail, Instant now) {
        alarms.raise(kind, name + " " + about, detail, now);
    }
}
