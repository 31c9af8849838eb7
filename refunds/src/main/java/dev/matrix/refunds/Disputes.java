package dev.matrix.refunds;

import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.money.Money;
import dev.matrix.core.spi.Tx;
import dev.matrix.refunds.spi.DisputeFacts;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Disputes: payments that customers contest at their bank. Thread-safe. Notifications open them and tell of changes; open ones are
 * fetched daily. What a dispute holds back can't be refunded.
 */
public interface Disputes {

    /** A dispute. */
    Optional<Dispute> find(String disputeId);

    /** As {@link #find(String)}, in the caller's transaction. */
    Optional<Dispute> find(Tx tx, String disputeId);

    /** Disputes in the order of their recording. */
    Page<Dispute> page(DisputeQuery query, PageRequest page);

    /**
     * Records a dispute, or what is new of it, where the provider can't be asked. A later stage counts always, within a stage only a
     * later status, and an end can be replaced.
     *
     * @throws dev.matrix.core.NotFoundException when there is no such payment
     * @throws dev.matrix.core.ConflictException when the dispute belongs to another payment
     */
    Dispute record(String paymentId, DisputeFacts facts);

    /** As {@link #record(String, DisputeFacts)}, in the caller's transaction. */
    Dispute record(Tx tx, String paymentId, DisputeFacts facts);

    /**
     * Keeps evidence as a draft, in place of the one before.
     *
     * @throws dev.matrix.core.ConflictException when the dispute takes no answer, or not any more
     */
    Dispute saveEvidence(String disputeId, Evidence evidence, String actor);

    /** As {@link #saveEvidence(String, Evidence, String)}, in the caller's transaction. */
    Dispute saveEvidence(Tx tx, String disputeId, Evidence evidence, String actor);

    /** The evidence of a dispute, draft or submitted; empty: there is none. Not within a transaction. */
    Optional<Evidence> evidence(String disputeId);

    /** Fetches a dispute from its provider now, in this thread. Not within a transaction. */
    Dispute advance(String disputeId);

    /** Submits the draft. Not within a transaction. */
    DisputeOutcome submit(String disputeId, String actor);

    /** Accepts the dispute: the customer keeps the money. It makes no refund. Not within a transaction. */
    DisputeOutcome accept(String disputeId, String actor);

    /** Offers the customer a part. Not within a transaction. */
    DisputeOutcome offer(String disputeId, Money amount, String actor, @Nullable String note);
}
