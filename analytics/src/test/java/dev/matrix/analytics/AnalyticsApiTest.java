package dev.matrix.analytics;

import static dev.matrix.analytics.Books.midnight;
import static dev.matrix.analytics.Books.monthly;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.analytics.spi.RollupRow;
import dev.matrix.analytics.spi.RollupStore;
import dev.matrix.core.Owner;
import dev.matrix.core.api.ApiBody;
import dev.matrix.core.api.ApiDispatcher;
import dev.matrix.core.api.ApiHeaders;
import dev.matrix.core.api.ApiPrincipal;
import dev.matrix.core.api.ApiProblem;
import dev.matrix.core.api.ApiRequest;
import dev.matrix.core.api.ApiResponse;
import dev.matrix.core.api.Authentication;
import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.payload.PaymentMethod;
import dev.matrix.core.event.payload.PaymentSucceeded;
import dev.matrix.core.event.payload.Period;
import dev.matrix.core.event.payload.UsageRecorded;
import dev.matrix.core.money.Money;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
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
        Answer answer = report("operator", "{" + WINDOW + ",\"measures\":[\"mrr\"],\"charts\":[\"line\",\"table\"]}");
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

    private void life() {
        subscribe();
        books.publish(
                BillingEvent.of(PaymentSucceeded.builder(
                                "pay_1",
                                Owner.user("ann"),
                                Money.of("10.00", "EUR"),
                                PaymentMethod.CARD,
                                midnight("2026-03-12"))
                        .build()),
                BillingEvent.of(PaymentSucceeded.builder(
                                "pay_2",
                                Owner.user("ben"),
                                Money.of("90.00", "EUR"),
                                PaymentMethod.CARD,
                                midnight("2026-03-13"))
                        .build()),
                BillingEvent.of(UsageRecorded.builder()
                        .id("use_1")
                        .owner(Owner.user("ann"))
                        .metric("=1+1")
                        .quantity(new BigDecimal("2.5"))
                        .unit("call")
                        .period(Period.of(midnight("2026-03-14"), midnight("2026-03-15")))
                        .build()));
        books.ends("sub_2", Owner.user("ben"), midnight("2026-04-10"), monthly("large", "90.00", "EUR"));
    }

    @Test
    @Tag("AN41")
    @Tag("AC29")
    void everyReportIsToldAndEveryFormatOfItsCharts() {
        life();
        Answer usage = report(
                "operator",
                "{\"type\":\"usage\"," + WINDOW
                        + ",\"measures\":[\"usage\"],\"groupBy\":[\"meter\"],\"charts\":[\"bar\",\"area\",\"table\",\"pie\"]}");
        assertThat(usage.status()).as(usage.body()).isEqualTo(200);
        assertThat(usage.body())
                .contains("\"topCustomers\":[{\"meter\":\"=1+1\"")
                .contains("\"quantity\":\"2.5\",\"uses\":1");
        Matcher chart = CHART.matcher(usage.body());
        int charts = 0;
        while (chart.find()) {
            charts++;
            String path = chart.group().replace(".svg", "");
            assertThat(call("operator", "GET", path + ".svg", null, "").body()).startsWith("<svg");
            assertThat(call("operator", "GET", path + ".vl.json", null, "").body())
                    .contains("vega-lite/v6");
            assertThat(call("operator", "GET", path + ".echarts.json", null, "").body())
                    .contains("\"decal\":{\"show\":true}");
            assertThat(call("operator", "GET", path + ".csv", null, "").body())
                    .startsWith("bucket,USAGE =1+1\r\n2026-03,2.5\r\n");
            assertThat(call("operator", "GET", path + ".html", null, "").body())
                    .contains("<caption>")
                    .contains("<td>2.5</td>");
            assertThat(call("ann", "GET", path + ".csv", null, "").status()).isEqualTo(404);
        }
        assertThat(charts).isEqualTo(4);

        for (String day : List.of("2026-06-20", "2026-07-20", "2026-08-03")) {
            books.publish(BillingEvent.of(PaymentSucceeded.builder(
                            "pay_" + day, Owner.user("cy"), Money.of("30.00", "EUR"), PaymentMethod.CARD, midnight(day))
                    .build()));
        }
        Answer beside = report(
                "operator",
                "{\"window\":{\"last\":6},\"measures\":[\"revenue\"],\"projected\":true,"
                        + "\"comparison\":\"previous_period\"}");
        assertThat(beside.status()).as(beside.body()).isEqualTo(200);
        assertThat(beside.body())
                .contains("\"projected\":{\"value\":\"")
                .contains("\"value\":\"100.00\",\"state\":\"final\",\"compared\":null");

        Answer customers = report("operator", "{\"type\":\"customers\"," + WINDOW + "}");
        assertThat(customers.status()).as(customers.body()).isEqualTo(200);
        assertThat(customers.body())
                .contains("\"cohorts\":[{\"label\":\"2026-03\",\"size\":2")
                .contains("\"survival\":[{\"days\":31")
                .contains("\"monetary\":5")
                .contains("\"signal\":\"idle_days\"")
                .contains("\"powerUsers\":0");
        Answer performance =
                report("ann", "{\"type\":\"performance\"," + WINDOW + ",\"measures\":[\"payment_success\"]}");
        assertThat(performance.status()).as(performance.body()).isEqualTo(200);
        assertThat(performance.body()).contains("\"value\":\"1\"");
        Answer cash = report("ann", "{" + WINDOW + ",\"measures\":[\"mrr\",\"net_revenue\"]}");
        assertThat(cash.body())
                .contains("NET REVENUE EUR")
                .contains("\"10.00\"")
                .doesNotContain("90.00");
    }

    @Test
    @Tag("AN53")
    @Tag("AN25")
    void behindAMovementStandItsCustomers() {
        life();
        String query = "from=2026-04-01T00:00:00Z&to=2026-05-01T00:00:00Z";
        Answer left = call("operator", "GET", "/v1/analytics/mrr-activities", query + "&movement=churn", "");
        assertThat(left.status()).as(left.body()).isEqualTo(200);
        assertThat(left.body())
                .contains("\"customerId\":\"ben\"")
                .contains("\"amount\":\"90.00\"")
                .doesNotContain("ann");
        assertThat(call("ann", "GET", "/v1/analytics/mrr-activities", query, "").body())
                .doesNotContain("ben");
        assertThat(call("operator", "GET", "/v1/analytics/mrr-activities", query + "&cursor=x", "")
                        .status())
                .isIn(400, 422);
        assertThat(call("operator", "GET", "/v1/analytics/mrr-activities", query + "&movement=fx", "")
                        .status())
                .isIn(400, 422);
    }

    private Answer forecast(String bearer, String body) {
        return call(bearer, "POST", "/v1/analytics/forecasts", null, body);
    }

    @Test
    @Tag("AC24")
    @Tag("AC25")
    void aMeasureIsContinuedWithItsBand() {
        life();
        Answer own = forecast(
                "operator", "{\"history\":{\"measure\":\"mrr\",\"window\":{\"last\":6}},\"horizon\":3,\"chart\":true}");
        assertThat(own.status()).as(own.body()).isEqualTo(200);
        assertThat(own.body())
                .contains("\"label\":\"2026-10\"")
                .contains("\"level\":0.8")
                .contains("\"label\":\"2026-07\",\"value\":\"10.00\"")
                .doesNotContain("partial");
        Matcher chart = CHART.matcher(own.body());
        assertThat(chart.find()).isTrue();
        assertThat(call("operator", "GET", chart.group(), null, "").body())
                .contains("stroke-dasharray=\"5 4\"")
                .contains("class=\"band");

        Answer values =
                forecast("ann", "{\"values\":[10,12,11,13],\"horizon\":3,\"levels\":[0.95],\"model\":\"naive\"}");
        assertThat(values.status()).as(values.body()).isEqualTo(200);
        assertThat(values.body()).contains("\"lower\":\"7.48").contains("\"upper\":\"22.5");
        assertThat(forecast("ann", "{\"values\":[1,2,3,4,5,6,7,8],\"horizon\":2,\"model\":\"theta\"}")
                        .body())
                .contains("\"backtest\":{\"horizon\":2");
        assertThat(forecast("ann", "{\"horizon\":3}").status()).isIn(400, 422);
        assertThat(forecast("ann", "{\"values\":[1],\"horizon\":0}").status()).isIn(400, 422);
        assertThat(forecast("ann", "{\"values\":[1],\"horizon\":1,\"levels\":[1.1]}")
                        .status())
                .isIn(400, 422);
        assertThat(forecast("ann", "{\"values\":[1],\"horizon\":1,\"chart\":true}")
                        .status())
                .isIn(400, 422);
        for (AnalyticsRequests.Model model : AnalyticsRequests.Model.values()) {
            Answer each = forecast(
                    "ann",
                    "{\"values\":[3,5,4,6,5,7,6,8,7,9],\"horizon\":2,\"model\":\""
                            + model.name().toLowerCase(Locale.ROOT) + "\"}");
            assertThat(each.status()).as(each.body()).isEqualTo(200);
        }
    }

    @Test
    @Tag("AN67")
    void anOwnerHasOneHeavyCallAtATime() {
        HeavyCalls heavy = new HeavyCalls();
        Owner ann = Owner.user("ann");
        assertThatThrownBy(() -> heavy.run(ann, () -> heavy.run(ann, () -> "twice")))
                .isInstanceOf(ApiProblem.class)
                .hasMessageContaining("Another report");
        assertThat(heavy.<String>run(ann, () -> "again")).isEqualTo("again");
        Owner all = Owner.platform();
        assertThatThrownBy(() -> heavy.run(
                        all,
                        () -> heavy.run(
                                all, () -> heavy.run(all, () -> heavy.run(all, () -> heavy.run(ann, () -> "fifth"))))))
                .isInstanceOf(ApiProblem.class)
                .hasMessageContaining("Four reports");
        assertThat(heavy.<String>run(ann, () -> "free")).isEqualTo("free");
    }
}
