package dev.matrix.core.money;

import dev.matrix.core.event.EventLog;

/** Planted: a package of the kernel that reaches up. */
public interface ReachesUp {

    EventLog events();
}
