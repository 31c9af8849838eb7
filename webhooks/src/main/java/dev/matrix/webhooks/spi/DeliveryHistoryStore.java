package dev.matrix.webhooks.spi;

import dev.matrix.core.Owner;
import dev.matrix.core.spi.Tx;
import dev.matrix.webhooks.AttemptError;
import dev.matrix.webhooks.DeliveryState;
import dev.matrix.webhooks.Trigger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Deliveries and attempts of the past: counted, cleared of what receivers sent, and deleted in the end. */
public interface DeliveryHistoryStore {

    /**
     * Deliveries that have state and last error in common.
     *
     * @param requests sent for all of them
     * @param oldestAt when the oldest was created
     */
    record Group(
            DeliveryState state, @Nullable AttemptError lastError, long deliveries, long requests, Instant oldestAt) {}

    /**
     * What a step of a purge did.
     *
     * @param deleted how many rows it deleted
     * @param open those as old that are still open
     * @param last where to go on; null: the rest is too young
     */
    record Purged(int deleted, List<Kept> open, @Nullable String last) {}

    /** An open delivery that a purge came by. */
    record Kept(String id, String endpointId, String eventId, Trigger trigger) {}

    /** An endpoint's deliveries created in [since, until), by state and last error; in no order. */
    List<Group> count(Tx tx, String endpointId, Instant since, Instant until);

    /** How many deliveries are in each state that any is in, whoever's. Reads all of them: for metrics, seldom. */
    Map<DeliveryState, Long> states(Tx tx);

    /**
     * How long requests took, in microseconds: of the newest {@code deliveries} created in [since, until), the last
     * {@code requests} of each. A throttled one may have had tens of thousands.
     */
    List<Integer> micros(Tx tx, String endpointId, Instant since, Instant until, int deliveries, int requests);

    /** How many deliveries to an endpoint are EXHAUSTED since an instant. */
    int exhausted(Tx tx, String endpointId, Instant since);

    /**
     * Looks at the {@code limit} deliveries with the lowest ids after {@code after}, which are the oldest, and deletes the
     * finished ones among those created before an instant, with their attempts. Open ones stay, however old.
     */
    Purged purge(Tx tx, @Nullable String after, Instant before, int limit);

    /**
     * Empties headers and body of every reply to an owner's deliveries, to endpoints that it has deleted too, keeping the
     * rows; returns how many. Reads all deliveries of the owner's, so it is for erasure alone.
     */
    int eraseReplies(Tx tx, Owner owner);
}
