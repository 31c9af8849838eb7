package dev.matrix.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Owner;
import dev.matrix.core.api.Access;
import dev.matrix.core.api.ApiBody;
import dev.matrix.core.api.ApiCredentials;
import dev.matrix.core.api.ApiDispatcher;
import dev.matrix.core.api.ApiHeaders;
import dev.matrix.core.api.ApiPrincipal;
import dev.matrix.core.api.ApiRequest;
import dev.matrix.core.api.ApiResponse;
import dev.matrix.core.api.Authentication;
import dev.matrix.core.api.Operation;
import dev.matrix.core.json.Json;
import dev.matrix.core.json.Json.JsonArray;
import dev.matrix.core.json.Json.JsonNull;
import dev.matrix.core.json.Json.JsonNumber;
import dev.matrix.core.json.Json.JsonObject;
import dev.matrix.core.json.Json.JsonString;
import dev.matrix.core.spi.HttpReply;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The HTTP operations, through the dispatcher that hosts mount; it checks every reply against its schema. */
class WebhooksApiTest {

    private static final String CREATE = "{\"url\":\"https://alice.example.com/hooks\",\"events\":[\"instance.*\"]}";

    private final Node node = Node.alone();
    private final ApiDispatcher api = ApiDispatcher.on(node.matrix)
            .modules(node.webhooks.api())
            .authenticator(WebhooksApiTest::caller)
            .checkReplies(true)
            .build();

    /** The token is who calls: a user with both scopes, one that may only read, or the operator. */
    private static Authentication caller(ApiCredentials credentials) {
        String bearer = credentials.bearer();
        if (bearer == null) {
            return new Authentication.Refused("no token");
        }
        Set<String> scopes = switch (bearer) {
            case "operator" -> Set.of("webhooks:write", "webhooks:read", ApiPrincipal.OPERATE);
            case "reader" -> Set.of("webhooks:read");
            default -> Set.of("webhooks:write", "webhooks:read");
        };
        Owner owner = bearer.equals("operator") ? Owner.platform() : Owner.user(bearer);
        return new Authentication.Authenticated(new ApiPrincipal(bearer, owner, scopes, null));
    }

    /** A reply. */
    private record Answer(int status, ApiHeaders headers, Json body) {

        @Nullable
        Json at(String... path) {
            Json here = body;
            for (String step : path) {
                here = here instanceof JsonArray array
                        ? array.items().get(Integer.parseInt(step))
                        : here instanceof JsonObject object ? object.get(step) : null;
            }
            return here;
        }

        String text(String... path) {
            return at(path) instanceof JsonString string ? string.value() : "";
        }

        long number(String... path) {
            return at(path) instanceof JsonNumber number ? number.value().longValueExact() : -1;
        }
    }

    private Answer as(String who, String method, String target, @Nullable String body, String... headers) {
        List<String> lines = new ArrayList<>(List.of(headers));
        lines.addAll(List.of("Authorization", "Bearer " + who));
        if (body != null) {
            lines.addAll(List.of("Content-Type", "application/json"));
        }
        byte[] bytes = body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
        int query = target.indexOf('?');
        ApiResponse response = api.handle(new ApiRequest(
                method,
                query < 0 ? target : target.substring(0, query),
                query < 0 ? null : target.substring(query + 1),
                ApiHeaders.of(lines.toArray(String[]::new)),
                new ByteArrayInputStream(bytes),
                "192.0.2.9"));
        Json json = response.body() instanceof ApiBody.Bytes content && content.content().length > 0
                ? node.matrix.json().parse(content.content())
                : new JsonNull();
        return new Answer(response.status(), response.headers(), json);
    }

    private Answer call(String method, String target, @Nullable String body, String... headers) {
        return as("alice", method, target, body, headers);
    }

    private String create() {
        return call("POST", "/v1/webhooks", CREATE).text("id");
    }

    @Test
    void anEndpointIsMadeShownListedChangedAndDeleted() {
        Answer created = call("POST", "/v1/webhooks", """
            {"url":"https://alice.example.com/hooks","events":["instance.*"],"schemes":["standard_v1","standard_v1a"],
             "filter":{"data":{"region":["eu-1"]}},"timeout":"PT5S","maxInFlight":3,"rateLimit":{"perSecond":5,"burst":9},
             "ordering":"per_subject","body":"thin","headers":{"X-Token":"hush"},"description":"mine",
             "metadata":{"team":"core"},"retry":{"delays":["PT1M"],"jitter":0.1,"deferralLimit":"PT1H"}}\
            """);
        String id = created.text("id");
        String target = "/v1/webhooks/" + id;
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.text("secret")).startsWith("whsec_");
        assertThat(created.headers().first("ETag")).isEqualTo("\"1\"");
        assertThat(created.text("filter", "data", "region", "0")).isEqualTo("eu-1");
        assertThat(created.text("headerNames", "0")).isEqualTo("X-Token");

        Answer shown = call("GET", target, null);
        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.at("secret")).isEqualTo(new JsonNull());
        assertThat(shown.text("timeout")).isEqualTo("PT5S");
        assertThat(shown.text("ordering")).isEqualTo("per_subject");

        Answer listed = call("GET", "/v1/webhooks?status=active", null);
        assertThat(listed.text("items", "0", "id")).isEqualTo(id);
        assertThat(call("GET", "/v1/webhooks?status=paused", null).at("items")).isEqualTo(new JsonArray(List.of()));

        assertThat(call("PATCH", target, "{\"description\":null}", "If-Match", "\"9\"")
                        .status())
                .isEqualTo(412);
        Answer patched = call(
                "PATCH",
                target,
                "{\"description\":null,\"filter\":null,\"rateLimit\":null,\"headers\":{},\"maxInFlight\":8,\"status\":\"paused\"}",
                "If-Match",
                "\"1\"");
        assertThat(patched.status()).isEqualTo(200);
        assertThat(patched.at("description")).isEqualTo(new JsonNull());
        assertThat(patched.at("filter")).isEqualTo(new JsonNull());
        assertThat(patched.at("rateLimit")).isEqualTo(new JsonNull());
        assertThat(patched.at("headerNames")).isEqualTo(new JsonArray(List.of()));
        assertThat(patched.number("maxInFlight")).isEqualTo(8);
        assertThat(patched.text("status")).isEqualTo("paused");
        assertThat(patched.text("timeout")).as("what is absent stays").isEqualTo("PT5S");
        assertThat(patched.headers().first("ETag")).isEqualTo("\"" + patched.number("version") + "\"");
        assertThat(call("PATCH", target, "{}").number("version")).isEqualTo(patched.number("version"));

        assertThat(call("DELETE", target, null).status()).isEqualTo(204);
        assertThat(call("GET", target, null).status()).isEqualTo(404);
    }

    @Test
    void whatIsWrongIsRefusedByItsStatus() {
        assertThat(call("POST", "/v1/webhooks", "{\"url\":\"http://127.0.0.1/\",\"events\":[\"*\"]}")
                        .status())
                .isEqualTo(422);
        assertThat(call("POST", "/v1/webhooks", "{\"events\":[\"*\"]}").status())
                .isEqualTo(400);
        assertThat(as("reader", "POST", "/v1/webhooks", CREATE).status()).isEqualTo(403);
        String id = create();
        assertThat(call("PATCH", "/v1/webhooks/" + id, "{\"url\":null}").status())
                .isEqualTo(400);
        call("PATCH", "/v1/webhooks/" + id, "{\"status\":\"disabled\"}");
        assertThat(call("PATCH", "/v1/webhooks/" + id, "{\"status\":\"paused\"}")
                        .status())
                .isEqualTo(409);
    }

    @Test
    void deliveriesAreListedRepeatedAndCancelledAndAttemptsShowTheReply() {
        String id = create();
        node.receivers.at(
                Node.URL,
                call -> new HttpReply(
                        500,
                        Map.of(),
                        new byte[] {(byte) 0xff, 0},
                        HttpReply.End.COMPLETE,
                        "192.0.2.1",
                        HttpReply.Timing.NONE));
        node.publish("i-1");
        node.drive();
        node.receivers.at(Node.URL, 500);
        node.jump(Duration.ofSeconds(7));

        Answer list = call("GET", "/v1/webhooks/" + id + "/deliveries?state=retrying&eventType=instance.started", null);
        String delivery = list.text("items", "0", "id");
        String target = "/v1/webhook-deliveries/" + delivery;
        assertThat(list.status()).isEqualTo(200);
        assertThat(list.text("items", "0", "webhookId")).isEqualTo(id);
        Answer attempts = call("GET", target + "/attempts?limit=1", null);
        assertThat(attempts.text("items", "0", "replyBody")).isEqualTo("/wA=");
        assertThat(attempts.text("items", "0", "encoding")).isEqualTo("base64");
        Answer next = call("GET", target + "/attempts?limit=1&cursor=" + attempts.text("nextCursor"), null);
        assertThat(next.text("items", "0", "replyBody")).isEqualTo("ok");
        assertThat(next.text("items", "0", "encoding")).isEqualTo("utf8");

        Answer cancelled = call("POST", target + "/cancellations", null);
        assertThat(cancelled.status()).isEqualTo(200);
        assertThat(cancelled.text("endReason")).isEqualTo("manual");
        assertThat(call("POST", target + "/cancellations", null).status()).isEqualTo(409);
        Answer retried = call("POST", target + "/retries", null);
        assertThat(retried.status()).isEqualTo(202);
        assertThat(retried.text("trigger")).isEqualTo("manual");
        node.receivers.at(Node.URL, 200);
        node.drive();
        assertThat(call("GET", target, null).text("state")).isEqualTo("delivered");

        Answer stats = call("GET", "/v1/webhooks/" + id + "/stats?window=PT1H", null);
        assertThat(stats.number("deliveries", "delivered")).isEqualTo(1);
        assertThat(stats.number("requests")).isEqualTo(3);
    }

    /** All of them are of one instant, so that only their ids part them. */
    @Test
    @Tag("C12")
    void rowsThatComeAndGoAtAPagesEdgeLeaveTheOthersOnce() {
        List<String> stable = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            stable.add(create());
        }
        String edge = stable.remove(2);
        List<String> seen = new ArrayList<>();
        String target = "/v1/webhooks?limit=3";
        Answer page = call("GET", target, null);
        while (true) {
            for (Json item : ((JsonArray) Objects.requireNonNull(page.at("items"))).items()) {
                seen.add(((JsonString) Objects.requireNonNull(((JsonObject) item).get("id"))).value());
            }
            if (page.text("nextCursor").isEmpty()) {
                break;
            }
            call("DELETE", "/v1/webhooks/" + edge, null);
            create();
            page = call("GET", target + "&cursor=" + page.text("nextCursor"), null);
        }
        assertThat(seen).containsAll(stable).doesNotHaveDuplicates();
    }

    @Test
    @Tag("C12")
    void deliveriesOfOneInstantAreEachListedOnce() {
        String id = create();
        for (int i = 0; i < 5; i++) {
            node.publish("i-" + i);
        }
        List<String> seen = new ArrayList<>();
        String target = "/v1/webhooks/" + id + "/deliveries?limit=2";
        Answer page = call("GET", target, null);
        for (int pages = 1; ; pages++) {
            for (Json item : ((JsonArray) Objects.requireNonNull(page.at("items"))).items()) {
                seen.add(((JsonString) Objects.requireNonNull(((JsonObject) item).get("subject"))).value());
            }
            if (page.text("nextCursor").isEmpty()) {
                assertThat(pages).isEqualTo(3);
                break;
            }
            page = call("GET", target + "&cursor=" + page.text("nextCursor"), null);
        }
        assertThat(seen).containsExactlyInAnyOrder("i-0", "i-1", "i-2", "i-3", "i-4");
    }

    @Test
    @Tag("W11")
    void secretsRotateAndPublicKeysAreAJwkSet() {
        String id = call(
                        "POST",
                        "/v1/webhooks",
                        "{\"url\":\"https://alice.example.com/hooks\",\"events\":[\"instance.*\"],\"schemes\":[\"standard_v1a\"]}")
                .text("id");
        Answer rotated = call("POST", "/v1/webhooks/" + id + "/secret-rotations", "{\"graceSeconds\":3600}");
        assertThat(rotated.status()).isEqualTo(201);
        assertThat(rotated.text("secret")).startsWith("whsec_");
        assertThat(rotated.text("keys", "0", "id")).startsWith("whk_");
        Answer keys = call("GET", "/v1/webhooks/" + id + "/public-keys", null);
        assertThat(keys.text("keys", "0", "kty")).isEqualTo("OKP");
        assertThat(keys.text("keys", "0", "whpk")).startsWith("whpk_");
        for (int i = 0; i < 9; i++) {
            call("POST", "/v1/webhooks/" + id + "/secret-rotations", "{}");
        }
        assertThat(call("POST", "/v1/webhooks/" + id + "/secret-rotations", "{}")
                        .status())
                .isEqualTo(409);
    }

    @Test
    @Tag("W41")
    void theEleventhTestEventOfAMinuteIsTooMany() {
        String target = "/v1/webhooks/" + create() + "/test-events";
        for (int i = 0; i < 10; i++) {
            Answer sent = call("POST", target, "{\"eventType\":\"payment.succeeded\"}");
            assertThat(sent.status()).isEqualTo(202);
            assertThat(sent.text("trigger")).isEqualTo("test");
        }
        Answer refused = call("POST", target, "{\"eventType\":\"payment.succeeded\"}");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.headers().first("Retry-After")).isEqualTo("6");
        assertThat(call("POST", target, "{\"eventType\":\"no.such\"}").status()).isEqualTo(422);
    }

    @Test
    @Tag("W40")
    void aRecoveryIsStartedWatchedAndStopped() {
        String id = create();
        node.jump(Duration.ofSeconds(1));
        Answer started = call(
                "POST",
                "/v1/webhooks/" + id + "/recoveries",
                "{\"since\":\"2025-12-31T00:00:00Z\",\"include\":\"both\"}");
        String target = "/v1/webhooks/" + id + "/recoveries/" + started.text("id");
        assertThat(started.status()).isEqualTo(202);
        assertThat(started.text("state")).isEqualTo("running");
        Answer second = call("POST", "/v1/webhooks/" + id + "/recoveries", "{\"since\":\"2025-12-31T00:00:00Z\"}");
        assertThat(second.status()).isEqualTo(409);
        assertThat(second.text("detail")).contains(started.text("id"));
        assertThat(call("DELETE", target, null).status()).isEqualTo(204);
        assertThat(call("GET", target, null).text("state")).isEqualTo("stopped");
        assertThat(call("GET", "/v1/webhooks/" + create() + "/recoveries/" + started.text("id"), null)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void anotherOwnersIdIsNotFoundAndAnOperatorNeedsTheIdAlone() {
        String id = create();
        node.receivers.at(Node.URL, 500);
        node.publish("i-1");
        node.drive();
        node.jump(Duration.ofSeconds(1));
        String delivery =
                call("GET", "/v1/webhooks/" + id + "/deliveries", null).text("items", "0", "id");
        String recovery = call("POST", "/v1/webhooks/" + id + "/recoveries", "{\"since\":\"2025-12-31T00:00:00Z\"}")
                .text("id");
        String webhook = "/v1/webhooks/" + id;
        String one = "/v1/webhook-deliveries/" + delivery;
        List<List<String>> calls = List.of(
                List.of("GET", webhook),
                List.of("PATCH", webhook, "{\"description\":\"x\"}"),
                List.of("GET", webhook + "/deliveries"),
                List.of("GET", webhook + "/stats"),
                List.of("GET", webhook + "/public-keys"),
                List.of("POST", webhook + "/secret-rotations", "{}"),
                List.of("POST", webhook + "/test-events", "{\"eventType\":\"payment.succeeded\"}"),
                List.of("GET", webhook + "/recoveries/" + recovery),
                List.of("DELETE", webhook + "/recoveries/" + recovery),
                List.of("POST", webhook + "/recoveries", "{\"since\":\"2025-12-31T00:00:00Z\"}"),
                List.of("GET", one),
                List.of("GET", one + "/attempts"),
                List.of("POST", one + "/retries"),
                List.of("POST", one + "/cancellations"),
                List.of("DELETE", webhook));
        for (List<String> each : calls) {
            String body = each.size() > 2 ? each.get(2) : null;
            assertThat(as("eve", each.get(0), each.get(1), body).status())
                    .as("eve: %s", each)
                    .isEqualTo(404);
        }
        for (List<String> each : calls) {
            String body = each.size() > 2 ? each.get(2) : null;
            assertThat(as("operator", each.get(0), each.get(1), body).status())
                    .as("operator: %s", each)
                    .isBetween(200, 299);
            assertThat(as("operator", each.get(0), each.get(1).replace("_01", "_99"), body)
                            .status())
                    .as("operator, unknown id: %s", each)
                    .isEqualTo(404);
        }
    }

    @Test
    void aRepeatedKeyMakesOneEndpointAndReplaysItsSecret() {
        Answer first = call("POST", "/v1/webhooks", CREATE, "Idempotency-Key", "k1");
        Answer again = call("POST", "/v1/webhooks", CREATE, "Idempotency-Key", "k1");

        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().first("Idempotent-Replayed")).isEqualTo("true");
        assertThat(((JsonArray) java.util.Objects.requireNonNull(
                                call("GET", "/v1/webhooks", null).at("items")))
                        .items())
                .hasSize(1);
    }

    @Test
    void theOperationsAreThoseOfTheContractEachWithItsScope() {
        assertThat(node.webhooks.api().operations())
                .extracting(Operation::id)
                .containsExactlyInAnyOrder(
                        "createWebhook",
                        "updateWebhook",
                        "deleteWebhook",
                        "rotateWebhookSecret",
                        "sendWebhookTestEvent",
                        "startWebhookRecovery",
                        "stopWebhookRecovery",
                        "retryWebhookDelivery",
                        "cancelWebhookDelivery",
                        "listWebhooks",
                        "getWebhook",
                        "listWebhookDeliveries",
                        "getWebhookStats",
                        "listWebhookPublicKeys",
                        "getWebhookRecovery",
                        "getWebhookDelivery",
                        "listWebhookAttempts");
        assertThat(node.webhooks.api().operations())
                .allSatisfy(operation -> assertThat(operation.access())
                        .contains(new Access.Scope(
                                operation.method().equals("GET") ? "webhooks:read" : "webhooks:write")));
    }

    @Test
    void noTextOfARequestOrReplyShowsSecretsOrHeaderValues() {
        Json hush = new JsonObject(Map.of("X-Token", new JsonString("hush")));
        byte[] create = node.matrix
                .json()
                .write(new JsonObject(Map.of(
                        "url", new JsonString(Node.URL),
                        "events", new JsonArray(List.of(new JsonString("*"))),
                        "secret", new JsonString("hush"),
                        "headers", hush)));
        EndpointView view = node.webhooks.register(Node.endpoint()).endpoint();

        assertThat(node.matrix.json().decode(create, WebhookRequests.CreateWebhook.class))
                .asString()
                .contains(Node.URL)
                .doesNotContain("hush");
        assertThat(new WebhookRequests.RotateSecret("whe_1", 0, "hush", false))
                .asString()
                .doesNotContain("hush");
        assertThat(WebhookViews.Webhook.of(view, "hush", node.matrix.json()))
                .asString()
                .contains(view.id())
                .doesNotContain("hush");
        assertThat(WebhookViews.WebhookRotation.of(new Rotation("hush", List.of())))
                .asString()
                .doesNotContain("hush");
        assertThat(WebhookExamples.PAUSE).asString().isEqualTo("UpdateWebhook[" + WebhookExamples.PAUSE.id() + "]");
    }
}
