package dev.matrix.analytics;

import static dev.matrix.analytics.Books.midnight;
import static dev.matrix.analytics.Books.monthly;
import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.analytics.spi.RollupRow;
import dev.matrix.analytics.spi.RollupStore;
import dev.matrix.core.Owner;
import dev.matrix.core.api.ApiBody;
import dev.matrix.core.api.ApiDispatcher;
import dev.matrix.core.api.ApiHeaders;
import dev.matrix.core.api.ApiPrincipal;
import dev.matrix.core.api.ApiRequest;
import dev.matrix.core.api.ApiResponse;
import dev.matrix.core.api.Authentication;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The operations as callers see them; every reply is checked against its schema. */
class AnalyticsApiTest {

    private static final Set<String> SCOPES = Set.of("analytics:read", "analytics:admin");
    private static final Pattern CHART = Pattern.compile("/v1/analytics/charts/cht_[^\"]+");
    private static final String WINDOW =
            "\"window\":{\"from\":\"2026-03-01T00:00:00Z\",\"to\":\"2026-05-01T00:00:00Z\"}";

    private final Books books = Books.at("2026-08-15T12:00:00Z");
    private final ApiPrincipal ann = new ApiPrincipal("key_1", Owner.user("ann"), SCOPES, null);
    private final ApiPrincipal operator = new ApiPrincipal(
            "key_2", Owner.platform(), Set.of("analytics:read", "analytics:admin", ApiPrincipal.OPERATE), null);
    private final ApiDispatcher api = ApiDispatcher.on(books.matrix)
            .modules(books.analytics.api())
            .authenticator(credentials ->
                    new Authentication.Authenticated("operator".equals(credentials.bearer()) ? operator : ann))
            .checkReplies(true)
            .build();

    private record Answer(int status, String body) {}

    private Answer call(String bearer, String method, String path, @Nullable String query, String body) {
        ApiHeaders headers = ApiHeaders.of("Authorization", "Bearer " + bearer, "Content-Type", "application/json");
        ApiResponse response = api.handle(new ApiRequest(
                method,
                path,
                query,
                headers,
                new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)),
                "192.0.2.1"));
        String text = response.body() instanceof ApiBody.Bytes bytes
                ? new String(bytes.content(), StandardCharsets.UTF_8)
                : "";
        return new Answer(response.status(), text);
    }

    private Answer report(String bearer, String body) {
        return call(bearer, "POST", "/v1/analytics/reports", null, body);
    }

    private void subscribe() {
        books.starts("sub_1", Owner.user("ann"), midnight("2026-03-10"), monthly("small", "10.00", "EUR"))
                .starts("sub_2", Owner.user("ben"), midnight("2026-03-10"), monthly("large", "90.00", "EUR"));
    }

    @Test
    void anOperatorSeesAllAndAChartOfIt() {
        subscribe();
        Answer answer = report("operator", "{" + WINDOW + ",\"measures\":[\"mrr\"],\"chart\":true}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body())
                .contains("\"answeredBy\":\"rollups\"")
                .contains("\"label\":\"2026-03\",\"value\":\"100.00\",\"state\":\"final\"")
                .contains("\"movements\":{\"new\":\"100.00\"")
                .contains("\"customers\":{\"opening\":0,\"in\":2,\"out\":0,\"moved\":0,\"closing\":2}");
        Matcher chart = CHART.matcher(answer.body());
        assertThat(chart.find()).isTrue();
        Answer picture = call("operator", "GET", chart.group(), "width=300&theme=dark", "");
        assertThat(picture.status()).as(picture.body()).isEqualTo(200);
        assertThat(picture.body()).startsWith("<svg").contains("width=\"300\"");
        assertThat(call("ann", "GET", chart.group(), null, "").status()).isEqualTo(404);
    }

    @Test
    void aCustomerSeesItsOwnNumbersWhateverItAsks() {
        subscribe();
        Answer own = report("ann", "{" + WINDOW + ",\"groupBy\":[\"plan\"]}");
        assertThat(own.status()).as(own.body()).isEqualTo(200);
        assertThat(own.body()).contains("small").contains("\"10.00\"").doesNotContain("large");
        assertThat(report("ann", "{\"ownerType\":\"user\",\"ownerId\":\"ben\"}").status())
                .isEqualTo(404);
        assertThat(call("ann", "GET", "/v1/analytics/freshness", null, "").status())
                .isEqualTo(403);
    }

    @Test
    void filtersAndFaultsAreNamed() {
        subscribe();
        Answer filtered = report(
                "operator",
                "{" + WINDOW + ",\"filters\":[{\"dimension\":\"plan\",\"values\":[\"small\",\"unheard\"]}]}");
        assertThat(filtered.body())
                .contains("\"10.00\"")
                .contains("unknown_value")
                .doesNotContain("\"100.00\"");
        Answer unknown = report("operator", "{\"groupBy\":[\"colour\"]}");
        assertThat(unknown.status()).isBetween(400, 422);
        assertThat(unknown.body()).contains("plan");
        Answer large = report(
                "operator",
                "{\"timeRange\":\"day\",\"window\":{\"last\":9000},\"groupBy\":[\"plan\"],\"topGroups\":100}");
        assertThat(large.status()).isEqualTo(422);
        assertThat(large.body()).contains("report_unavailable");
        assertThat(report("operator", "{\"window\":{\"last\":3,\"to\":\"2026-01-01T00:00:00Z\"}}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void whatIsWrongIsFoundAndRebuilt() {
        subscribe();
        RollupStore rollups = books.matrix.stores().get(RollupStore.class);
        RollupRow wrong = new RollupRow(
                0,
                TimeRange.MONTH,
                midnight("2026-03-01"),
                LocalDate.of(2026, 8, 15),
                1,
                "EUR",
                Movement.NEW,
                BigInteger.ONE,
                0,
                0);
        books.matrix.transactions().inTransaction(tx -> rollups.add(tx, List.of(wrong)));
        String year = "{\"from\":\"2026-01-01T00:00:00Z\",\"to\":\"2027-01-01T00:00:00Z\"}";
        assertThat(call("operator", "POST", "/v1/analytics/verifications", null, year)
                        .body())
                .contains("\"equal\":false")
                .contains("MONTH 2026-03-01");
        assertThat(call("operator", "POST", "/v1/analytics/rebuilds", null, year)
                        .body())
                .contains("\"customers\":2");
        assertThat(call("operator", "POST", "/v1/analytics/verifications", null, year)
                        .body())
                .contains("\"equal\":true");
        assertThat(call("operator", "GET", "/v1/analytics/freshness", null, "").body())
                .contains("\"waiting\":0");
        assertThat(call("ann", "GET", "/v1/analytics/measures", null, "").body())
                .contains("\"quick_ratio\"");
    }
}
