package dev.matrix.security.spi;

/**
 * Hears of alarms, for instance to page somebody. Called one alarm at a time, outside transactions, on each node that raises one;
 * a throw is logged. It may block for a while: up to 1,000 alarms wait meanwhile. The same alarm is raised again an hour later
 * at the earliest.
 */
@FunctionalInterface
public interface AlarmListener {

    /** An alarm was raised. */
    void raised(SecurityAlarm alarm);
}
