package dev.matrix.analytics;

import dev.matrix.core.api.ApiModule;
import dev.matrix.core.api.Operation;
import java.util.List;
import java.util.stream.Stream;

/** The HTTP operations of analytics. */
final class AnalyticsApi implements ApiModule {

    private final List<Operation<?, ?>> operations;

    AnalyticsApi(StoredAnalytics analytics) {
        this.operations = Stream.of(new ReportOperations(analytics).all(), new UpkeepOperations(analytics).all())
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

    static <Q extends Record, R> Operation.Draft<Q, R> described(
            Operation.Draft<Q, R> draft, String id, String summary, String scope) {
        return draft.id(id).tag("analytics").summary(summary).scope(scope);
    }
}
