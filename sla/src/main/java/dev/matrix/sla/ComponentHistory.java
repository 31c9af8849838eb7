package dev.matrix.sla;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The states of one component: each holds until the next one begins; before the first it is unknown. Immutable. */
final class ComponentHistory {

    private static final int MINUTE = 60;
    private static final int HALF = 30;

    private final NavigableMap<Long, ComponentState> sinceSecond = new TreeMap<>();

    private ComponentHistory() {}

    /** A change of state. */
    record Change(Instant at, ComponentState state) {}

    /** Later entries of one instant replace earlier ones. */
    static ComponentHistory of(List<Change> changes) {
        ComponentHistory history = new ComponentHistory();
        changes.forEach(change -> history.sinceSecond.put(change.at().getEpochSecond(), change.state()));
        return history;
    }

    ComponentState at(long minute, MinuteRounding rounding) {
        long from = minute * MINUTE;
        Map.Entry<Long, ComponentState> first = sinceSecond.floorEntry(from);
        ComponentState state = first == null ? ComponentState.UNKNOWN : first.getValue();
        NavigableMap<Long, ComponentState> within = sinceSecond.subMap(from, false, from + MINUTE, false);
        if (within.isEmpty()) {
            return state;
        }
        int down = 0;
        int up = 0;
        long since = from;
        for (Map.Entry<Long, ComponentState> change : within.entrySet()) {
            int lasted = (int) (change.getKey() - since);
            down += state == ComponentState.DOWN ? lasted : 0;
            up += state == ComponentState.UP ? lasted : 0;
            since = change.getKey();
            state = change.getValue();
        }
        int lasted = (int) (from + MINUTE - since);
        down += state == ComponentState.DOWN ? lasted : 0;
        up += state == ComponentState.UP ? lasted : 0;
        int enough = switch (rounding) {
            case MAJORITY -> HALF;
            case WHOLE -> MINUTE;
            case ANY -> 1;
        };
        if (down >= enough) {
            return ComponentState.DOWN;
        }
        return up > 0 ? ComponentState.UP : ComponentState.UNKNOWN;
    }
}
