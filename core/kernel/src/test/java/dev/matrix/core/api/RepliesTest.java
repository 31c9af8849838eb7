package dev.matrix.core.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.api.ApiBench.Answer;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Replies: their form, headers, tags and preconditions, and the order of the stages. */
class RepliesTest {

    private final ApiBench bench = ApiBench.create();

    @Test
    @Tag("H4")
    void repliesHaveEveryMemberInOrderWithoutSpaces() {
        Answer answer = bench.post("/v1/notes", "{\"memo\":\"milk\"}")
                .as("alice")
                .header("Request-Id", "mine-1")
                .send();

        assertThat(answer.body())
                .isEqualTo("{\"id\":\"note_1\",\"ownerType\":\"user\",\"ownerId\":\"u_alice\",\"memo\":\"milk\","
                        + "\"title\":null,\"stars\":3,\"labels\":{},\"version\":1}");
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("Location")).isEqualTo("/v1/notes/note_1");
        assertThat(answer.header("Request-Id")).isEqualTo("mine-1");
        assertThat(answer.header("Matrix-Version")).isEqualTo("2026-11-01");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Vary")).contains("Authorization");
        assertThat(answer.header("Cache-Control")).isEqualTo("private, no-cache");
        assertThat(answer.header("ETag")).isEqualTo("\"1\"");
    }

    @Test
    @Tag("H4")
    void otherRequestIdsAreReplacedAndOtherRepliesNotStored() {
        Answer answer = bench.get("/v1/notes")
                .as("alice")
                .header("Request-Id", "not ok\u00e9")
                .send();

        assertThat(answer.header("Request-Id")).startsWith("req_");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(bench.get("/nowhere").send().header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    @Tag("H4")
    void linksHaveTheBaseUrlAndNeverTheHost() {
        ApiBench based = ApiBench.with(b -> b.baseUrl(URI.create("https://api.example.com/base/")));

        Answer answer = based.post("/v1/notes", "{\"memo\":\"a\"}")
                .as("alice")
                .header("Host", "evil.example")
                .send();

        assertThat(answer.header("Location")).isEqualTo("https://api.example.com/base/v1/notes/note_1");
    }

    @Test
    @Tag("H4")
    @Tag("C8")
    void tagsAnswerConditions() {
        String path = "/v1/notes/" + bench.note("milk");

        Answer same = bench.get(path)
                .as("alice")
                .header("If-None-Match", "\"0\", W/\"1\"")
                .send();
        Answer stale = bench.ask("PATCH", path)
                .json("{\"memo\":\"b\"}")
                .as("alice")
                .header("If-Match", "\"0\"")
                .send();
        Answer fresh = bench.ask("PATCH", path)
                .json("{\"memo\":\"c\"}")
                .as("alice")
                .header("If-Match", "\"1\"")
                .send();

        assertThat(same.status()).isEqualTo(304);
        assertThat(same.body()).isEmpty();
        assertThat(stale.status()).isEqualTo(412);
        assertThat(fresh.body()).contains("\"memo\":\"c\"");
        assertThat(bench.ask("PATCH", path)
                        .json("{}")
                        .as("alice")
                        .header("If-Match", "*")
                        .send()
                        .status())
                .isEqualTo(200);
    }

    @Test
    @Tag("H4")
    void aRequiredPreconditionIsAskedFor() {
        ApiBench strict = ApiBench.strict();
        String path = "/v1/notes/" + strict.note("milk");

        assertThat(strict.ask("DELETE", path).as("alice").send().code()).isEqualTo("precondition_required");
        assertThat(strict.ask("DELETE", path)
                        .as("alice")
                        .header("If-Match", "\"1\"")
                        .send()
                        .status())
                .isEqualTo(204);
    }

    @Test
    @Tag("H1")
    void theFirstStageThatFailsAnswers() {
        String bad = "{\"memo\":1,";
        ApiBench.Ask ask = bench.ask("BREW", "/v1/nowhere" + "?x".repeat(5000)).header("Content-Type", "text/plain");
        assertThat(ask.send().status()).isEqualTo(414);
        assertThat(bench.ask("BREW", "/v1/nowhere").send().status()).isEqualTo(404);
        assertThat(bench.ask("BREW", "/v1/notes").send().status()).isEqualTo(501);
        assertThat(bench.ask("PUT", "/v1/notes").send().status()).isEqualTo(405);
        assertThat(create(bad).header("Matrix-Version", "x").send().status()).isEqualTo(401);
        assertThat(create(bad).as("reader").header("Matrix-Version", "x").send().status())
                .isEqualTo(403);
        assertThat(create(bad)
                        .as("alice")
                        .header("Matrix-Version", "x")
                        .header("Accept", "text/html")
                        .send()
                        .code())
                .isEqualTo("unsupported_version");
        assertThat(create(bad).as("alice").header("Accept", "text/html").send().status())
                .isEqualTo(406);
        assertThat(create(bad).as("alice").header("Idempotency-Key", "").send().code())
                .isEqualTo("malformed_request");
        assertThat(create("{}").as("alice").header("Idempotency-Key", "").send().code())
                .isEqualTo("invalid_request");
        assertThat(create("{\"memo\":\"a\"}")
                        .as("alice")
                        .header("Idempotency-Key", "")
                        .send()
                        .code())
                .isEqualTo("invalid_idempotency_key");
        assertThat(bench.notes.ran).hasValue(0);
    }

    private ApiBench.Ask create(String body) {
        return bench.post("/v1/notes", body);
    }

    @Test
    @Tag("H3")
    void aClosedDispatcherIsUnavailable() {
        bench.api.close();
        bench.api.close();

        Answer answer = bench.get("/v1/notes").as("alice").send();

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("unavailable");
        assertThat(answer.header("Retry-After")).isEqualTo("1");
    }

    @Test
    @Tag("H3")
    void with512RequestsInHandTheNextIsOverloadedUntilOneIsAnswered() throws Exception {
        CountDownLatch inHand = new CountDownLatch(512);
        CountDownLatch answer = new CountDownLatch(1);
        ApiBench busy = ApiBench.with(b -> b.clientAddress(request -> {
            if (request.headers().first("Hold") != null) {
                inHand.countDown();
                awaited(answer);
            }
            return request.peer();
        }));
        ExecutorService callers = Executors.newFixedThreadPool(512);
        try {
            List<Future<Answer>> held = new ArrayList<>();
            for (int i = 0; i < 512; i++) {
                held.add(callers.submit(() ->
                        busy.get("/v1/notes").as("root").header("Hold", "on").send()));
            }
            awaited(inHand);
            Answer refused = busy.get("/v1/notes").as("alice").send();
            answer.countDown();

            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.code()).isEqualTo("overloaded");
            assertThat(refused.header("Matrix-Should-Retry")).isEqualTo("true");
            for (Future<Answer> each : held) {
                assertThat(each.get().status()).isEqualTo(200);
            }
            assertThat(busy.get("/v1/notes").as("alice").send().status()).isEqualTo(200);
        } finally {
            answer.countDown();
            callers.shutdownNow();
        }
    }

    /** What alice's 64 slow requests must not do. */
    @Test
    @Tag("H3")
    void oneCallersSlowRequestsKeepNobodyElseOut() throws Exception {
        CountDownLatch held = new CountDownLatch(64);
        CountDownLatch goOn = new CountDownLatch(1);
        ApiBench busy = ApiBench.with(b -> b.guard((principal, operation, address, now) -> {
            if (principal.id().equals("key_a") && held.getCount() > 0) {
                held.countDown();
                awaited(goOn);
            }
            return new dev.matrix.core.api.GuardVerdict.Admit();
        }));
        ExecutorService callers = Executors.newFixedThreadPool(64);
        try {
            List<Future<Answer>> slow = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                slow.add(callers.submit(() -> busy.get("/v1/notes").as("alice").send()));
            }
            awaited(held);

            assertThat(busy.get("/v1/notes").as("alice").send().code()).isEqualTo("overloaded");
            assertThat(busy.get("/v1/notes").as("bob").send().status()).isEqualTo(200);
            assertThat(busy.get("/v1/notes").as("root").send().status()).isEqualTo(200);
            goOn.countDown();
            for (Future<Answer> each : slow) {
                assertThat(each.get().status()).isEqualTo(200);
            }
            assertThat(busy.get("/v1/notes").as("alice").send().status()).isEqualTo(200);
        } finally {
            goOn.countDown();
            callers.shutdownNow();
        }
    }

    @Test
    @Tag("H3")
    void aRequestIsInProgressUntilItsReplyIsWrittenAlsoWhereWritingFails() throws Exception {
        ApiBench one = ApiBench.with(b -> b.limits(new ApiLimits(8 << 10, 16 << 10, 100, 1 << 20, 8, 1)));
        ApiRequest list = one.get("/v1/notes").as("alice").request();

        one.api.handle(list, response -> {
            assertThat(response.status()).isEqualTo(200);
            assertThat(one.get("/v1/notes").as("alice").send().code()).isEqualTo("overloaded");
            assertThat(one.get("/v1/notes").as("bob").send().status()).isEqualTo(200);
        });
        assertThatThrownBy(() -> one.api.handle(list, response -> {
                    throw new java.io.IOException("the client is gone");
                }))
                .hasMessage("the client is gone");

        assertThat(one.get("/v1/notes").as("alice").send().status()).isEqualTo(200);
    }

    @Test
    void aHandlerOfOneMethodHandsItsReplyToTheSender() throws Exception {
        ApiBench one = ApiBench.with(b -> b);
        ApiHandler plain = request -> one.api.handle(request);
        ApiRequest list = one.get("/v1/notes").as("alice").request();

        plain.handle(list, response -> assertThat(response.status()).isEqualTo(200));
    }

    @Test
    @Tag("H3")
    void anEighthIsKeptForOperators() throws Exception {
        InHand inHand = new InHand(16, 8);
        List<InHand.Place> places = new ArrayList<>();
        for (int i = 0; i < 14; i++) {
            InHand.Place place = inHand.enter();
            places.add(place);
            assertThat(place.take("caller " + i % 2)).isTrue();
        }
        try (InHand.Place third = inHand.enter();
                InHand.Place operator = inHand.enter();
                InHand.Place full = inHand.enter()) {
            assertThat(third.take("caller 3")).isFalse();
            assertThat(operator.admitted()).isTrue();
            assertThat(full.admitted()).isFalse();
        }
        places.forEach(InHand.Place::close);

        assertThat(inHand.close(java.time.Duration.ZERO)).isTrue();
        assertThat(inHand.enter().admitted()).isFalse();
    }

    private static void awaited(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @Tag("H12")
    @Tag("C11")
    void originsAreAllowedOneByOne() {
        ApiBench open = ApiBench.with(b -> b.cors("https://app.example.com"));

        Answer listed = open.get("/v1/notes")
                .as("alice")
                .header("Origin", "https://app.example.com")
                .send();
        Answer other = open.get("/v1/notes")
                .as("alice")
                .header("Origin", "https://app.example.com.evil")
                .send();
        Answer none = open.get("/v1/notes").as("alice").header("Origin", "null").send();
        Answer preflight = open.ask("OPTIONS", "/v1/notes")
                .header("Origin", "https://app.example.com")
                .header("Access-Control-Request-Method", "POST")
                .send();

        assertThat(listed.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example.com");
        assertThat(listed.header("Access-Control-Expose-Headers"))
                .contains("RateLimit")
                .contains("Idempotent-Replayed");
        assertThat(listed.header("Access-Control-Allow-Credentials")).isEmpty();
        assertThat(other.header("Access-Control-Allow-Origin")).isEmpty();
        assertThat(none.header("Access-Control-Allow-Origin")).isEmpty();
        assertThat(preflight.status()).isEqualTo(204);
        assertThat(preflight.header("Access-Control-Allow-Headers")).contains("Idempotency-Key");
        assertThat(bench.get("/v1/notes")
                        .as("alice")
                        .header("Origin", "https://app.example.com")
                        .send()
                        .header("Access-Control-Allow-Origin"))
                .isEmpty();
    }
}
