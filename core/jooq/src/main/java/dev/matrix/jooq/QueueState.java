package dev.matrix.jooq;

import static org.jooq.impl.DSL.inline;

import org.jooq.Param;

/** The column {@code state}; inlined, as a partial index serves only what names its condition. */
final class QueueState {

    static final Param<Short> OPEN = inline((short) 0);
    static final Param<Short> FAILED = inline((short) 1);
    static final Param<Short> SKIPPED = inline((short) 2);

    private QueueState() {}
}
