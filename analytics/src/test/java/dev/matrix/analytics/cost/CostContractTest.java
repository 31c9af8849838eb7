package dev.matrix.analytics.cost;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.api.ApiModule;
import dev.matrix.core.spi.Stores;
import dev.matrix.testkit.ApiModuleContract;
import dev.matrix.testkit.ManualClock;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The operations of cost optimisation keep the contract of modules. */
class CostContractTest implements ApiModuleContract {

    private @Nullable CostNode node;

    @Override
    public Matrix matrix(Stores stores) {
        CostNode made = new CostNode(stores, ManualClock.at("2026-04-15T12:00:00Z"), "one", UnaryOperator.identity());
        node = made;
        return made.matrix;
    }

    @Override
    public ApiModule module(Matrix matrix) {
        return requireNonNull(node).costs.api();
    }

    @Override
    public Set<String> writableByOwners() {
        return Set.of(
                "createCostOptimization",
                "quoteCosts",
                "acceptRecommendation",
                "dismissRecommendation",
                "applyRecommendation",
                "recordResourceSamples");
    }

    @Override
    public Map<String, String> existing(Matrix matrix, Owner owner) {
        CostNode own = requireNonNull(node);
        for (int i = 1; i <= 4; i++) {
            own.subscribes(owner, "sub_" + i, CostNode.ENTERPRISE, "2026-01-01")
                    .uses(owner, "sub_" + i, "2026-01-01", "5");
        }
        CostAnalysis analysis = own.drive().costs.analyze(CostQuery.of(owner));
        Map<String, String> rows = new HashMap<>();
        rows.put("getCostOptimization", "/v1/cost-optimizations/" + analysis.id());
        rows.put("getCostOptimizationCsv", "/v1/cost-optimizations/" + analysis.id() + ".csv");
        String base = "/v1/cost-recommendations/";
        rows.put("getRecommendation", base + analysis.recommendations().get(0).id());
        rows.put(
                "getRecommendationSavings",
                base + analysis.recommendations().get(0).id() + "/savings");
        rows.put(
                "acceptRecommendation", base + analysis.recommendations().get(1).id() + "/acceptances");
        rows.put(
                "dismissRecommendation",
                base + analysis.recommendations().get(2).id() + "/dismissals");
        rows.put("applyRecommendation", base + analysis.recommendations().get(3).id() + "/applications");
        return rows;
    }
}
