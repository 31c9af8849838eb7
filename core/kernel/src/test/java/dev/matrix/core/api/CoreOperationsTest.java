package dev.matrix.core.api;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.api.ApiBench.Answer;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventQuery;
import dev.matrix.core.event.EventType;
import dev.matrix.core.event.payload.EventTypes;
import dev.matrix.core.event.spi.DispatchStore;
import dev.matrix.core.json.Json;
import dev.matrix.core.json.Json.JsonObject;
import dev.matrix.core.wire.ApiVersion;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Core's own operations. */
class CoreOperationsTest {

    private final ApiBench bench = ApiBench.create();

    private Answer publish(String body, String... headers) {
        ApiBench.Ask ask = bench.post("/v1/events", body).as("root");
        for (int i = 0; i < headers.length; i += 2) {
            ask.header(headers[i], headers[i + 1]);
        }
        return ask.send();
    }

    private ApiExample example() {
        Operation<?, ?> publish = bench.api.catalog().operations().stream()
                .filter(o -> o.id().equals("publishEvent"))
                .findFirst()
                .orElseThrow();
        return bench.api.catalog().examples(publish, ApiVersion.FIRST).get(0);
    }

    private String body() {
        return new String(bench.matrix.json().write(requireNonNull(example().body())), StandardCharsets.UTF_8);
    }

    @Test
    void eventsArePublishedListedAndRead() {
        Answer published = publish(body());

        assertThat(published.status()).isEqualTo(201);
        assertThat(published.header("Location")).isEqualTo("/v1/events/" + published.member("id"));
        Answer read =
                bench.get("/v1/events/" + published.member("id")).as("root").send();
        assertThat(read.member("type")).isEqualTo("payment.succeeded");
        assertThat(bench.get("/v1/events?type=payment.succeeded&limit=1")
                        .as("root")
                        .send()
                        .body())
                .contains(published.member("id"));
        assertThat(bench.get("/v1/events?type=invoice.paid").as("root").send().body())
                .contains("\"items\":[]");
        assertThat(bench.get("/v1/events?since=2030-01-01T00:00:00Z&until=2031-01-01T00:00:00Z")
                        .as("root")
                        .send()
                        .body())
                .contains("\"items\":[]");
        assertThat(bench.get("/v1/events/" + published.member("id"))
                        .as("bob")
                        .send()
                        .status())
                .isEqualTo(404);
    }

    @Test
    @Tag("H15")
    void thePublishersKeyIsKeptWithTheEvent() {
        Answer first = publish(body(), "Idempotency-Key", "k1");
        Answer again = publish(body(), "Idempotency-Key", "k1");
        Answer other = publish(
                body().replace("\"subject", "\"subject").replaceFirst("(\"id\":\")", "$1x"), "Idempotency-Key", "k1");

        assertThat(first.status()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.member("id")).isEqualTo(first.member("id"));
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(other.code()).isEqualTo("idempotency_key_reused");
    }

    @Test
    void whatTheLogRefusesIsSaid() {
        assertThat(publish(body().replace("payment.succeeded", "payment.unknown"))
                        .body())
                .contains("\"pointer\":\"/type\"");
        assertThat(publish("{\"type\":\"payment.succeeded\",\"ownerType\":\"user\",\"ownerId\":\"u\",\"data\":{}}")
                        .body())
                .contains("\"pointer\":\"/data/");
        assertThat(publish("{\"type\":\"payment.succeeded\",\"ownerType\":\"user\",\"ownerId\":\"u\",\"data\":[]}")
                        .code())
                .isEqualTo("unprocessable");
        assertThat(publish("{\"type\":\"payment.succeeded\",\"ownerType\":\"user\",\"ownerId\":\"u\",\"data\":{\"x\":\""
                                + "y".repeat(256 << 10) + "\"}}")
                        .status())
                .isEqualTo(413);
        String own = body().substring(0, body().length() - 1) + ",\"id\":\"my-1\"}";
        assertThat(publish(own).member("id")).isEqualTo("my-1");
        assertThat(publish(own.replaceFirst("(\"data\":\\{\"id\":\")", "$1x")).status())
                .isIn(200, 409);
    }

    private static String usage(String more) {
        return "{\"type\":\"usage.recorded\"" + more + "}";
    }

    @Test
    @Tag("H11")
    void customersPublishTheirOwnUsageAndNothingThatMoneyFollowsFrom() {
        byte[] example =
                bench.matrix.json().encode(EventTypes.USAGE_RECORDED.example().orElseThrow());
        String data = new String(example, StandardCharsets.UTF_8);
        Map<String, Json> members =
                new TreeMap<>(((JsonObject) bench.matrix.json().parse(example)).members());
        members.keySet().removeAll(List.of("ownerType", "ownerId"));
        String own = new String(bench.matrix.json().write(new JsonObject(members)), StandardCharsets.UTF_8);

        Answer usage =
                bench.post("/v1/events", usage(",\"data\":" + own)).as("alice").send();
        assertThat(usage.status()).as(usage.body()).isEqualTo(201);
        assertThat(bench.post("/v1/events", usage(",\"data\":" + data))
                        .as("alice")
                        .send()
                        .status())
                .as("another's")
                .isEqualTo(404);
        for (EventType type : bench.api.catalog().events()) {
            Answer answer = bench.post("/v1/events", "{\"type\":\"" + type + "\",\"data\":{}}")
                    .as("alice")
                    .send();
            boolean ofOwners = type.name().startsWith("usage.") || type.name().startsWith("instance.");
            assertThat(answer.code()).as(type.name()).isEqualTo(ofOwners ? "unprocessable" : "access_denied");
        }
        assertThat(bench.get("/v1/events?type=payment.succeeded")
                        .as("root")
                        .send()
                        .body())
                .contains("\"items\":[]");
    }

    /** An id is unique among all owners: a customer that chose one could take another's, or learn that it exists. */
    @Test
    @Tag("H11")
    void onlyOperatorsChooseAnEventsId() {
        Answer answer = bench.post("/v1/events", usage(",\"id\":\"evt_of_bob\",\"data\":{}"))
                .as("alice")
                .send();

        assertThat(answer.code()).isEqualTo("access_denied");
        assertThat(publish(usage(",\"id\":\"evt_1\\n\",\"ownerType\":\"user\",\"ownerId\":\"u\",\"data\":{}"))
                        .body())
                .contains("\"pointer\":\"/id\",\"code\":\"pattern\"");
    }

    @Test
    @Tag("H11")
    void theBacklogOfThePlatformIsForOperators() {
        for (String target : List.of("/v1/event-subscribers", "/v1/event-failures?subscriber=webhooks")) {
            assertThat(bench.get(target).as("alice").send().code()).isEqualTo("access_denied");
        }
        for (String act : List.of("retries", "skips")) {
            assertThat(bench.post("/v1/event-failures/webhooks/evt_1/" + act, "{\"reason\":\"a\"}")
                            .as("alice")
                            .send()
                            .code())
                    .isEqualTo("access_denied");
        }
    }

    @Test
    void eventTypesHaveSchemasThatTheirExamplesFit() {
        Answer types = bench.get("/v1/event-types").as("alice").send();

        assertThat(types.status()).isEqualTo(200);
        assertThat(types.body())
                .contains("\"type\":\"usage.recorded\"")
                .contains("\"explicitOnly\":true")
                .contains("$defs");
        ApiCatalog catalog = bench.api.catalog();
        for (EventType type : catalog.events()) {
            EventPayload payload = type.example().orElseThrow();
            Json example = bench.matrix.json().parse(bench.matrix.json().encode(payload));
            SchemaCheck check =
                    new SchemaCheck(new SchemaCheck.Terms(catalog.types(catalog.newest()), bench.matrix.json()));
            check.check(example, catalog.eventData(type));
            assertThat(check.errors()).as(type.name()).isEmpty();
        }
    }

    @Test
    void subscribersAndFailuresAreLookedAfter() {
        assertThat(bench.get("/v1/event-subscribers").as("root").send().body()).contains("\"items\":[]");
        assertThat(bench.get("/v1/event-failures?subscriber=webhooks")
                        .as("root")
                        .send()
                        .body())
                .contains("\"items\":[]");
        assertThat(bench.post("/v1/event-failures/webhooks/evt_1/retries", null)
                        .as("root")
                        .send()
                        .status())
                .isEqualTo(404);
        assertThat(bench.post("/v1/event-failures/webhooks/evt_1/skips", "{\"reason\":\"gone\"}")
                        .as("root")
                        .send()
                        .status())
                .isEqualTo(404);
        assertThat(bench.get("/v1/event-subscribers").as("alice").send().status())
                .isEqualTo(403);
    }

    /** An event that the subscriber "books" couldn't handle. */
    private String failed() {
        String id = publish(body()).member("id");
        DispatchStore dispatch = bench.matrix.stores().get(DispatchStore.class);
        Instant now = bench.clock.instant();
        bench.matrix.transactions().inTransaction(tx -> {
            dispatch.addMissing(tx, "books", EventQuery.all(), true, null, 1, now);
            DispatchStore.Claim claim = dispatch.claim(tx, "books", "node", now, 1, Duration.ofMinutes(1))
                    .get(0);
            dispatch.reschedule(tx, claim, now, null, "the disk is full");
        });
        return "/v1/event-failures/books/" + id;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"/retries||202", "/skips|{\"reason\":\"gone\"}|204"})
    @Tag("H15")
    void aFailureIsSettledOnceUnderAKey(String path, @Nullable String json, int status) {
        ApiBench.Ask ask = bench.post(failed() + path, json).as("root").header("Idempotency-Key", "k");
        Answer first = ask.send();
        Answer again = ask.send();

        assertThat(first.status()).isEqualTo(status);
        assertThat(again.status()).isEqualTo(status);
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(bench.get("/v1/event-failures?subscriber=books")
                        .as("root")
                        .send()
                        .body())
                .contains("\"items\":[]");
    }

    @Test
    void callersReadWhoTheyAre() {
        assertThat(bench.get("/v1/me").as("reader").send().body())
                .isEqualTo("{\"principalId\":\"key_r\",\"ownerType\":\"user\",\"ownerId\":\"u_alice\","
                        + "\"scopes\":[\"notes:read\"],\"version\":\"2026-11-01\",\"supportedVersions\":[\"2026-11-01\"],"
                        + "\"rate\":{\"name\":\"default\",\"quota\":600,\"window\":\"PT1M\"}}");
        assertThat(bench.get("/v1/changelog").send().body()).contains("The first version.");
    }

    @Test
    void theCatalogueDescribesEverything() {
        ApiCatalog catalog = bench.api.catalog();

        assertThat(catalog.codes())
                .extracting(ProblemCode::code)
                .contains("not_found", "note_refused")
                .doesNotHaveDuplicates();
        assertThat(catalog.rates()).containsKeys("default", "heavy", "anonymous", "notifications");
        assertThat(catalog.baseUrl()).isEmpty();
        assertThat(catalog.types(catalog.newest())).containsKeys("Note", "Event", "Caller");
        for (Operation<?, ?> operation : catalog.operations()) {
            OperationSchema schema = catalog.schema(operation, catalog.newest());
            assertThat(schema.replies()).as(operation.id()).isNotEmpty();
            assertThat(catalog.examples(operation, catalog.newest())).isNotEmpty();
        }
        Operation<?, ?> list = catalog.operations().stream()
                .filter(o -> o.id().equals("listNotes"))
                .findFirst()
                .orElseThrow();
        assertThat(catalog.schema(list, catalog.newest()).parameters())
                .extracting(p -> p.property().name())
                .containsExactly("ownerType", "ownerId", "tag", "since", "limit", "cursor");
    }
}
