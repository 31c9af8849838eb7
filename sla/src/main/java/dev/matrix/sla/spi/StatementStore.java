package dev.matrix.sla.spi;

import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Tx;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Breaches and statements. */
public interface StatementStore {

    /**
     * A breach of one objective in one segment.
     *
     * @param segment its first minute since 1970
     * @param json what was published
     */
    record BreachRow(
            String subscription, long segment, String objective, String period, boolean withdrawn, String json) {}

    /**
     * A version of a statement.
     *
     * @param cause what made it; unique in its period
     * @param json the statement without its report
     * @param report the report's bytes
     */
    record StatementRow(
            String subscription,
            String period,
            int version,
            String id,
            String cause,
            Owner owner,
            String json,
            byte[] report) {}

    /** Adds a breach unless its objective has one in that segment; then returns false. Concurrent callers: one adds it. */
    boolean breach(Tx tx, BreachRow row);

    /** Withdraws a breach; false if it isn't there or was withdrawn. */
    boolean withdraw(Tx tx, String subscription, long segment, String objective);

    /** A subscription's breaches in segments that begin at a minute or later, in order. */
    List<BreachRow> breaches(Tx tx, String subscription, long fromSegment);

    /** Adds a version unless its number or its cause is there; then returns false. Concurrent callers: one adds it. */
    boolean insert(Tx tx, StatementRow row);

    /** A version; null: the newest one. */
    Optional<StatementRow> find(Tx tx, String subscription, String period, @Nullable Integer version);

    /** Statements in the order of ids; null: of all owners, of all subscriptions. */
    Page<StatementRow> page(Tx tx, @Nullable Owner owner, @Nullable String subscription, PageRequest page);

    /** Replaces an owner in all rows; what was stated stays. */
    int rename(Tx tx, Owner owner, Owner pseudonym);
}
