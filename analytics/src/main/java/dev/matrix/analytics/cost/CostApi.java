package dev.matrix.analytics.cost;

import dev.matrix.core.api.ApiArea;
import dev.matrix.core.api.ApiModule;
import dev.matrix.core.api.Operation;
import java.util.List;
import java.util.stream.Stream;

/** The HTTP operations of cost optimisation. */
final class CostApi implements ApiModule {

    private final List<Operation<?, ?>> operations;

    CostApi(StoredCostOptimizations costs) {
        ApiArea area = ApiArea.of("cost", costs.stores().transactions());
        this.operations = Stream.of(
                        new OptimizationOperations(costs, area).all(),
                        new RecommendationOperations(costs, area).all(),
                        new SampleOperations(costs, area).all())
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public String name() {
        return "cost";
    }

    @Override
    public List<Operation<?, ?>> operations() {
        return operations;
    }
}
