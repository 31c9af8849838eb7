package dev.matrix.analytics;

import dev.matrix.core.api.ApiArea;
import dev.matrix.core.api.ApiModule;
import dev.matrix.core.api.Operation;
import java.util.List;
import java.util.stream.Stream;

/** The HTTP operations of analytics. */
final class AnalyticsApi implements ApiModule {

    private final List<Operation<?, ?>> operations;

    AnalyticsApi(StoredAnalytics analytics) {
        ApiArea area = ApiArea.of("analytics", analytics.transactions());
        HeavyCalls heavy = new HeavyCalls();
        this.operations = Stream.of(
                        new ReportOperations(area, analytics, heavy).all(),
                        new ForecastOperations(area, analytics, heavy).all(),
                        new ChartOperations(area, analytics).all(),
                        new UpkeepOperations(area, analytics).all())
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public String name() {
        return "analytics";
    }

    @Override
    public List<Operation<?, ?>> operations() {
        return operations;
    }
}
