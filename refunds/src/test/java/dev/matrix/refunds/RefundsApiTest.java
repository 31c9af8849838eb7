package dev.matrix.refunds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.api.ApiBody;
import dev.matrix.core.api.ApiDispatcher;
import dev.matrix.core.api.ApiHeaders;
import dev.matrix.core.api.ApiPrincipal;
import dev.matrix.core.api.ApiRequest;
import dev.matrix.core.api.ApiResponse;
import dev.matrix.core.api.Authentication;
import dev.matrix.core.json.Json;
import dev.matrix.core.json.Json.JsonArray;
import dev.matrix.core.json.Json.JsonObject;
import dev.matrix.core.json.Json.JsonString;
import dev.matrix.core.money.Money;
import dev.matrix.core.spi.Stores;
import dev.matrix.testkit.ManualClock;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Over HTTP nobody pays himself, and who isn't staff sees nothing of what staff knows. */
class RefundsApiTest {

    private static final Set<String> SCOPES = Set.of(
            "payments:write",
            "payments:read",
            "refunds:write",
            "refunds:read",
            "refunds:approve",
            "disputes:write",
            "disputes:read");

    private final ManualClock clock = ManualClock.at("2026-03-01T10:00:00Z");
    private final FakeBank bank = new FakeBank(clock);
    private final Matrix matrix = TestNode.matrix(Stores.inMemory(clock), clock, bank.transport());
    private final Refunds refunds =
            Refunds.on(matrix).provider(BankRefunds.sound()).build();
    private final ApiDispatcher api = ApiDispatcher.on(matrix)
            .modules(refunds.api())
            .authenticator(credentials -> authenticated(String.valueOf(credentials.bearer())))
            .checkReplies(true)
            .build();

    private static Authentication authenticated(String name) {
        Set<String> scopes = new HashSet<>(SCOPES);
        if (name.equals("staff") || name.equals("boss")) {
            scopes.add(ApiPrincipal.OPERATE);
        }
        return new Authentication.Authenticated(new ApiPrincipal(name, Owner.user("u_42"), scopes, null));
    }

    private record Answer(int status, Json body) {

        String text(String name) {
            return body instanceof JsonObject object && object.get(name) instanceof JsonString string
                    ? string.value()
                    : "";
        }

        Answer at(String name) {
            Json found = body instanceof JsonObject object ? object.get(name) : null;
            return new Answer(status, found == null ? new JsonString("") : found);
        }
    }

    private Answer call(String who, String method, String target, @Nullable String body, String key) {
        List<String> headers = new ArrayList<>(List.of("Authorization", "Bearer " + who, "Idempotency-Key", key));
        if (body != null) {
            headers.addAll(List.of("Content-Type", "application/json"));
        }
        byte[] bytes = body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
        ApiResponse response = api.handle(new ApiRequest(
                method,
                target,
                null,
                ApiHeaders.of(headers.toArray(String[]::new)),
                new ByteArrayInputStream(bytes),
                "192.0.2.9"));
        Json json = response.body() instanceof ApiBody.Bytes content && content.content().length > 0
                ? matrix.json().parse(content.content())
                : new JsonString("");
        return new Answer(response.status(), json);
    }

    private static String refund(String amount, String more) {
        return "{\"paymentId\":\"pay_1\",\"reason\":\"customer_request\",\"amount\":{\"amount\":\"" + amount
                + "\",\"currency\":\"EUR\"}" + more + "}";
    }

    @Test
    @Tag("A43")
    @Tag("R43")
    @Tag("A63")
    @Tag("R58")
    void nobodyPaysHimself() {
        TestNode.record(refunds, bank, "pay_1", "100.00");
        assertThat(call("customer", "POST", "/v1/payments", "{}", "k").status()).isEqualTo(403);
        for (String more : List.of(
                ",\"via\":\"account_credit\"",
                ",\"options\":{\"a\":\"b\"}",
                ",\"executeAt\":\"2026-03-05T00:00:00Z\"")) {
            assertThat(call("customer", "POST", "/v1/refunds", refund("10.00", more), "k")
                            .status())
                    .as(more)
                    .isEqualTo(403);
        }
        Answer asked = call("customer", "POST", "/v1/refunds", refund("10.00", ""), "k");
        assertThat(asked.status()).isEqualTo(201);
        assertThat(asked.text("status")).isEqualTo("pending_approval");
        assertThat(call("customer", "POST", "/v1/refunds", refund("1.00", ""), "k2")
                        .text("code"))
                .isEqualTo("too_many_refunds");
        TestNode.drive(matrix);
        assertThat(bank.puts()).isZero();
        String path = "/v1/refunds/" + asked.text("id");
        assertThat(call("customer", "POST", path + "/approvals", null, "a").status())
                .isEqualTo(403);
        assertThat(call("staff", "POST", path + "/approvals", null, "a").status())
                .isEqualTo(200);
        TestNode.drive(matrix);
        assertThat(call("customer", "GET", path, null, "x").text("status")).isEqualTo("succeeded");
        assertThat(bank.executions()).hasSize(1);
        String history =
                call("customer", "GET", path + "/history", null, "x").body().toString();
        assertThat(history).contains("approved").doesNotContain("staff");
    }

    @Test
    @Tag("A54")
    @Tag("R48")
    @Tag("R5")
    void keysOfCustomersAndOfTheHostAreApart() {
        TestNode.record(refunds, bank, "pay_1", "100.00");
        assertThat(call("customer", "POST", "/v1/refunds", refund("0.01", ""), "k")
                        .status())
                .isEqualTo(201);
        Answer staff = call("staff", "POST", "/v1/refunds", refund("50.00", ""), "k");
        assertThat(staff.status()).isEqualTo(201);
        assertThat(staff.text("status")).isEqualTo("queued");
        Answer again = call("staff", "POST", "/v1/refunds", refund("50.00", ""), "k");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.text("id")).isEqualTo(staff.text("id"));
        Answer reused = call("staff", "POST", "/v1/refunds", refund("51.00", ""), "k");
        assertThat(reused.status()).isEqualTo(422);
        assertThat(reused.text("code")).isEqualTo("idempotency_key_reused");
        assertThat(reused.at("refundable").text("amount")).isEqualTo("49.99");
    }

    @Test
    @Tag("R8")
    void whoAskedCantApproveAndAManualRefundIsResolvedByHttp() {
        clock.advance(Duration.ofDays(1));
        Answer paid = call(
                "staff",
                "POST",
                "/v1/payments",
                "{\"id\":\"pay_1\",\"ownerType\":\"user\",\"ownerId\":\"u_42\",\"provider\":\"manual\",\"captures\":[{"
                        + "\"ref\":\"c1\",\"amount\":{\"amount\":\"100.00\",\"currency\":\"EUR\"},"
                        + "\"capturedAt\":\"2026-02-01T00:00:00Z\"}]}",
                "p");
        assertThat(paid.status()).as("%s", paid.body()).isEqualTo(201);
        Answer quote = call("staff", "POST", "/v1/refund-quotes", refund("10.00", ""), "q");
        assertThat(quote.at("amount").text("amount")).isEqualTo("10.00");
        Answer refused = call("staff", "POST", "/v1/refund-quotes", refund("100.01", ""), "q");
        assertThat(refused.at("refusals").body()).isNotEqualTo(new JsonArray(List.of()));
        Answer refund = call("staff", "POST", "/v1/refunds", refund("10.00", ""), "k");
        TestNode.drive(matrix);
        String path = "/v1/refunds/" + refund.text("id");
        assertThat(call("staff", "GET", path, null, "x").text("status")).isEqualTo("requires_action");
        assertThat(call("staff", "POST", path + "/approvals", null, "a").status())
                .isEqualTo(403);
        Answer resolved = call(
                "boss", "POST", path + "/resolutions", "{\"outcome\":\"succeeded\",\"providerRef\":\"bank-7\"}", "r");
        assertThat(resolved.status()).as("%s", resolved.body()).isEqualTo(200);
        assertThat(resolved.text("status")).isEqualTo("succeeded");
        assertThat(call("customer", "GET", "/v1/payments/pay_1", null, "x")
                        .at("refunded")
                        .text("amount"))
                .isEqualTo("10.00");
        assertThat(call("staff", "POST", path + "/cancellations", null, "c").status())
                .isEqualTo(409);
    }

    @Test
    @Tag("A63")
    @Tag("R58")
    @Tag("R43")
    void aDisputeIsRecordedAndAnsweredByStaffAndItsOwnerSeesNoEvidence() {
        TestNode.record(refunds, bank, "pay_1", "100.00");
        String body = "{\"paymentId\":\"pay_1\",\"providerRef\":\"du_1\",\"amount\":{\"amount\":\"60.00\","
                + "\"currency\":\"EUR\"},\"reason\":\"fraudulent\",\"respondBy\":\"2026-03-09T10:00:00Z\"}";
        assertThat(call("customer", "POST", "/v1/disputes", body, "k").status()).isEqualTo(403);
        Answer opened = call("staff", "POST", "/v1/disputes", body, "k");
        assertThat(opened.status()).as("%s", opened.body()).isEqualTo(201);
        String path = "/v1/disputes/" + opened.text("id");
        String evidence = "{\"texts\":{\"product_description\":\"Hosting.\"},\"files\":[{\"kind\":\"receipt\",\"name\":"
                + "\"r.txt\",\"mediaType\":\"text/plain\",\"content\":\"aGk=\"}]}";
        Answer saved = call("staff", "POST", path + "/evidence", evidence, "e");
        assertThat(saved.status()).as("%s", saved.body()).isEqualTo(200);
        assertThat(saved.text("evidence")).isEqualTo("draft");
        String garbled = evidence.replace("aGk=", "%%%%");
        assertThat(call("staff", "POST", path + "/evidence", garbled, "e").status())
                .isEqualTo(422);
        Answer refused = call("staff", "POST", path + "/acceptances", null, "a");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text("code")).isEqualTo("dispute_not_answerable");

        Answer own = call("customer", "GET", path, null, "x");
        assertThat(own.status()).isEqualTo(200);
        assertThat(own.text("status")).isEqualTo("needs_response");
        assertThat(own.text("evidence")).isEmpty();
        assertThat(own.text("providerRef")).isEmpty();
        assertThat(call("customer", "GET", "/v1/disputes", null, "x").status()).isEqualTo(200);
        assertThat(call("customer", "POST", path + "/evidence", evidence, "e").status())
                .isEqualTo(403);
        assertThat(call("staff", "GET", "/v1/payments/pay_1", null, "x")
                        .at("disputed")
                        .text("amount"))
                .isEqualTo("60.00");
        assertThat(call("staff", "POST", "/v1/refunds", refund("1.00", ""), "r").text("code"))
                .isEqualTo("payment_disputed");
    }

    @Test
    @Tag("A13")
    @Tag("A44")
    @Tag("A12")
    @Tag("R51")
    void badInputHasTheSameAnswersOverHttp() {
        TestNode.record(refunds, bank, "pay_1", "100.00");
        refunds.payments()
                .record(PaymentDraft.of(
                        "pay_other",
                        Owner.user("somebody"),
                        "bank",
                        Capture.of("c_other", Money.of("5.00", "EUR"), clock.instant())));
        String euros = refund("10.00", "");
        assertThat(call("staff", "POST", "/v1/refunds", euros, "used").status()).isEqualTo(201);
        Map<String, String> refused = new LinkedHashMap<>();
        refused.put(refund("90.01", ""), "422 amount_exceeds_refundable");
        refused.put(euros.replace("EUR", "USD"), "422 currency_mismatch");
        refused.put(refund("1.00", ",\"via\":\"nobody\""), "422 provider_not_registered");
        refused.put(refund("0.00", ""), "422 unprocessable");
        refused.put(refund("-5.00", ""), "422 unprocessable");
        refused.put(refund("1" + "0".repeat(31), ""), "422 unprocessable");
        refused.put(refund("1.00", ",\"destination\":{\"iban\":\"DE02\"}"), "422 unprocessable");
        refused.put(refund("1.00", ",\"options\":{\"x\":\"y\"}"), "422 unprocessable");
        refused.put(refund("1.00", ",\"colour\":\"blue\""), "400 invalid_request");
        refused.put(euros.replace("pay_1", "pay_nobody"), "404 not_found");
        for (String body : List.of(refund("10.005", ""), refund("1.00", ",\"note\":\"a\\u0000b\""))) {
            assertThat(call("staff", "POST", "/v1/refunds", body, "m-" + body.hashCode())
                            .status())
                    .as(body)
                    .isIn(400, 422);
        }
        refused.forEach((body, wanted) -> {
            Answer answer = call("staff", "POST", "/v1/refunds", body, "k-" + body.hashCode());
            assertThat(answer.status() + " " + answer.text("code"))
                    .as("%s: %s", body, answer.body())
                    .isEqualTo(wanted);
        });
        assertThat(call("customer", "POST", "/v1/refunds", euros.replace("pay_1", "pay_other"), "f")
                        .status())
                .as("another's payment")
                .isEqualTo(404);
        assertThat(call("staff", "POST", "/v1/refunds", refund("11.00", ""), "used")
                        .text("code"))
                .isEqualTo("idempotency_key_reused");
        assertThat(refunds.payments().find("pay_1").orElseThrow().reserved()).isEqualTo(Money.of("10.00", "EUR"));
    }
}
