package dev.matrix.money;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Owner;
import dev.matrix.core.api.ApiBody;
import dev.matrix.core.api.ApiDispatcher;
import dev.matrix.core.api.ApiHeaders;
import dev.matrix.core.api.ApiPrincipal;
import dev.matrix.core.api.ApiRequest;
import dev.matrix.core.api.ApiResponse;
import dev.matrix.core.api.Authentication;
import dev.matrix.money.source.EcbRates;
import dev.matrix.testkit.ScriptedTransport;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The currency operations as callers see them. */
class CurrencyApiTest {

    private final Bank bank = Bank.at(
                    "2026-01-12T15:10:00Z",
                    ScriptedTransport.replying(Ecb.ok(Ecb.document(Map.of("2026-01-12", "USD=1.25 JPY=160")), "\"a\"")),
                    EcbRates.create())
            .drive();
    private final ApiPrincipal caller =
            new ApiPrincipal("key_1", Owner.user("alice"), Set.of("currency:read", "currency:write"), null);
    private final ApiPrincipal operator = new ApiPrincipal(
            "key_2", Owner.platform(), Set.of("currency:read", "currency:write", ApiPrincipal.OPERATE), null);
    private final ApiDispatcher api = ApiDispatcher.on(bank.matrix)
            .modules(bank.rates.api(), CurrencyPreferences.on(bank.matrix).api())
            .authenticator(credentials ->
                    new Authentication.Authenticated("operator".equals(credentials.bearer()) ? operator : caller))
            .checkReplies(true)
            .build();

    private record Answer(int status, String body) {}

    private Answer call(String method, String path, @Nullable String query, String body) {
        return as("k", method, path, query, body);
    }

    private Answer as(String bearer, String method, String path, @Nullable String query, String body) {
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

    private Answer get(String path, @Nullable String query) {
        return call("GET", path, query, "");
    }

    private Answer convert(String body) {
        return call("POST", "/v1/currency/conversions", null, body);
    }

    @Test
    void aConversionNamesItsRate() {
        Answer answer = convert("{\"amount\":{\"amount\":\"100.00\",\"currency\":\"EUR\"},\"to\":\"USD\"}");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body())
                .contains("\"result\":{\"amount\":\"125.00\",\"currency\":\"USD\"}")
                .contains("\"rate\":\"1.25\"")
                .contains("\"source\":\"ecb\"")
                .contains("\"freshness\":\"fresh\"");
    }

    @Test
    void aRateOfManyDigitsFitsTheWire() {
        Answer answer = convert("{\"amount\":{\"amount\":\"3\",\"currency\":\"JPY\"},\"to\":\"USD\",\"side\":\"bid\","
                + "\"markupPercent\":\"1.5\"}");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("\"rate\":\"0.0076953125\"");
    }

    @Test
    void whatThereIsNoRateForSaysWhy() {
        String amount = "{\"amount\":{\"amount\":\"1.00\",\"currency\":\"EUR\"},";
        Answer unavailable = convert(amount + "\"to\":\"SAR\"}");
        Answer stale = convert(amount + "\"to\":\"USD\",\"date\":\"2026-02-12\"}");
        Answer flagged = convert(amount + "\"to\":\"USD\",\"date\":\"2026-02-12\",\"allowStale\":true}");
        Answer both = convert(amount + "\"to\":\"USD\",\"date\":\"2026-02-12\",\"snapshotId\":\"fxs_1\"}");
        Answer unknown = convert(amount + "\"to\":\"USD\",\"snapshotId\":\"fxs_1\"}");
        Answer then = convert(amount + "\"to\":\"USD\",\"at\":\"2026-01-12T15:10:00Z\"}");

        assertThat(unavailable.status()).isEqualTo(422);
        assertThat(unavailable.body()).contains("rate_unavailable");
        assertThat(stale.status()).isEqualTo(422);
        assertThat(stale.body()).contains("rate_stale").contains("2026-01-12");
        assertThat(flagged.status()).isEqualTo(200);
        assertThat(flagged.body()).contains("\"freshness\":\"stale\"");
        assertThat(both.status()).isEqualTo(422);
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(then.status()).isEqualTo(200);
    }

    @Test
    void currenciesRatesAndTheirHistoryAreListed() {
        Answer table = get("/v1/currency/rates", "base=EUR&quotes=USD&quotes=JPY&quotes=SAR");
        Answer all = get("/v1/currency/rates", "base=EUR&date=2026-01-12");
        Answer history = get("/v1/currency/rates/history", "source=ecb&from=2026-01-01&to=2026-01-31");

        assertThat(get("/v1/currency/currencies", null).body()).contains("\"code\":\"JPY\"");
        assertThat(table.status()).as(table.body()).isEqualTo(200);
        assertThat(table.body()).contains("\"rate\":\"160\"").doesNotContain("SAR");
        assertThat(all.body()).contains("\"rate\":\"1.25\"");
        assertThat(history.status()).as(history.body()).isEqualTo(200);
        assertThat(history.body()).contains("\"observedOn\":\"2026-01-12\"").contains("\"nextCursor\":null");
    }

    @Test
    void aManualRateIsSet() {
        String target = "/v1/currency/manual-rates/USD/SAR";
        String rate = "{\"rate\":\"3.75\",\"from\":\"2026-01-01\"}";
        Answer refused = call("PUT", target, null, rate);
        Answer set = as("operator", "PUT", target, null, rate);

        assertThat(refused.status()).isEqualTo(403);

        assertThat(set.status()).as(set.body()).isEqualTo(200);
        assertThat(convert("{\"amount\":{\"amount\":\"1.00\",\"currency\":\"USD\"},\"to\":\"SAR\"}")
                        .body())
                .contains("\"amount\":\"3.75\"");
    }

    @Test
    void aPreferenceIsOnesOwnAndReplacedByItsVersion() {
        String own = "/v1/currency/configs/user/alice";
        Answer none = get(own, null);
        Answer first = call("PUT", own, null, "{\"currency\":\"EUR\",\"locale\":\"de-DE\",\"version\":0}");
        Answer old = call("PUT", own, null, "{\"currency\":\"JPY\",\"version\":0}");

        assertThat(none.status()).isEqualTo(404);
        assertThat(first.status()).as(first.body()).isEqualTo(200);
        assertThat(old.status()).isEqualTo(409);
        assertThat(get(own, null).body()).contains("\"currency\":\"EUR\"").contains("\"version\":1");
        assertThat(get("/v1/currency/configs/user/bob", null).status()).isEqualTo(404);
    }
}
