package dev.matrix.sla.spi;

import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Tx;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Alerts: at most one is open per subscription and objective. */
public interface AlertStore {

    /**
     * An alert.
     *
     * @param openKey its subscription and objective while it is open; null once it is resolved
     * @param json all of it
     */
    record AlertRow(
            String id,
            String subscription,
            Owner owner,
            long version,
            @Nullable String openKey,
            String json) {}

    /** Adds an open alert unless one is open under its key; then returns false. Concurrent callers: one adds it. */
    boolean insert(Tx tx, AlertRow row);

    /** Changes the row only if id and {@code version - 1} both match; else returns false. */
    boolean replaceIfVersion(Tx tx, AlertRow row);

    Optional<AlertRow> find(Tx tx, String id);

    /** The open alerts of a subscription. */
    List<AlertRow> open(Tx tx, String subscription);

    /** Alerts in the order of ids; null: of all owners, of all subscriptions. */
    Page<AlertRow> page(
            Tx tx, @Nullable Owner owner, @Nullable String subscription, boolean openOnly, PageRequest page);

    /** Replaces an owner in all rows. */
    int rename(Tx tx, Owner owner, Owner pseudonym);
}
