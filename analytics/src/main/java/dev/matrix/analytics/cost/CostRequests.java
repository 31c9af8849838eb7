package dev.matrix.analytics.cost;

import dev.matrix.core.Owner;
import dev.matrix.core.money.Currency;
import dev.matrix.core.wire.Default;
import dev.matrix.core.wire.Describe;
import dev.matrix.core.wire.Range;
import dev.matrix.core.wire.Size;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Requests of the operations. */
final class CostRequests {

    private CostRequests() {}

    record CostWindow(Instant from, Instant to) {}

    record CreateOptimization(
            @Describe("Whose costs; operators alone may name another.") @Nullable
            Owner owner,

            @Describe("The last 124 days unless given; at most 400 days.") @Nullable
            CostWindow window,

            @Describe("All unless given.") @Nullable @Size(min = 1, max = 5)
            List<RecommendationType> types,

            @Default("standard") Profile profile,

            @Describe("Whose bill is meant, where there are bills in several currencies.") @Nullable
            Currency currency) {}

    record ById(String id) {}

    record ListOptimizations(
            @Nullable Owner owner,
            @Default("20") @Range(min = 1, max = 100) int limit,
            @Nullable String cursor) {}

    record ListRecommendations(
            @Nullable Owner owner,
            @Nullable RecommendationType type,
            @Nullable Severity severity,
            @Nullable RecommendationStatus status,
            @Default("20") @Range(min = 1, max = 100) int limit,
            @Nullable String cursor) {}

    record Dismiss(
            String id,
            DismissReason reason,

            @Describe("When it opens again; else only when its saving doubles.") @Nullable
            Instant until) {}

    record Apply(
            String id,

            @Describe("When it was followed; now unless given. At most 90 days past.") @Nullable
            Instant appliedAt) {}

    record RecordSamples(
            @Describe("Whose machines; operators alone may name another.") @Nullable
            Owner owner,

            @Size(min = 1, max = 10_000) List<SampleRequest> samples) {}

    record SampleRequest(
            String resourceId,
            Instant from,

            @Describe("60 to 3,600 seconds.") int seconds,

            List<LoadRequest> loads) {}

    record LoadRequest(
            ResourceMetric metric,

            @Describe("0 to 1, or bytes or requests a second.")
            double mean,

            double max) {}

    record CreateQuote(
            @Describe("Whose plans; operators alone may name another.") @Nullable
            Owner owner,

            @Size(min = 1, max = 50) List<String> planIds,

            @Describe("What each billing month uses, by meter.") @Size(min = 1, max = 36)
            List<MonthRequest> months) {}

    record MonthRequest(Map<String, BigDecimal> quantities) {}
}
