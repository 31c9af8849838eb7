package dev.matrix.analytics.cost;

import dev.matrix.analytics.cost.CostRequests.Apply;
import dev.matrix.analytics.cost.CostRequests.ById;
import dev.matrix.analytics.cost.CostRequests.Dismiss;
import dev.matrix.analytics.cost.CostRequests.ListRecommendations;
import dev.matrix.core.NotFoundException;
import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.api.ApiArea;
import dev.matrix.core.api.ApiContext;
import dev.matrix.core.api.Operation;
import dev.matrix.core.api.Reply;
import java.util.List;

/** Recommendations and what becomes of them. */
record RecommendationOperations(StoredCostOptimizations costs, ApiArea area) {

    private static final String WHAT = "recommendation";

    List<Operation<?, ?>> all() {
        return List.of(
                area.reading(
                                Operation.get(
                                        "/v1/cost-recommendations",
                                        ListRecommendations.class,
                                        Reply.pageOf(Recommendation.class)),
                                "listRecommendations",
                                "Lists recommendations, oldest first.")
                        .example(
                                "one owner's open ones",
                                new ListRecommendations(
                                        CostExamples.OWNER, null, null, RecommendationStatus.OPEN, 20, null),
                                new Page<>(List.of(CostExamples.RECOMMENDATION), null))
                        .handle(this::list),
                area.reading(
                                Operation.get(
                                        "/v1/cost-recommendations/{id}", ById.class, Reply.json(Recommendation.class)),
                                "getRecommendation",
                                "Shows a recommendation as it stands.")
                        .example("one", new ById("rec_1"), CostExamples.RECOMMENDATION)
                        .handle(this::get),
                area.reading(
                                Operation.get(
                                        "/v1/cost-recommendations/{id}/savings",
                                        ById.class,
                                        Reply.json(SavingsStatement.class)),
                                "getRecommendationSavings",
                                "Shows what a recommendation promised and what it really saved.")
                        .example("after one month", new ById("rec_1"), CostExamples.SAVINGS)
                        .handle((q, context) -> costs.savings(owner(q.id(), context), q.id())),
                area.writing(
                                Operation.post(
                                        "/v1/cost-recommendations/{id}/acceptances",
                                        ById.class,
                                        Reply.json(Recommendation.class)),
                                "acceptRecommendation",
                                "Notes that somebody wants to follow a recommendation.")
                        .byOwners()
                        .example(
                                "one",
                                new ById("rec_1"),
                                CostExamples.RECOMMENDATION.in(RecommendationStatus.ACCEPTED, null))
                        .handle((q, context) -> costs.accept(
                                context.tx(),
                                owner(q.id(), context),
                                q.id(),
                                context.principal().id())),
                area.writing(
                                Operation.post(
                                        "/v1/cost-recommendations/{id}/dismissals",
                                        Dismiss.class,
                                        Reply.json(Recommendation.class)),
                                "dismissRecommendation",
                                "Notes that somebody doesn't want to follow a recommendation.")
                        .byOwners()
                        .example(
                                "too risky",
                                new Dismiss("rec_1", DismissReason.TOO_RISKY, null),
                                CostExamples.RECOMMENDATION.in(RecommendationStatus.DISMISSED, null))
                        .handle((q, context) -> costs.dismiss(
                                context.tx(),
                                owner(q.id(), context),
                                q.id(),
                                q.reason(),
                                q.until(),
                                context.principal().id())),
                area.writing(
                                Operation.post(
                                        "/v1/cost-recommendations/{id}/applications",
                                        Apply.class,
                                        Reply.json(Recommendation.class)),
                                "applyRecommendation",
                                "Notes that a recommendation was followed, so that its savings are measured.")
                        .byOwners()
                        .example(
                                "just now",
                                new Apply("rec_1", null),
                                CostExamples.RECOMMENDATION.in(RecommendationStatus.APPLIED, null))
                        .handle((q, context) -> costs.markApplied(
                                context.tx(),
                                owner(q.id(), context),
                                q.id(),
                                q.appliedAt() == null ? context.now() : q.appliedAt(),
                                context.principal().id())));
    }

    private Owner owner(String id, ApiContext context) {
        return area.owner(context, WHAT, id, tx -> costs.stores().analyses().ownerOf(tx, id));
    }

    private Page<Recommendation> list(ListRecommendations q, ApiContext context) {
        Owner owner = context.ownerFilter(q.owner()).orElse(null);
        return costs.recommendations(
                new RecommendationQuery(owner, q.type(), q.severity(), q.status()),
                new PageRequest(q.limit(), q.cursor()));
    }

    private Recommendation get(ById q, ApiContext context) {
        return costs.recommendation(owner(q.id(), context), q.id())
                .orElseThrow(() -> new NotFoundException("No " + WHAT + " " + q.id() + "."));
    }
}
