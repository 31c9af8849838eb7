package dev.matrix.security;

import dev.matrix.core.spi.Step;
import dev.matrix.security.spi.AlarmListener;
import dev.matrix.security.spi.SecurityAlarm;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes alarms where they are raised, be it in a transaction or on a request, and tells the listeners later, in a step of its own.
 * Each is logged at once besides, as a listener may never come to it.
 */
final class Alarms implements Step {

    static final String NAME = "security.alarms";

    private static final Logger LOG = LoggerFactory.getLogger(Alarms.class);
    private static final int MOST_WAITING = 1_000;
    private static final Duration QUIET = Duration.ofHours(1);

    private record Same(SecurityAlarm.Kind kind, String about) {}

    private final List<AlarmListener> listeners;
    private final Runnable wake;
    private final List<SecurityAlarm> waiting = new ArrayList<>();
    private final Map<Same, Instant> raised = new HashMap<>();

    /** @param wake has this step run */
    Alarms(List<AlarmListener> listeners, Runnable wake) {
        this.listeners = List.copyOf(listeners);
        this.wake = wake;
    }

    /**
     * Raises an alarm, unless the same was raised within the hour.
     *
     * @param about what tells it from others of its kind
     */
    void raise(SecurityAlarm.Kind kind, String about, String detail, Instant now) {
        if (!isNew(new Same(kind, about), now)) {
            return;
        }
        LOG.error("{}: {}", kind, detail);
        synchronized (this) {
            if (waiting.size() < MOST_WAITING) {
                waiting.add(new SecurityAlarm(kind, detail, now));
            }
        }
        wake.run();
    }

    private synchronized boolean isNew(Same same, Instant now) {
        raised.values().removeIf(at -> !now.isBefore(at.plus(QUIET)) || at.isAfter(now));
        return raised.size() < MOST_WAITING && raised.putIfAbsent(same, now) == null;
    }

    @Override
    public String name() {
        return NAME;
    }

    /** Listeners need no store. */
    @Override
    public boolean local() {
        return true;
    }

    @Override
    public Instant run(Instant now) {
        for (SecurityAlarm alarm : take()) {
            for (AlarmListener listener : listeners) {
                tell(listener, alarm);
            }
        }
        return Instant.MAX;
    }

    @Override
    public void finish(Instant now) {
        run(now);
    }

    private synchronized List<SecurityAlarm> take() {
        List<SecurityAlarm> taken = List.copyOf(waiting);
        waiting.clear();
        return taken;
    }

    private static void tell(AlarmListener listener, SecurityAlarm alarm) {
        try {
            listener.raised(alarm);
        } catch (RuntimeException | Error failed) {
            LOG.warn("A listener of alarms failed at one of {}.", alarm.kind(), failed);
        }
    }
}
