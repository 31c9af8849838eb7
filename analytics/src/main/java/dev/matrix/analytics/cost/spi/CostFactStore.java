package dev.matrix.analytics.cost.spi;

import dev.matrix.analytics.Window;
import dev.matrix.core.Owner;
import dev.matrix.core.spi.Tx;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What events said of owners' costs: subscriptions, machines and use, one row per event. */
public interface CostFactStore {

    /**
     * A whole snapshot of a subscription or machine.
     *
     * @param kind {@code subscription} or {@code machine}
     * @param at from when on it holds
     * @param sequence orders snapshots of one instant
     */
    record FactRow(
            String eventId, Owner owner, String kind, String subject, Instant at, long sequence, String document) {}

    /**
     * One measured use.
     *
     * @param cause why it brought nothing, such as {@code failed}; null: it did
     * @param at when it began; it belongs to the billing month that holds this instant
     */
    record UsageRow(
            String eventId,
            Owner owner,
            @Nullable String subscriptionId,
            String meter,
            BigDecimal quantity,
            @Nullable String resourceId,
            @Nullable String cause,
            Instant at) {}

    /** Notes an owner that has facts, unless it is known; concurrent calls leave one row. */
    void enrol(Tx tx, Owner owner, int part);

    /** Locks the owner's row to the transaction's end; false if the owner has no facts or was erased. */
    boolean lock(Tx tx, Owner owner);

    /** Owners of one part in their order, after one of them; null: from the first on. */
    List<Owner> owners(Tx tx, int part, @Nullable Owner after, int limit);

    /** Adds snapshots; one whose event is known changes nothing. */
    void addFacts(Tx tx, List<FactRow> rows);

    /** All snapshots of an owner, by kind, subject, instant, sequence and event. */
    List<FactRow> facts(Tx tx, Owner owner);

    /** Adds use; a row whose event is known changes nothing. */
    void addUsage(Tx tx, List<UsageRow> rows);

    /** The use that began in a window, by instant and event. */
    void usage(Tx tx, Owner owner, Window window, Consumer<UsageRow> sink);

    /** When the first known use of an owner began. */
    Optional<Instant> firstUsage(Tx tx, Owner owner);

    /** Removes the owner with all of its facts; returns how many rows went. */
    int erase(Tx tx, Owner owner);
}
