package dev.matrix.webhooks.spi;

import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Tx;
import dev.matrix.webhooks.Attempt;
import dev.matrix.webhooks.DeliveryQuery;
import dev.matrix.webhooks.EndReason;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Deliveries and the log of their attempts. No method waits for rows that another node works on: rows are not claimed
 * but sent by the node that leases their endpoint, and every result is checked against that lease.
 */
public interface DeliveryStore {

    /**
     * Inserts the rows of every owner whose routing version is still the given one, those of the others not at all. The
     * check and the insert are one statement, so a registration that committed before it is never missed, and publishers
     * lock and write nothing that they share. A row whose (endpoint, event) exists is left out.
     *
     * @param routingVersions every owner whose routes were consulted, those without a matching endpoint too; an owner that
     *     isn't named is not checked
     * @return what was not inserted; the routes of owners who are stale have to be read again, and their events routed again
     */
    Routed route(Tx tx, List<NewDelivery> rows, Map<Owner, Long> routingVersions);

    /**
     * Endpoints that have QUEUED rows, in id order after {@code after} (null: from the first), without those of {@code watched}:
     * their rows come and go all the time, and are not to be read for this.
     */
    List<String> freshEndpoints(Tx tx, @Nullable String after, Set<String> watched, int limit);

    /**
     * Due rows that the caller doesn't hold already, at most each share's limit: RETRYING ones by due time and QUEUED ones by id, in turn as
     * {@link EndpointShare#inTurn} has them. Locks nothing. So that a read stays cheap however long a subject's backlog is, a store
     * may leave rows in order out for now that stand behind hundreds of waiting ones, if repeated calls come to each of them.
     */
    List<DeliveryRow> due(Tx tx, List<EndpointShare> shares, Instant now);

    /** Those of these endpoints that have RETRYING rows, due or not. */
    Set<String> retrying(Tx tx, Collection<String> endpointIds);

    /**
     * Logs attempts and moves their deliveries, each if it is open, of the attempt's version, with fewer requests than the
     * result counts, and its endpoint's lease still has the attempt's token; otherwise the attempt is logged as late and the delivery stays. So whatever a node
     * learns after its lease has passed on or was released changes no delivery. No lease passes on between the check and
     * the commit.
     *
     * <p>An attempt that is logged already stays as it is, and moves nothing again, so a call whose commit is in doubt may
     * be repeated.
     *
     * @return the ids of the deliveries that moved
     */
    Set<String> complete(Tx tx, List<AttemptResult> results);

    /**
     * Makes deliveries of an endpoint QUEUED, as a person asks: open ones as they are, finished ones (except EXPIRED) from the start,
     * version + 1, no attempts counted, and triggered MANUALly, unless they are tests. Returns the ids changed.
     */
    Set<String> requeue(Tx tx, String endpointId, List<String> ids);

    /**
     * Ends at most {@code limit} open deliveries of an endpoint without a further attempt, in the state that the reason
     * leads to; returns how many.
     *
     * @param deliveryId this one alone, waiting for it if another transaction has it locked; null: any, passing over those
     */
    int endOpen(Tx tx, String endpointId, @Nullable String deliveryId, EndReason reason, Instant now, int limit);

    /** A delivery, whoever's. */
    Optional<DeliveryRow> find(Tx tx, String id);

    /** An owner's deliveries by creation time, then id. The cursor is a {@link DeliveryCursor}. */
    Page<DeliveryRow> page(Tx tx, Owner owner, DeliveryQuery query, PageRequest page);

    /** Attempts of a delivery in id order, the oldest first. The cursor is the last id. */
    Page<Attempt> attempts(Tx tx, String deliveryId, PageRequest page);

    /**
     * Deletes attempts begun before an instant, looking at the {@code limit} with the lowest ids, which are the oldest;
     * returns how many.
     */
    int purge(Tx tx, Instant before, int limit);
}
