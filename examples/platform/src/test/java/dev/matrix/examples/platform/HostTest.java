package dev.matrix.examples.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Matrix;
import dev.matrix.core.api.ApiCatalog;
import dev.matrix.core.api.ApiExample;
import dev.matrix.core.api.ApiHeaders;
import dev.matrix.core.api.Operation;
import dev.matrix.core.json.Json;
import dev.matrix.core.json.Json.JsonObject;
import dev.matrix.core.json.Json.JsonString;
import dev.matrix.core.json.JsonCodec;
import dev.matrix.core.money.Currencies;
import dev.matrix.core.spi.Stores;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The host over HTTP, on an embedded database. */
class HostTest {

    private static final JsonCodec JSON = JsonCodec.of(Currencies.standard());
    private static final String KEY = "sixteen-visible-characters";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private Host start() throws Exception {
        return Host.start(Settings.of(Map.of("MATRIX_PORT", "0", "MATRIX_DATA", data().toString())));
    }

    private Path data() {
        return folder.resolve("data");
    }

    @Test
    @Tag("C24")
    @Tag("P2")
    void aKeyIsMadeOnceAcceptedAfterARestartAndKeptAsAHash() throws Exception {
        String key;
        try (Host host = start()) {
            key = String.valueOf(host.newBootstrapKey());
            HttpResponse<String> me = Caller.of(host.uri(), key).get("/v1/me");
            assertThat(me.statusCode()).isEqualTo(200);
            assertThat(me.body())
                    .contains("\"principalId\":\"bootstrap\"", "\"ownerId\":\"platform\"", "\"platform:operate\"");
        }
        try (Host host = start()) {
            assertThat(host.newBootstrapKey()).isNull();
            assertThat(Caller.of(host.uri(), key).get("/v1/me").statusCode()).isEqualTo(200);
            assertThat(Caller.of(host.uri(), key + "x").get("/v1/me").statusCode())
                    .isEqualTo(401);
        }
        try (Stream<Path> files = Files.walk(data())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), UTF_8)).doesNotContain(key);
            }
        }
    }

    @Test
    @Tag("SE72")
    @Tag("P2")
    void theBootstrapKeyMakesTheFirstKeyWhichIsGoodUntilItIsRevoked() throws Exception {
        try (Host host = start()) {
            Caller bootstrap = Caller.of(host.uri(), String.valueOf(host.newBootstrapKey()));
            HttpResponse<String> issued = bootstrap.send(
                    "POST",
                    "/v1/security/api-keys",
                    "{\"ownerType\":\"user\",\"ownerId\":\"u_42\",\"name\":\"first\",\"scopes\":[\"events:read\"]}");
            assertThat(issued.statusCode()).isEqualTo(201);
            Caller first = Caller.of(host.uri(), member(issued, "key"));
            HttpResponse<String> me = first.get("/v1/me");
            assertThat(me.statusCode()).isEqualTo(200);
            assertThat(me.body()).contains("\"ownerId\":\"u_42\"", member(issued, "id"));

            HttpResponse<String> rule = bootstrap.send(
                    "POST",
                    "/v1/security/ip-rules",
                    "{\"ownerType\":\"user\",\"ownerId\":\"u_42\",\"range\":\"127.0.0.1\",\"action\":\"block\"}");
            assertThat(rule.statusCode()).isEqualTo(409);
            HttpResponse<String> blocked = bootstrap.send(
                    "POST",
                    "/v1/security/ip-rules",
                    "{\"ownerType\":\"user\",\"ownerId\":\"u_42\",\"range\":\"127.0.0.1\",\"action\":\"block\",\"confirmed\":true}");
            assertThat(blocked.statusCode()).isEqualTo(201);
            awaitBody(first, "/v1/me", "access_denied");
            assertThat(first.get("/v1/me").body()).doesNotContain("ipr_");

            assertThat(bootstrap
                            .send("DELETE", "/v1/security/api-keys/" + member(issued, "id"), null)
                            .statusCode())
                    .isEqualTo(204);
            awaitBody(first, "/v1/me", "unauthenticated");
        }
    }

    @Test
    @Tag("P1")
    void databaseAndKeyFilesAreTheirOwnersAlone() throws Exception {
        start().close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data())))
                .isEqualTo("rwx------");
        for (String file : List.of("kek", "bootstrap-key.sha256", "matrix.mv.db")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data().resolve(file))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    @Tag("P3")
    void healthAndMetricsNeedNoKey() throws Exception {
        try (Host host = start()) {
            Caller anonymous = Caller.of(host.uri(), "none");
            HttpResponse<String> health = anonymous.get("/healthz");
            assertThat(health.statusCode()).isEqualTo(200);
            assertThat(health.body()).isEqualTo("alive\n");
            awaitReady(anonymous);
            anonymous.get("/v1/me");

            assertThat(anonymous.get("/metrics").body())
                    .contains(
                            "matrix_api_exchanges_total{operation=\"getCaller\",status=\"401\"} 1\n",
                            "matrix_api_refusals_total{code=\"unauthenticated\"} 1\n");
            assertThat(anonymous.send("POST", "/metrics", "{}").statusCode()).isEqualTo(404);
        }
    }

    private static void awaitReady(Caller caller) throws IOException, InterruptedException {
        HttpResponse<String> ready = caller.get("/readyz");
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (ready.statusCode() != 200 && System.nanoTime() < deadline) {
            assertThat(ready.body()).isEqualTo("not ready: steps\n");
            ready = caller.get("/readyz");
        }
        assertThat(ready.body()).isEqualTo("ready\n");
    }

    @Test
    @Tag("P3")
    void readinessNamesThePartThatFails() {
        try (Matrix matrix = Matrix.builder().stores(Stores.inMemory()).build()) {
            Heartbeat heartbeat = new Heartbeat();
            Health health = new Health(matrix, heartbeat);
            assertThat(health.failing()).contains("steps");
            heartbeat.run(matrix.storeClock().instant());
            assertThat(health.failing()).isEmpty();
            health.close();
            assertThat(health.failing()).contains("closing");
        }
    }

    private Settings with(String variable, String value) {
        return Settings.of(Map.of(
                "MATRIX_PORT", "0", "MATRIX_DATA", data().toString(), "MATRIX_BOOTSTRAP_KEY", KEY, variable, value));
    }

    /** Registered while they were allowed, so that registration isn't what keeps the request away. */
    @Test
    @Tag("C24")
    @Tag("P3")
    void onlyWherePrivateTargetsAreAllowedOneGetsARequest() throws Exception {
        String body = "{\"ownerType\":\"user\",\"ownerId\":\"u_1\",\"url\":\"%s\",\"events\":[\"payment.*\"]}";
        try (Receiver receiver = Receiver.start()) {
            String webhook;
            try (Host host = Host.start(with("MATRIX_ALLOW_PRIVATE_TARGETS", "true"))) {
                Caller caller = Caller.of(host.uri(), KEY);
                webhook = "/v1/webhooks/"
                        + member(caller.send("POST", "/v1/webhooks", body.formatted(receiver.uri())), "id");
                testEvent(caller, webhook);
                assertThat(receiver.received().poll(20, TimeUnit.SECONDS)).isNotNull();
                awaitBody(caller, webhook + "/deliveries", "\"state\":\"delivered\"");
                assertThat(caller.get("/metrics").body())
                        .contains("matrix_webhook_deliveries{state=\"delivered\"} 1\n");
            }
            try (Host host = Host.start(with("MATRIX_ALLOW_PRIVATE_TARGETS", "false"))) {
                Caller caller = Caller.of(host.uri(), KEY);
                assertThat(caller.send("POST", "/v1/webhooks", body.formatted(receiver.uri()))
                                .statusCode())
                        .isEqualTo(422);
                testEvent(caller, webhook);
                awaitBody(caller, webhook + "/deliveries", "\"lastError\":\"");
                assertThat(receiver.received()).isEmpty();
            }
        }
    }

    @Test
    @Tag("C13")
    void aHundredPostsAtOnceWithOneKeyAreOneWebhook() throws Exception {
        String body =
                "{\"ownerType\":\"user\",\"ownerId\":\"u_1\",\"url\":\"https://example.com/hooks\",\"events\":[\"*\"]}";
        ExecutorService callers = Executors.newFixedThreadPool(100);
        try (Host host = Host.start(with("MATRIX_ALLOW_PRIVATE_TARGETS", "false"))) {
            Caller caller = Caller.of(host.uri(), KEY);
            List<Callable<HttpResponse<String>>> posts = Collections.nCopies(
                    100, () -> caller.send("POST", "/v1/webhooks", body, "Idempotency-Key", "hook-1"));
            List<String> made = new ArrayList<>();
            int executed = 0;
            for (Future<HttpResponse<String>> each : callers.invokeAll(posts)) {
                HttpResponse<String> reply = each.get();
                if (reply.statusCode() == 201) {
                    made.add(reply.body());
                    executed +=
                            reply.headers().firstValue("Idempotent-Replayed").isPresent() ? 0 : 1;
                } else {
                    assertThat(member(reply, "code")).isEqualTo("idempotency_in_progress");
                }
            }
            assertThat(executed).isEqualTo(1);
            assertThat(Set.copyOf(made)).hasSize(1);
            assertThat(caller.get("/v1/webhooks?ownerType=user&ownerId=u_1").body())
                    .containsOnlyOnce("\"id\":\"whe_")
                    .endsWith("\"nextCursor\":null}");
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    @Tag("P5")
    void everyFeatureIsServedWithinItsRates() throws Exception {
        try (Host host = start()) {
            assertThat(host.catalog().operations())
                    .extracting(Operation::tag)
                    .contains("webhooks", "events", "currency", "tax", "analytics", "cost", "account", "devtools");
            HttpHeaders headers =
                    Caller.of(host.uri(), "none").get("/v1/changelog").headers();
            assertThat(headers.firstValue("RateLimit-Policy")).contains("\"anonymous\";q=120;w=60");
            assertThat(headers.firstValue("RateLimit")).contains("\"anonymous\";r=119;t=1");
        }
    }

    /** What every client carries is bounded by the operations that it calls. */
    @ParameterizedTest
    @ValueSource(strings = {"typescript", "javascript", "python", "curl"})
    @Tag("D2")
    void aClientHasAtMostTwentyKilobytesAndOneMoreForEachOperation(String language) throws Exception {
        try (Host host = start()) {
            HttpResponse<String> client = Caller.of(host.uri(), "none").get("/v1/sdks/" + language);
            int operations = host.catalog().operations().size();
            assertThat(client.body().getBytes(UTF_8).length).isLessThanOrEqualTo(20_480 + 1_024 * operations);
        }
    }

    private static void testEvent(Caller caller, String webhook) throws IOException, InterruptedException {
        assertThat(caller.send("POST", webhook + "/test-events", "{\"eventType\":\"payment.succeeded\"}")
                        .statusCode())
                .isEqualTo(202);
    }

    private static String member(HttpResponse<String> reply, String name) {
        Json value = ((JsonObject) JSON.parse(reply.body().getBytes(UTF_8))).get(name);
        return value instanceof JsonString text ? text.value() : "";
    }

    private static void awaitBody(Caller caller, String path, String part) throws IOException, InterruptedException {
        HttpResponse<String> reply = caller.get(path);
        // Meanwhile the limit of requests may be met: there are some each second all the same.
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!reply.body().contains(part) && System.nanoTime() < deadline) {
            reply = caller.get(path);
        }
        assertThat(reply.body()).contains(part);
    }

    @Test
    @Tag("P1")
    void sampleDataIsPublishedOnce() throws Exception {
        Settings settings = with("MATRIX_SAMPLE_DATA", "true");
        String path = "/v1/events?ownerType=user&ownerId=sample_199&limit=100";
        String first;
        try (Host host = Host.start(settings)) {
            first = Caller.of(host.uri(), KEY).get(path).body();
        }
        try (Host host = Host.start(settings)) {
            assertThat(Caller.of(host.uri(), KEY).get(path).body()).isEqualTo(first);
        }
        assertThat(first).contains("subscription.created", "invoice.paid", "payment.succeeded", "usage.recorded");
    }

    @Test
    @Tag("P1")
    void nodesOverOnePostgresqlShareEverything() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "off")
                .setPGStartupWait(Duration.ofSeconds(60))
                .start()) {
            Settings settings = with("MATRIX_DATABASE", postgres.getJdbcUrl("postgres", "postgres"));
            try (Host one = Host.start(settings);
                    Host two = Host.start(settings)) {
                String event = "{\"type\":\"api_key.created\",\"ownerType\":\"user\",\"ownerId\":\"u_1\",\"data\":"
                        + "{\"id\":\"key_1\",\"name\":\"ci\",\"hint\":\"4f2a\",\"scopes\":[],\"at\":\"2026-11-01T00:00:00Z\"}}";
                HttpResponse<String> published = Caller.of(one.uri(), KEY).send("POST", "/v1/events", event);
                assertThat(published.statusCode()).isEqualTo(201);
                Caller other = Caller.of(two.uri(), KEY);
                assertThat(other.get("/v1/events/" + member(published, "id")).statusCode())
                        .isEqualTo(200);
                awaitReady(other);
            }
            assertThat(data().resolve("kek")).exists();
            try (Stream<Path> files = Files.list(data())) {
                assertThat(files).noneMatch(file -> file.toString().endsWith(".mv.db"));
            }
        }
    }

    @Test
    @Tag("C24")
    void noExampleGivesAServerError() throws Exception {
        try (Host host = start()) {
            Caller caller = Caller.of(host.uri(), String.valueOf(host.newBootstrapKey()));
            ApiCatalog catalog = host.catalog();
            List<String> failed = new ArrayList<>();
            int sent = 0;
            for (Operation<?, ?> operation : catalog.operations()) {
                for (ApiExample example : catalog.examples(operation, catalog.newest())) {
                    HttpResponse<String> reply = send(caller, operation, example);
                    sent++;
                    // The proof of a second factor that an example names isn't one of this host's.
                    boolean refused = reply.statusCode() == 401
                            || (reply.statusCode() == 403 && !reply.body().contains("\"proof_required\""));
                    if (reply.statusCode() >= 500 || refused) {
                        failed.add(operation.id() + " → " + reply.statusCode() + " " + reply.body());
                    }
                }
            }
            assertThat(failed).isEmpty();
            assertThat(sent).isGreaterThan(10);
        }
    }

    private static HttpResponse<String> send(Caller caller, Operation<?, ?> operation, ApiExample example)
            throws IOException, InterruptedException {
        String key = operation.id() + "-" + example.name().replace(' ', '-');
        List<String> headers = new ArrayList<>(List.of("Idempotency-Key", key));
        for (ApiHeaders.Line line : example.headers().lines()) {
            headers.addAll(List.of(line.name(), line.value()));
        }
        return caller.send(
                operation.method(),
                example.path() + (example.query().isEmpty() ? "" : "?" + example.query()),
                example.body() == null ? null : new String(JSON.write(example.body()), UTF_8),
                headers.toArray(String[]::new));
    }
}
