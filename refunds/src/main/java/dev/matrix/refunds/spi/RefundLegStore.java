package dev.matrix.refunds.spi;

import dev.matrix.core.Owner;
import dev.matrix.core.spi.Tx;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Legs of refunds: each is one transfer by one provider. Claims raise the fence; a write with an older fence changes nothing. */
public interface RefundLegStore {

    /**
     * A leg.
     *
     * @param status in lower snake case
     * @param nextAt when something is due; null: nothing is. While a lease runs, its end
     * @param fence how often it was claimed
     * @param serial whether its capture takes one call at a time
     * @param document the rest as JSON
     */
    record LegRow(
            String id,
            String refundId,
            String paymentId,
            Owner owner,
            String captureId,
            String provider,
            String currency,
            BigDecimal amount,
            BigDecimal tax,
            String status,
            @Nullable String providerRef,
            @Nullable Instant nextAt,
            @Nullable Instant leaseUntil,
            long fence,
            boolean serial,
            String document) {

        /** This leg as it becomes. */
        public LegRow after(LegChange change) {
            return new LegRow(
                    id,
                    refundId,
                    paymentId,
                    owner,
                    captureId,
                    provider,
                    currency,
                    amount,
                    tax,
                    change.status(),
                    change.providerRef(),
                    change.nextAt(),
                    change.leaseUntil(),
                    fence,
                    serial,
                    change.document());
        }

        /** This leg as it is, due at another time; its lease stays. */
        public LegChange dueAt(@Nullable Instant at) {
            return new LegChange(id, status, providerRef, at, leaseUntil, document);
        }
    }

    /** What a leg becomes; a null {@code leaseUntil} ends its lease. */
    record LegChange(
            String id,
            String status,
            @Nullable String providerRef,
            @Nullable Instant nextAt,
            @Nullable Instant leaseUntil,
            String document) {}

    /** At most how many legs of a provider a claim takes. */
    record ProviderShare(String provider, int limit) {}

    /** The states that a claim takes legs in; legs in others, such as those of a newer version, are left alone. */
    List<String> CLAIMABLE = List.of("queued", "submitting", "unknown", "pending", "requires_action", "succeeded");

    /** Adds legs. */
    void insert(Tx tx, List<LegRow> legs);

    /** Reads a leg. */
    Optional<LegRow> find(Tx tx, String id);

    /** A refund's legs in id order. */
    List<LegRow> ofRefund(Tx tx, String refundId);

    /** A payment's legs in id order. */
    List<LegRow> ofPayment(Tx tx, String paymentId);

    /** The leg that a provider's reference belongs to. */
    Optional<String> byProviderRef(Tx tx, String provider, String providerRef);

    /**
     * Claims due legs, those first that have been due longest: raises the fence by 1 and leases them to {@code now + lease}.
     * Of each provider it takes at most its share, of one owner at most half of it while others are due (rounded up), and of
     * a capture that takes one call at a time one leg at most and none while another of its legs is leased. Legs that another
     * transaction has locked are passed over, and those that aren't in a {@linkplain #CLAIMABLE claimable} state.
     */
    List<LegRow> claimDue(Tx tx, Instant now, List<ProviderShare> shares, Duration lease);

    /** Claims one leg, due or not; empty where a lease runs or there is no such leg. */
    Optional<LegRow> claim(Tx tx, String id, Instant now, Duration lease);

    /** Writes a leg if its fence is still this one; else nothing changes and it returns false. */
    boolean settle(Tx tx, LegChange change, long fence);

    /** Legs of providers beside these that have been due since before then and hold no lease; at most {@code limit}. */
    List<LegRow> neglected(Tx tx, Collection<String> providers, Instant before, int limit);
}
