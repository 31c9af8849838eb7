package dev.matrix.analytics;

import static java.util.Objects.requireNonNull;

import dev.matrix.analytics.chart.ChartType;
import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.api.ApiModule;
import dev.matrix.core.spi.Stores;
import dev.matrix.testkit.ApiModuleContract;
import dev.matrix.testkit.ManualClock;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Analytics' operations keep the contract of modules. */
class AnalyticsContractTest implements ApiModuleContract {

    private @Nullable Books books;

    @Override
    public Matrix matrix(Stores stores) {
        Books made = Books.over(stores, ManualClock.at("2026-12-05T09:30:00Z"), "one", builder -> builder);
        books = made;
        return made.matrix;
    }

    @Override
    public ApiModule module(Matrix matrix) {
        return requireNonNull(books).analytics.api();
    }

    @Override
    public Set<String> writableByOwners() {
        return Set.of("createAnalyticsReport", "createAnalyticsForecast");
    }

    @Override
    public Map<String, String> existing(Matrix matrix, Owner owner) {
        Analytics analytics = requireNonNull(books).analytics;
        SavedChart chart =
                analytics.save(analytics.revenue(ReportQuery.builder().build()).chart(ChartType.LINE), Scope.of(owner));
        String path = "/v1/analytics/charts/" + chart.id();
        return Map.of(
                "getAnalyticsChart", path + ".svg",
                "getAnalyticsChartVegaLite", path + ".vl.json",
                "getAnalyticsChartECharts", path + ".echarts.json",
                "getAnalyticsChartCsv", path + ".csv",
                "getAnalyticsChartHtml", path + ".html");
    }
}
