package dev.matrix.core.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.api.ApiBench.Answer;
import java.util.List;
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
