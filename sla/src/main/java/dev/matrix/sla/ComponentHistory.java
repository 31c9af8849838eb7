package dev.matrix.sla;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The states of one component: each holds until the next one begins; before the first it is unknown. Immutable. */
final class ComponentHistory {

    private static final int MINUTE = 60;
    private static final int HALF = 30;
    private static final long DAY = 86_400;

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

    /** The states of UTC days, from the first instant of one on, until an instant. */
    List<SlaComponent.Day> days(Instant from, Instant to) {
        List<SlaComponent.Day> days = new ArrayList<>();
        for (LocalDate day = LocalDate.ofInstant(from, ZoneOffset.UTC);
                day.atStartOfDay(ZoneOffset.UTC).toInstant().isBefore(to);
                day = day.plusDays(1)) {
            long begin = day.atStartOfDay(ZoneOffset.UTC).toEpochSecond();
            long end = Math.min(begin + DAY, to.getEpochSecond());
            long up = seconds(ComponentState.UP, begin, end);
            long down = seconds(ComponentState.DOWN, begin, end);
            days.add(new SlaComponent.Day(day, up, down, end - begin - up - down));
        }
        return days;
    }

    private long seconds(ComponentState state, long begin, long end) {
        Map.Entry<Long, ComponentState> before = sinceSecond.floorEntry(begin);
        ComponentState now = before == null ? ComponentState.UNKNOWN : before.getValue();
        long since = begin;
        long sum = 0;
        for (Map.Entry<Long, ComponentState> change :
                sinceSecond.subMap(begin, false, end, false).entrySet()) {
            sum += now == state ? change.getKey() - since : 0;
            since = change.getKey();
            now = change.getValue();
        }
        return sum + (now == state ? end - since : 0);
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
