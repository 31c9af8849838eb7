package dev.matrix.refunds;

import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.api.ApiModule;
import dev.matrix.core.spi.Tx;
import dev.matrix.refunds.spi.ProviderCapabilities;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Refunds of captured payments, by providers that you plug in. Thread-safe. It never refunds more than was captured, and
 * never sends a refund again under another key while its outcome isn't known.
 */
public interface Refunds {

    /** Starts wiring refunds into a Matrix that has not been started. */
    static RefundsBuilder on(Matrix matrix) {
        return new RefundsBuilder(matrix);
    }

    /**
     * Decides about a refund and commits; a step makes the provider's call. The same key and request again give the same
     * refund, whatever has become of it.
     *
     * @throws dev.matrix.core.NotFoundException when there is no such payment
     * @throws dev.matrix.core.InvalidRequestException for a request that can't be meant; nothing is written
     */
    RefundOutcome refund(RefundRequest request);

    /** As {@link #refund(RefundRequest)}, in the caller's transaction. */
    RefundOutcome refund(Tx tx, RefundRequest request);

    /** Refunds all that is left. Each call has a key of its own: what is reserved already protects against a repetition. */
    RefundOutcome refundRemaining(String paymentId, RefundReason reason);

    /** As {@link #refundRemaining(String, RefundReason)}, in the caller's transaction. */
    RefundOutcome refundRemaining(Tx tx, String paymentId, RefundReason reason);

    /** Refunds the unused part of a period, less what was prorated before; the same arguments again give the same refund. */
    RefundOutcome prorate(String paymentId, Proration proration, RefundReason reason);

    /** As {@link #prorate(String, Proration, RefundReason)}, in the caller's transaction. */
    RefundOutcome prorate(Tx tx, String paymentId, Proration proration, RefundReason reason);

    /** Works out the same figures by the same checks, and reserves nothing. */
    RefundQuote quote(RefundRequest request);

    /**
     * Does what a refund has to do now, in this thread: sends what is queued, looks up what is open. Legs that a node is
     * working on are left alone.
     *
     * @throws dev.matrix.core.NotFoundException when there is no such refund
     */
    Refund advance(String refundId);

    /**
     * Lets a refund that waits for approval go on; again by the same person, it changes nothing.
     *
     * @throws dev.matrix.core.ConflictException when it doesn't wait for approval, its approval expired, or the same person
     *     asked for it
     */
    Refund approve(String refundId, String actor);

    /** As {@link #approve(String, String)}, in the caller's transaction. */
    Refund approve(Tx tx, String refundId, String actor);

    /**
     * Refuses a refund that waits for approval, and frees its amount; again by the same person, it changes nothing.
     *
     * @throws dev.matrix.core.ConflictException when it doesn't wait for approval
     */
    Refund reject(String refundId, String actor, @Nullable String note);

    /** As {@link #reject(String, String, String)}, in the caller's transaction. */
    Refund reject(Tx tx, String refundId, String actor, @Nullable String note);

    /** Cancels a refund of which nothing was sent, or asks its provider to, where that can cancel. */
    CancelOutcome cancel(String refundId, String actor);

    /** As {@link #cancel(String, String)}, in the caller's transaction. */
    CancelOutcome cancel(Tx tx, String refundId, String actor);

    /**
     * Records what a person found out about a leg that needs attention or waits for a person.
     *
     * @throws dev.matrix.core.ConflictException when the leg needs nobody, or a node is working on it
     */
    Refund resolve(String legId, LegResolution how, String actor, @Nullable String note);

    /** As {@link #resolve(String, LegResolution, String, String)}, in the caller's transaction. */
    Refund resolve(Tx tx, String legId, LegResolution how, String actor, @Nullable String note);

    /** A refund. */
    Optional<Refund> find(String refundId);

    /** As {@link #find(String)}, in the caller's transaction. */
    Optional<Refund> find(Tx tx, String refundId);

    /** Refunds in the order of their making. */
    Page<Refund> page(RefundQuery query, PageRequest page);

    /** What happened to a refund, oldest first. */
    List<RefundHistoryEntry> history(String refundId);

    /**
     * Takes in a provider's notification: what it names is looked up by a step. Not within a transaction, as verifying it may reach
     * the provider.
     *
     * @throws dev.matrix.core.NotFoundException when this node has no such provider
     */
    NotificationReceipt receive(String provider, InboundNotification notification);

    /** The payments that can be refunded. */
    RefundablePayments payments();

    /** Disputes of payments. */
    Disputes disputes();

    /** Customers' credit balances, which refunds via {@code account_credit} fill. */
    AccountCredits credits();

    /** The ledger. */
    RefundLedger ledger();

    /** The providers registered on this node, by name. */
    Map<String, ProviderCapabilities> providers();

    /** How many refunds each status has; one that is being sent counts under the status before. For metrics. */
    Map<RefundStatus, Long> refundsByStatus();

    /**
     * Empties an owner's destinations, evidence, notes and metadata; figures and references stay.
     *
     * @return how many refunds had something to empty
     * @throws dev.matrix.core.ConflictException when a refund under way still needs its destination
     */
    int erase(Tx tx, Owner owner);

    /** The operations of the HTTP API, for a dispatcher's {@code modules(…)}. */
    ApiModule api();
}
