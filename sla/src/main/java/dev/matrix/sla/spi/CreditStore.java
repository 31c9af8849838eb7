package dev.matrix.sla.spi;

import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Credits; one is never deleted. */
public interface CreditStore {

    /**
     * A credit.
     *
     * @param key unique: its subscription, period, number and, where there are several, currency
     * @param state the constant's name
     * @param periodStart of its period
     * @param json all of it
     */
    record CreditRow(
            String id,
            String key,
            String subscription,
            Owner owner,
            long version,
            String state,
            Instant periodStart,
            String json) {}

    /** Adds a credit unless its key is taken; then returns false. Concurrent callers: one adds it. */
    boolean insert(Tx tx, CreditRow row);

    /** Changes the row only if id and {@code version - 1} both match; else returns false. */
    boolean replaceIfVersion(Tx tx, CreditRow row);

    Optional<CreditRow> find(Tx tx, String id);

    /** A subscription's credits of periods that begin at an instant or later, in the order of ids. */
    List<CreditRow> of(Tx tx, String subscription, Instant from);

    /** Credits in the order of ids; null: of all owners, subscriptions, states. */
    Page<CreditRow> page(
            Tx tx, @Nullable Owner owner, @Nullable String subscription, @Nullable String state, PageRequest page);

    /** Replaces an owner in all rows. */
    int rename(Tx tx, Owner owner, Owner pseudonym);
}
