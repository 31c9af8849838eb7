package dev.matrix.core.api;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.api.ApiBench.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the dispatcher does with idempotency keys. */
class KeysOfCallersTest {

    private final ApiBench bench = ApiBench.create();

    private ApiBench.Ask create(String body, String key) {
        return bench.post("/v1/notes", body).as("alice").header("Idempotency-Key", key);
    }

    @Test
    @Tag("H15")
    @Tag("H16")
    @Tag("C14")
    void theSameRequestRunsOnce() {
        Answer first = create("{\"memo\":\"a\",\"stars\":1}", "k").send();
        Answer again = create(" {\"stars\":1.0, \"memo\":\"a\"}", "\"k\"").send();

        assertThat(bench.notes.ran).hasValue(1);
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(first.header("Idempotent-Replayed")).isEmpty();
        assertThat(bench.exchanges.get(1).replayed()).isTrue();
    }

    @Test
    @Tag("H16")
    @Tag("C14")
    void anotherRequestIsRefusedAndAnotherOwnerIsAnother() {
        create("{\"memo\":\"a\"}", "k").send();

        assertThat(create("{\"memo\":\"b\"}", "k").send().code()).isEqualTo("idempotency_key_reused");
        assertThat(bench.post("/v1/notes", "{\"memo\":\"a\"}")
                        .as("bob")
                        .header("Idempotency-Key", "k")
                        .send()
                        .status())
                .isEqualTo(201);
        assertThat(bench.notes.ran).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"boom", "refuse", "conflict"})
    @Tag("H15")
    @Tag("C14")
    void whatFailsLeavesTheKeyFree(String memo) {
        assertThat(create("{\"memo\":\"" + memo + "\"}", "k").send().status()).isGreaterThanOrEqualTo(400);
        assertThat(create("{\"memo\":\"fine\"}", "k").send().status()).isEqualTo(201);
    }

    @Test
    @Tag("H15")
    @Tag("C14")
    void whatIsRefusedBeforeItsHandlerLeavesTheKeyFree() {
        AtomicBoolean busy = new AtomicBoolean(true);
        ApiBench limited = ApiBench.with(b -> b.limiter(
                (policy, key, units, now) -> new RateVerdict(!busy.get(), busy.get() ? 0 : 1, Duration.ofSeconds(1))));
        List<Integer> statuses = new ArrayList<>();
        for (String caller : List.of("alice", "wrong", "reader", "alice")) {
            statuses.add(limited.post("/v1/notes", statuses.size() < 3 ? "{}" : "{\"memo\":\"a\"}")
                    .as(caller)
                    .header("Idempotency-Key", "k")
                    .send()
                    .status());
            busy.set(false);
        }
        assertThat(create("{}", "k").send().status()).isEqualTo(400);

        assertThat(statuses).containsExactly(429, 401, 403, 201);
        assertThat(create("{\"memo\":\"a\"}", "k").send().status()).isEqualTo(201);
    }

    record Export(int bytes, boolean streamed) {}

    /** Answers with as many bytes as it is asked for. */
    private record Exports() implements ApiModule {

        @Override
        public String name() {
            return "exports";
        }

        @Override
        public List<Operation<?, ?>> operations() {
            return List.of(Operation.post("/v1/exports", Export.class, Reply.media("text/csv"))
                    .id("exportNotes")
                    .tag("exports")
                    .summary("Exports.")
                    .scope("notes:write")
                    .byOwners()
                    .example("one", new Export(1, false), ApiContent.of("text/csv", new byte[1]))
                    .handle((q, context) -> {
                        byte[] content = "x".repeat(q.bytes()).getBytes(US_ASCII);
                        ApiBody body =
                                q.streamed() ? new ApiBody.Stream(-1, out -> out.write(content)) : ApiBody.of(content);
                        return new ApiContent("text/csv", body);
                    }));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Tag("H16")
    void aReplyOfUpToAMebibyteIsGivenAgain(boolean streamed) {
        ApiBench exporting = ApiBench.with(b -> b.modules(new Exports()));
        String ask = "{\"bytes\":%d,\"streamed\":" + streamed + "}";
        ApiBench.Ask largest = exporting
                .post("/v1/exports", String.format(ask, 1 << 20))
                .as("alice")
                .header("Idempotency-Key", "k");
        Answer first = largest.send();
        Answer again = largest.send();
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.body()).hasSize(1 << 20);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.header("Content-Type")).isEqualTo("text/csv");
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");

        Answer tooLarge = exporting
                .post("/v1/exports", String.format(ask, (1 << 20) + 1))
                .as("alice")
                .header("Idempotency-Key", "l")
                .send();
        assertThat(tooLarge.status()).isEqualTo(500);
    }

    @Test
    @Tag("H14")
    @Tag("C14")
    void keysHaveTheirForm() {
        for (String key : List.of("", "x".repeat(256), "a\tb", "\u00e9", "a b")) {
            assertThat(create("{\"memo\":\"a\"}", key).send().code()).isEqualTo("invalid_idempotency_key");
        }
        assertThat(create("{\"memo\":\"a\"}", "a")
                        .header("Idempotency-Key", "b")
                        .send()
                        .code())
                .isEqualTo("invalid_idempotency_key");
        assertThat(bench.get("/v1/notes")
                        .as("alice")
                        .header("Idempotency-Key", "")
                        .send()
                        .status())
                .isEqualTo(200);
        assertThat(create("{\"memo\":\"a\"}", "x".repeat(255)).send().status()).isEqualTo(201);
    }
}
