package dev.matrix.examples.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Owner;
import dev.matrix.core.api.Access;
import dev.matrix.core.api.ApiCatalog;
import dev.matrix.core.api.ApiExample;
import dev.matrix.core.api.ApiPrincipal;
import dev.matrix.core.api.Authentication;
import dev.matrix.core.api.Operation;
import dev.matrix.core.json.JsonCodec;
import dev.matrix.core.money.Currencies;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A customer with every scope calls every operation that the host serves, and reaches neither another's data nor the seller's. */
class WhoMayTest {

    private static final JsonCodec JSON = JsonCodec.of(Currencies.standard());
    private static final String OPERATOR = "sixteen-visible-characters";
    private static final String CUSTOMER = "mallory";
    private static final Pattern ID = Pattern.compile("\"id\":\"([a-z]+_[^\"]+)\"");

    /** What customers may write, each its own owner's alone; whatever else writes is for operators. Decide before adding one. */
    private static final Set<String> WRITABLE_BY_OWNERS = Set.of(
            "publishEvent",
            "replaceApiVersion",
            "createWebhook",
            "updateWebhook",
            "deleteWebhook",
            "rotateWebhookSecret",
            "sendWebhookTestEvent",
            "startWebhookRecovery",
            "stopWebhookRecovery",
            "retryWebhookDelivery",
            "cancelWebhookDelivery",
            "convertCurrency",
            "replaceCurrencyConfig",
            "calculateTax",
            "createTaxExemption",
            "validateTaxId",
            "createAnalyticsForecast",
            "createAnalyticsReport",
            "createCostOptimization",
            "quoteCosts",
            "acceptRecommendation",
            "dismissRecommendation",
            "applyRecommendation",
            "recordResourceSamples",
            "createRefund",
            "quoteRefund",
            "cancelRefund",
            "simulateSla",
            "checkAccess",
            "addIpRule",
            "addGeoRule",
            "removeGeoRule",
            "importIpRules",
            "removeIpRule",
            "replaceAccessPolicy",
            "issueApiKey",
            "rotateApiKey",
            "revokeApiKey",
            "beginTotp",
            "verifySecondFactor",
            "renewRecoveryCodes",
            "removeTotpDevice");

    /** What the victim, u_42, and the seller have, as an operator sees it. */
    private static final List<String> WATCHED = List.of(
            "/v1/webhooks?ownerType=user&ownerId=u_42",
            "/v1/events?ownerType=user&ownerId=u_42",
            "/v1/currency/configs/user/u_42",
            "/v1/currency/rates?base=EUR",
            "/v1/tax/transactions?sellerId=acme",
            "/v1/tax/summaries?sellerId=acme&from=2026-01-01&to=2027-12-31",
            "/v1/tax/registrations?sellerId=acme",
            "/v1/tax/rates?country=FR",
            "/v1/tax/exemptions?ownerType=user&ownerId=u_42",
            "/v1/payments?ownerType=user&ownerId=u_42",
            "/v1/cost-optimizations?ownerType=user&ownerId=u_42",
            "/v1/cost-recommendations?ownerType=user&ownerId=u_42",
            "/v1/refunds?ownerType=user&ownerId=u_42");

    private final Map<String, String> rows = new ConcurrentHashMap<>();

    @TempDir
    private Path folder;

    private Host start(Set<String> scopes) throws Exception {
        Settings settings = Settings.of(Map.of(
                "MATRIX_PORT",
                "0",
                "MATRIX_DATA",
                folder.resolve("data").toString(),
                "MATRIX_BOOTSTRAP_KEY",
                OPERATOR));
        return Host.start(
                settings,
                credentials -> CUSTOMER.equals(credentials.bearer())
                        ? new Authentication.Authenticated(
                                new ApiPrincipal("key_mallory", Owner.user("u_mallory"), scopes, null))
                        : new Authentication.NotMine());
    }

    private void made(String path, HttpResponse<String> reply) {
        assertThat(reply.statusCode()).as(reply.body()).isBetween(200, 299);
        Matcher id = ID.matcher(reply.body());
        assertThat(id.find()).as(reply.body()).isTrue();
        rows.put(path, id.group(1));
    }

    private void makeWhatMayNotChange(Caller operator) throws Exception {
        made(
                "/v1/webhooks/{id}",
                operator.send(
                        "POST",
                        "/v1/webhooks",
                        "{\"ownerType\":\"user\",\"ownerId\":\"u_42\",\"url\":\"https://victim.example.net/x\","
                                + "\"events\":[\"invoice.paid\"]}"));
        made(
                "/v1/tax/exemptions/{id}",
                operator.send(
                        "POST",
                        "/v1/tax/exemptions",
                        "{\"ownerType\":\"user\",\"ownerId\":\"u_42\",\"number\":\"C-7\",\"reason\":\"victim"
                                + " certificate\",\"from\":\"2026-01-01\"}"));
        made(
                "/v1/tax/transactions/{id}",
                operator.send(
                        "POST",
                        "/v1/tax/transactions",
                        "{\"reference\":\"victim-invoice-1\",\"request\":{\"sellerId\":\"acme\",\"currency\":\"EUR\","
                                + "\"date\":\"2026-11-01\",\"items\":[{\"id\":\"seats\",\"category\":\"digital.saas\","
                                + "\"amount\":{\"amount\":\"79.00\",\"currency\":\"EUR\"}}],\"buyer\":{\"ownerType\":"
                                + "\"user\",\"ownerId\":\"u_42\",\"kind\":\"consumer\",\"address\":{\"country\":"
                                + "\"FR\"}}}}"));
        made(
                "/v1/payments/{id}",
                operator.send(
                        "POST",
                        "/v1/payments",
                        "{\"id\":\"pay_victim\",\"ownerType\":\"user\",\"ownerId\":\"u_42\",\"provider\":\"sandbox\","
                                + "\"captures\":[{\"ref\":\"victim-capture\",\"amount\":{\"amount\":\"79.00\","
                                + "\"currency\":\"EUR\"},\"capturedAt\":\"2026-11-01T00:00:00Z\"}]}"));
        assertThat(operator.send("PUT", "/v1/currency/configs/user/u_42", "{\"currency\":\"EUR\",\"version\":0}")
                        .statusCode())
                .isEqualTo(200);
    }

    private static List<String> seen(Caller operator) throws Exception {
        List<String> bodies = new ArrayList<>();
        for (String path : WATCHED) {
            HttpResponse<String> reply = operator.get(path);
            assertThat(reply.statusCode()).as("%s: %s", path, reply.body()).isEqualTo(200);
            bodies.add(path + " " + reply.body());
        }
        return bodies;
    }

    /** The example's path, with the victim's row where there is one. */
    private String path(Operation<?, ?> operation, ApiExample example) {
        String query = example.query().isEmpty() ? "" : "?" + example.query();
        for (Map.Entry<String, String> row : rows.entrySet()) {
            if (operation.path().startsWith(row.getKey())) {
                String prefix = row.getKey().replace("{id}", "");
                return prefix
                        + row.getValue()
                        + example.path().substring(prefix.length()).replaceFirst("^[^/]+", "")
                        + query;
            }
        }
        return example.path() + query;
    }

    @Test
    @Tag("H11")
    @Tag("C10")
    void aCustomerWithEveryScopeReachesNeitherAnothersDataNorTheSellers() throws Exception {
        Set<String> scopes = ConcurrentHashMap.newKeySet();
        try (Host host = start(scopes)) {
            ApiCatalog catalog = host.catalog();
            for (Operation<?, ?> operation : catalog.operations()) {
                if (operation.access().orElseThrow() instanceof Access.Scope scope) {
                    scopes.add(scope.name());
                }
            }
            Caller operator = Caller.of(host.uri(), OPERATOR);
            Caller customer = Caller.of(host.uri(), CUSTOMER);
            makeWhatMayNotChange(operator);
            List<String> before = seen(operator);
            Set<String> writable = new TreeSet<>();

            for (Operation<?, ?> operation : catalog.operations()) {
                boolean anonymous = operation.access().orElseThrow() instanceof Access.Anonymous;
                boolean operators = operation.callers() == Access.Callers.OPERATORS;
                if (!operators && !anonymous && !operation.method().equals("GET")) {
                    writable.add(operation.id());
                }
                for (ApiExample example : catalog.examples(operation, catalog.newest())) {
                    HttpResponse<String> reply = customer.send(
                            operation.method(),
                            path(operation, example),
                            example.body() == null ? null : new String(JSON.write(example.body()), UTF_8));
                    assertThat(reply.statusCode())
                            .as("%s: %s", operation, reply.body())
                            .isLessThan(500);
                    if (operators) {
                        assertThat(reply.body()).as(operation.toString()).contains("\"code\":\"access_denied\"");
                    }
                    assertThat(reply.body())
                            .as(operation.toString())
                            .doesNotContain(
                                    "victim.example.net", "victim certificate", "victim-invoice-1", "victim-capture");
                }
            }

            assertThat(seen(operator)).isEqualTo(before);
            assertThat(writable).isEqualTo(new TreeSet<>(WRITABLE_BY_OWNERS));
        }
    }
}
