package dev.matrix.analytics.cost;

import dev.matrix.core.Matrix;
import dev.matrix.core.MatrixException;
import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.api.ApiModule;
import dev.matrix.core.spi.Tx;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells a customer what to change to pay less, how much that saves and on what evidence, and checks afterwards whether it did.
 * Every figure comes from replaying the real bill. Nothing is carried out: actions are proposals. Thread-safe.
 */
public interface CostOptimizations {

    /** Starts wiring cost optimisation into a Matrix that has not been started. */
    static CostOptimizationsBuilder on(Matrix matrix) {
        return new CostOptimizationsBuilder(matrix);
    }

    /**
     * Analyses an owner's costs, and stores and returns the result. Recommendations that it finds again keep their ids. It reads in
     * one transaction, computes in none and writes in another.
     *
     * @throws dev.matrix.core.InvalidRequestException if nothing is known of the owner's costs, or the owner has bills in several
     *     currencies and the query names none; the message lists them
     * @throws dev.matrix.core.ConflictException if another analysis of this owner is running on this node
     */
    CostAnalysis analyze(CostQuery query);

    /**
     * Analyses every owner that has facts, one after the other, on the caller's thread; one analysis per currency of its bills. An owner
     * that can't be analysed, as one whose analysis is running on this node already, is told to {@code failed}, and the next go on.
     *
     * @param sink is told of each analysis; what it throws ends the call
     * @param failed is told of each owner that was left out, and why
     * @return how many analyses were made
     */
    long analyzeAll(Profile profile, Consumer<CostAnalysis> sink, BiConsumer<Owner, MatrixException> failed);

    /** An analysis as it was returned; what became of its recommendations since tells {@link #recommendation}. */
    Optional<CostAnalysis> find(Owner owner, String analysisId);

    /** An owner's analyses, oldest first. */
    Page<CostAnalysis> page(Owner owner, PageRequest page);

    /** A recommendation as it stands. */
    Optional<Recommendation> recommendation(Owner owner, String id);

    /** Recommendations, oldest first. */
    Page<Recommendation> recommendations(RecommendationQuery query, PageRequest page);

    /**
     * Notes that somebody wants to follow a recommendation.
     *
     * @throws dev.matrix.core.NotFoundException if the owner has none of that id
     * @throws dev.matrix.core.ConflictException if it isn't open, or was changed at the same time
     */
    Recommendation accept(Owner owner, String id, String actor);

    /** As {@link #accept(Owner, String, String)}, in the caller's transaction. */
    Recommendation accept(Tx tx, Owner owner, String id, String actor);

    /**
     * Notes that somebody doesn't want to.
     *
     * @param until when it opens again; null: only when its saving doubles
     */
    Recommendation dismiss(Owner owner, String id, DismissReason reason, @Nullable Instant until, String actor);

    /** As {@link #dismiss(Owner, String, DismissReason, Instant, String)}, in the caller's transaction. */
    Recommendation dismiss(Tx tx, Owner owner, String id, DismissReason reason, @Nullable Instant until, String actor);

    /**
     * Notes that a recommendation was followed and keeps what was before, so that the savings can be measured.
     *
     * @param at when; at most 90 days past, not ahead
     */
    Recommendation markApplied(Owner owner, String id, Instant at, String actor);

    /** As {@link #markApplied(Owner, String, Instant, String)}, in the caller's transaction. */
    Recommendation markApplied(Tx tx, Owner owner, String id, Instant at, String actor);

    /**
     * What a recommendation promised and, once it is applied, really saved in each closed month. Analyses add the months.
     *
     * @throws dev.matrix.core.NotFoundException if the owner has none of that id
     */
    SavingsStatement savings(Owner owner, String recommendationId);

    /**
     * Records how busy machines were; a sample that is known is left alone.
     *
     * @param samples at most 10,000
     * @return how many are new
     * @throws dev.matrix.core.InvalidRequestException for more, or one that is over 5 minutes ahead or older than 13 days (93 if an
     *     hour long)
     */
    int record(List<ResourceSample> samples);

    /** As {@link #record(List)}, in the caller's transaction. */
    int record(Tx tx, List<ResourceSample> samples);

    /**
     * What plans would charge for given months.
     *
     * @param planIds of plans that this owner may see
     * @param months the quantities of each billing month by meter, 1 to 36 of them
     * @return a list of bills per plan, in the order asked for
     * @throws dev.matrix.core.InvalidRequestException for a plan that this owner doesn't see, which is told as one that doesn't
     *     exist, and for quantities beyond 10^18 or of more than 9 decimals
     */
    List<List<RatedBill>> quote(Owner owner, List<String> planIds, List<Map<String, BigDecimal>> months);

    /** Removes all that is kept of an owner; returns how many rows went. Figures that were published stay in the event log. */
    int erase(Owner owner);

    /** As {@link #erase(Owner)}, in the caller's transaction. */
    int erase(Tx tx, Owner owner);

    /** The operations of the HTTP API, for a dispatcher's {@code modules(…)}. */
    ApiModule api();
}
