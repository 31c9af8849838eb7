package dev.matrix.refunds.spi;

import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Tx;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Refunds, each under its idempotency key, with their history. */
public interface RefundStore {

    /** The events in a history whose detail is what a person wrote. */
    List<String> WRITTEN_BY_PEOPLE = List.of("rejected", "resolved");

    /**
     * A refund.
     *
     * @param keySpace whose keys they are: {@code host}, {@code self}, {@code matrix}, or {@code outside} for refunds that were made
     *     at the provider
     * @param fingerprint of what was asked for
     * @param status in lower snake case; while a leg is being sent it shows the status before
     * @param dueAt when it starts, or its approval expires; null: neither
     * @param document the rest as JSON
     */
    record RefundRow(
            String id,
            Owner owner,
            String keySpace,
            String key,
            byte[] fingerprint,
            String paymentId,
            String currency,
            BigDecimal amount,
            BigDecimal tax,
            String reason,
            String status,
            String attention,
            @Nullable Instant dueAt,
            Instant createdAt,
            String document,
            long version) {

        /** This refund changed; the version is one more. */
        public RefundRow changed(String newStatus, String flags, @Nullable Instant due, String json) {
            return new RefundRow(
                    id,
                    owner,
                    keySpace,
                    key,
                    fingerprint,
                    paymentId,
                    currency,
                    amount,
                    tax,
                    reason,
                    newStatus,
                    flags,
                    due,
                    createdAt,
                    json,
                    version + 1);
        }
    }

    /** Something that happened to a refund; {@code seq} counts from 1 within it. */
    record HistoryRow(
            String refundId,
            int seq,
            Instant at,
            String event,
            @Nullable String legId,
            @Nullable String actor,
            @Nullable String detail) {}

    /** Which refunds are wanted; null parts don't count. {@code attention}: the name of one. */
    record Filter(
            @Nullable Owner owner,
            @Nullable String paymentId,
            @Nullable String status,
            @Nullable String reason,
            @Nullable String attention,
            @Nullable Instant from,
            @Nullable Instant to) {}

    /**
     * Adds a refund; false, and nothing changes, where its owner has used the key in that space. Waits for another
     * transaction that adds the same key.
     */
    boolean insert(Tx tx, RefundRow row);

    /** The refund of a key. */
    Optional<RefundRow> byKey(Tx tx, Owner owner, String keySpace, String key);

    /** Reads a refund. */
    Optional<RefundRow> find(Tx tx, String id);

    /** Replaces status, attention, dueAt and document; false unless the stored version is one less. */
    boolean replaceIfVersion(Tx tx, RefundRow row);

    /** Refunds in id order, which is that of their making. */
    Page<RefundRow> page(Tx tx, Filter filter, PageRequest page);

    /** Ids of refunds whose {@code dueAt} has come, earliest first. */
    List<String> due(Tx tx, Instant now, int limit);

    /** How many refunds each status has. */
    Map<String, Long> countByStatus(Tx tx);

    /** Appends to a refund's history under the next number; the caller holds the payment's lock. */
    void addHistory(Tx tx, HistoryRow row);

    /** A refund's history, oldest first. */
    List<HistoryRow> history(Tx tx, String refundId);

    /** Empties what people wrote in the history of an owner's refunds. */
    void eraseHistory(Tx tx, Owner owner);
}
