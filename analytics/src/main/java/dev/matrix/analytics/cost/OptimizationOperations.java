package dev.matrix.analytics.cost;

import dev.matrix.analytics.Window;
import dev.matrix.analytics.cost.CostRequests.ById;
import dev.matrix.analytics.cost.CostRequests.CreateOptimization;
import dev.matrix.analytics.cost.CostRequests.CreateQuote;
import dev.matrix.analytics.cost.CostRequests.ListOptimizations;
import dev.matrix.analytics.cost.CostRequests.MonthRequest;
import dev.matrix.analytics.cost.CostViews.CostQuoteView;
import dev.matrix.analytics.cost.CostViews.PlanQuote;
import dev.matrix.core.NotFoundException;
import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.api.ApiArea;
import dev.matrix.core.api.ApiContent;
import dev.matrix.core.api.ApiContext;
import dev.matrix.core.api.KeyMode;
import dev.matrix.core.api.Operation;
import dev.matrix.core.api.Reply;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** Analyses and quotes. */
record OptimizationOperations(StoredCostOptimizations costs, ApiArea area) {

    private static final String CSV = "text/csv";
    private static final String WHAT = "analysis";

    List<Operation<?, ?>> all() {
        return List.of(
                area.writing(
                                Operation.post(
                                        "/v1/cost-optimizations",
                                        CreateOptimization.class,
                                        Reply.json(CostAnalysis.class)),
                                "createCostOptimization",
                                "Analyses an owner's costs and says what to change to pay less.")
                        .key(KeyMode.UNUSED)
                        .rate("heavy")
                        .byOwners()
                        .example("all advice", CostExamples.CREATE, CostExamples.ANALYSIS)
                        .handle(this::create),
                area.reading(
                                Operation.get(
                                        "/v1/cost-optimizations",
                                        ListOptimizations.class,
                                        Reply.pageOf(CostAnalysis.class)),
                                "listCostOptimizations",
                                "Lists an owner's analyses, oldest first.")
                        .example(
                                "one owner's",
                                new ListOptimizations(CostExamples.OWNER, 20, null),
                                new Page<>(List.of(CostExamples.ANALYSIS), null))
                        .handle(this::list),
                area.reading(
                                Operation.get(
                                        "/v1/cost-optimizations/{id}", ById.class, Reply.json(CostAnalysis.class)),
                                "getCostOptimization",
                                "Shows an analysis as it was returned.")
                        .example("one", new ById("coa_1"), CostExamples.ANALYSIS)
                        .handle(this::get),
                area.reading(
                                Operation.get("/v1/cost-optimizations/{id}.csv", ById.class, Reply.media(CSV)),
                                "getCostOptimizationCsv",
                                "Shows an analysis's recommendations as a table.")
                        .example("one", new ById("coa_1"), null)
                        .handle(this::csv),
                area.reading(
                                Operation.post("/v1/cost-quotes", CreateQuote.class, Reply.json(CostQuoteView.class)),
                                "quoteCosts",
                                "Says what plans would charge for months of use, line by line.")
                        .key(KeyMode.UNUSED)
                        .byOwners()
                        .example("two plans", CostExamples.QUOTE, CostExamples.QUOTED)
                        .handle(this::quote));
    }

    private CostAnalysis create(CreateOptimization q, ApiContext context) {
        Owner owner = context.owner(q.owner());
        Set<RecommendationType> types = q.types() == null ? Set.of(RecommendationType.values()) : Set.copyOf(q.types());
        Window window = q.window() == null
                ? null
                : new Window(q.window().from(), q.window().to());
        CostAnalysis made = costs.analyze(new CostQuery(owner, window, types, q.profile(), q.currency()));
        context.header("Location", "/v1/cost-optimizations/" + made.id());
        return made;
    }

    private Page<CostAnalysis> list(ListOptimizations q, ApiContext context) {
        return costs.page(context.owner(q.owner()), new PageRequest(q.limit(), q.cursor()));
    }

    private CostAnalysis get(ById q, ApiContext context) {
        Owner owner = area.owner(
                context, WHAT, q.id(), tx -> costs.stores().analyses().ownerOf(tx, q.id()));
        return costs.find(owner, q.id()).orElseThrow(() -> new NotFoundException("No " + WHAT + " " + q.id() + "."));
    }

    private ApiContent csv(ById q, ApiContext context) {
        return ApiContent.of(CSV, CostCsv.of(get(q, context)).getBytes(StandardCharsets.UTF_8));
    }

    private CostQuoteView quote(CreateQuote q, ApiContext context) {
        List<List<RatedBill>> quotes = costs.quote(
                context.owner(q.owner()),
                q.planIds(),
                q.months().stream().map(MonthRequest::quantities).toList());
        return new CostQuoteView(quotes.stream().map(PlanQuote::of).toList());
    }
}
