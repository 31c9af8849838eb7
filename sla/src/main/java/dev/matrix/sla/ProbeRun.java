package dev.matrix.sla;

import dev.matrix.sla.spi.ProbeStatus;
import dev.matrix.sla.spi.ProbeTarget;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a component's checks have gone so far, as its probe's row keeps it. Pure: each result gives the next value.
 *
 * @param state what the component is taken for
 * @param lastResult when the last check began that told anything, or the last heartbeat was sent; null: none yet
 * @param tends what results in a row speak for, against the state; null: none do
 * @param inRow how many of them there are
 * @param tendsSince when the first of them began
 */
record ProbeRun(
        ComponentState state,
        @Nullable Instant lastResult,
        @Nullable ProbeStatus tends,
        int inRow,
        @Nullable Instant tendsSince) {

    static final ProbeRun NEW = new ProbeRun(ComponentState.UNKNOWN, null, null, 0, null);

    /** A run after something happened, and since when the state is another one; null: it isn't. */
    record Next(ProbeRun run, @Nullable Instant changedAt) {}

    /**
     * After a check.
     *
     * @param at when the check began
     */
    Next after(ProbeTarget target, ProbeStatus result, Instant at) {
        if (result == ProbeStatus.UNKNOWN) {
            return new Next(this, null);
        }
        ComponentState told = result == ProbeStatus.UP ? ComponentState.UP : ComponentState.DOWN;
        if (told == state) {
            return new Next(settled(state, at), null);
        }
        boolean goesOn = result == tends && tendsSince != null;
        Instant since = goesOn && tendsSince != null ? tendsSince : at;
        int row = goesOn ? inRow + 1 : 1;
        int enough = result == ProbeStatus.UP ? target.successes() : target.failures();
        return row >= enough
                ? new Next(settled(told, at), since)
                : new Next(new ProbeRun(state, at, result, row, since), null);
    }

    /** After a heartbeat: up at once. */
    Next beat(Instant at) {
        return new Next(settled(ComponentState.UP, at), state == ComponentState.UP ? null : at);
    }

    private static ProbeRun settled(ComponentState state, Instant at) {
        return new ProbeRun(state, at, null, 0, null);
    }

    /**
     * After silence: nothing is known since the next result was due, or the component is down since then where it reports by itself.
     */
    Next unheard(ProbeTarget target, Instant now) {
        Instant last = lastResult;
        ComponentState silent = target.isHeartbeat() ? ComponentState.DOWN : ComponentState.UNKNOWN;
        if (last == null
                || state == ComponentState.UNKNOWN
                || state == silent
                || now.isBefore(last.plus(target.silence()))) {
            return new Next(this, null);
        }
        return new Next(settled(silent, last), last.plus(target.interval()));
    }

    /** When to check again, or to notice silence. */
    Instant next(ProbeTarget target, Instant checked) {
        if (target.isHeartbeat()) {
            boolean waits = lastResult != null && state == ComponentState.UP;
            return (waits && lastResult != null ? lastResult : checked).plus(target.silence());
        }
        return checked.plus(tends == null ? target.interval() : target.retryInterval());
    }
}
