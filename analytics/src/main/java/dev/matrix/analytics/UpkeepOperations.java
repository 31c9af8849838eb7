package dev.matrix.analytics;

import dev.matrix.analytics.AnalyticsRequests.Nothing;
import dev.matrix.analytics.AnalyticsRequests.Span;
import dev.matrix.analytics.AnalyticsViews.FreshnessView;
import dev.matrix.analytics.AnalyticsViews.RebuildView;
import dev.matrix.analytics.AnalyticsViews.VerificationView;
import dev.matrix.core.api.ApiArea;
import dev.matrix.core.api.ApiContext;
import dev.matrix.core.api.KeyMode;
import dev.matrix.core.api.Operation;
import dev.matrix.core.api.Reply;
import java.util.List;

/** Operations that look after the rollups; for operators. */
record UpkeepOperations(ApiArea area, StoredAnalytics analytics) {

    private static final String ADMIN = "analytics:admin";

    List<Operation<?, ?>> all() {
        return List.of(
                area.reading(
                                Operation.get(
                                        "/v1/analytics/freshness", Nothing.class, Reply.json(FreshnessView.class)),
                                "getAnalyticsFreshness",
                                "Tells how far analytics has come in the event log.")
                        .scope(ADMIN)
                        .byOperators()
                        .example("one event waits", new Nothing(), AnalyticsExamples.FRESHNESS)
                        .handle((q, context) ->
                                FreshnessView.of(analytics.admin().freshness())),
                area.writing(
                                Operation.post("/v1/analytics/rebuilds", Span.class, Reply.json(RebuildView.class)),
                                "rebuildAnalytics",
                                "Makes the rollups of a span of time again.")
                        .scope(ADMIN)
                        .byOperators()
                        .example("a quarter", AnalyticsExamples.SPAN, AnalyticsExamples.REBUILT)
                        .handle(this::rebuild),
                area.reading(
                                Operation.post(
                                        "/v1/analytics/verifications", Span.class, Reply.json(VerificationView.class)),
                                "verifyAnalytics",
                                "Compares the rollups of a span of time with a fresh computation.")
                        .scope(ADMIN)
                        .key(KeyMode.UNUSED)
                        .rate("heavy")
                        .byOperators()
                        .example("a quarter", AnalyticsExamples.SPAN, AnalyticsExamples.VERIFIED)
                        .handle((q, context) ->
                                VerificationView.of(analytics.admin().verify(new Window(q.from(), q.to())))));
    }

    private RebuildView rebuild(Span q, ApiContext context) {
        RebuildResult result = analytics.admin().rebuild(context.tx(), new Window(q.from(), q.to()));
        return new RebuildView(result.customers(), result.cells());
    }
}
