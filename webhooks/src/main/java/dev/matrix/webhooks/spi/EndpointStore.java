package dev.matrix.webhooks.spi;

import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Tx;
import dev.matrix.webhooks.EndpointStatus;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Endpoints, their keys, and one routing version per owner, which every insert, replacement and deletion raises in its
 * transaction: {@link DeliveryStore#route} checks it, so that no publisher routes by what has changed.
 */
public interface EndpointStore {

    /**
     * An endpoint with the keys that have not expired, newest first: those that nothing has replaced, then the last to expire;
     * by id alone where that leaves it open, as ids are of the clocks of the nodes that made them.
     */
    record Loaded(EndpointRow row, List<EndpointKeyRow> keys) {}

    /** The routes of these owners, each with its version; one statement's view, so version and endpoints fit. */
    List<OwnerRoutes> routes(Tx tx, Collection<Owner> owners);

    /** Adds an endpoint with its keys and its lease, free, and raises the owner's routing version. */
    void insert(Tx tx, EndpointRow row, List<EndpointKeyRow> keys);

    /**
     * Replaces the row if its version is {@code row.version() - 1}, raising the routing version; else returns false. Its health
     * stays as it is stored: that changes without a new version, and must not become again what it was as the row was read.
     */
    boolean replaceIfVersion(Tx tx, EndpointRow row);

    /**
     * Deletes an endpoint and its keys, raising the routing version; false if the owner has no such endpoint. Its lease
     * stays, as deliveries may still be open.
     */
    boolean delete(Tx tx, Owner owner, String id);

    /**
     * Adds a key; the endpoint's older ones of its kind end at {@code olderExpireAt} if they don't end sooner. Its keys of any
     * kind that have expired by {@code now} are deleted.
     */
    void addKey(Tx tx, EndpointKeyRow key, Instant olderExpireAt, Instant now);

    /** The owner's endpoint. */
    Optional<Loaded> find(Tx tx, Owner owner, String id, Instant now);

    /** These endpoints, whoever's; unknown ids are left out. */
    List<Loaded> load(Tx tx, Collection<String> ids, Instant now);

    /** An owner's endpoints in id order. The cursor is the last id. */
    Page<Loaded> page(Tx tx, Owner owner, @Nullable EndpointStatus status, PageRequest page, Instant now);

    /** How many endpoints the owner has. */
    int count(Tx tx, Owner owner);

    /** Notes successes and failures of these endpoints: neither version nor routing version changes. */
    void noteHealth(Tx tx, Collection<Health> health);

    /** An endpoint's latest health: since when it has failed without a success, and how often. */
    record Health(String endpointId, @Nullable Instant failingSince, int failures) {}
}
