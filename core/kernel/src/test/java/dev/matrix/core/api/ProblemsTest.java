package dev.matrix.core.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.api.ApiBench.Answer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Refusals: their form, their codes, what they don't say. */
class ProblemsTest {

    private final ApiBench bench = ApiBench.create();

    private Answer create(String memo) {
        return bench.post("/v1/notes", "{\"memo\":\"" + memo + "\"}")
                .as("alice")
                .header("Request-Id", "r-1")
                .send();
    }

    @Test
    @Tag("H8")
    void everyRefusalIsAProblem() {
        Answer answer = create("refuse");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.body())
                .isEqualTo(
                        "{\"type\":\"urn:matrix:problem:note_refused\",\"title\":\"The note isn't one that is kept\","
                                + "\"status\":422,\"detail\":\"No.\",\"code\":\"note_refused\",\"requestId\":\"r-1\","
                                + "\"errors\":[{\"in\":\"body\",\"pointer\":\"/memo\",\"code\":\"taste\",\"detail\":\"Not this.\"}],"
                                + "\"limit\":3}");
        assertThat(answer.header("Matrix-Should-Retry")).isEqualTo("false");
        assertThat(answer.header("Retry-After")).isEmpty();
    }

    private record Bad(String what, ApiBench.Ask ask, int status, String code) {}

    private List<Bad> badInput() {
        bench.note("one");
        bench.note("two");
        String cursor = bench.get("/v1/notes?limit=1").as("alice").send().member("nextCursor");
        return List.of(
                new Bad("oversized", note("\"" + "x".repeat(1 << 20) + "\""), 413, "payload_too_large"),
                new Bad("too deep", note("[".repeat(64) + "]".repeat(64)), 400, "malformed_request"),
                new Bad("wrong type", note("1"), 400, "invalid_request"),
                new Bad("unknown field", note("\"a\",\"wat\":1"), 400, "invalid_request"),
                new Bad("huge number", note("\"a\",\"stars\":1e999999999"), 400, "malformed_request"),
                new Bad("huge decimal", note("\"a\",\"weight\":\"1e999999999\""), 400, "invalid_request"),
                new Bad("wrong scope", bench.post("/v1/notes", "{}").as("reader"), 403, "insufficient_scope"),
                new Bad(
                        "another's cursor",
                        bench.get("/v1/notes?limit=1&cursor=" + cursor).as("bob"),
                        400,
                        "invalid_cursor"),
                new Bad("%2F", bench.get("/v1/notes/note_1%2Fx").as("alice"), 404, "not_found"),
                new Bad("..", bench.get("/v1/notes/../notes").as("alice"), 400, "malformed_request"),
                new Bad("prefix", bench.get("/v1/notesXYZ").as("alice"), 404, "not_found"));
    }

    private ApiBench.Ask note(String memo) {
        return bench.post("/v1/notes", "{\"memo\":" + memo + "}").as("alice");
    }

    @Test
    @Tag("H8")
    @Tag("H9")
    void badInputGetsItsProblemDocument() {
        for (Bad bad : badInput()) {
            Answer answer = bad.ask().send();
            assertThat(answer.status()).as(bad.what()).isEqualTo(bad.status());
            assertThat(answer.code()).as(bad.what()).isEqualTo(bad.code());
            assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(answer.header("Matrix-Should-Retry")).isEqualTo("false");
            assertThat(answer.member("type")).isEqualTo("urn:matrix:problem:" + bad.code());
            assertThat(answer.member("title")).isNotBlank();
            assertThat(answer.member("detail")).as(bad.what()).isNotBlank();
            assertThat(answer.member("requestId")).isEqualTo(answer.header("Request-Id"));
            assertThat(answer.body()).contains("\"status\":" + bad.status()).doesNotContain("Exception", "dev.matrix");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "invalid,422,unprocessable,false,''",
        "conflict,409,conflict,false,''",
        "provider,502,provider_error,true,''",
        "storage,503,unavailable,true,1",
        "lost commit,504,outcome_unknown,true,''",
        "boom,500,internal_error,true,''"
    })
    @Tag("H8")
    @Tag("H9")
    void exceptionsHaveTheirStatus(String memo, int status, String code, String retry, String after) {
        Answer answer = create(memo);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.header("Matrix-Should-Retry")).isEqualTo(retry);
        assertThat(answer.header("Retry-After")).isEqualTo(after);
    }

    @Test
    @Tag("C8")
    void whatNobodyForesawSaysNothingOfItselfAndLeavesNothing() {
        Answer answer = create("boom");

        assertThat(answer.body()).doesNotContain("secret").doesNotContain("sql").doesNotContain("Exception");
        assertThat(bench.get("/v1/notes").as("alice").send().body()).contains("\"items\":[]");
        assertThat(create("fine").status()).isEqualTo(201);
    }

    @Test
    void aReplyThatCannotBeWrittenRollsItsWorkBack() {
        assertThat(create("unencodable").status()).isEqualTo(500);
        assertThat(bench.get("/v1/notes").as("alice").send().body()).contains("\"items\":[]");
    }

    @Test
    void problemsCarryTheirWaitAndMembers() {
        ApiProblem problem = ApiProblem.of(423, "locked", "Wait.").retryAfter(Duration.ofMillis(1500));

        assertThat(Problems.retryAfter(problem)).isEqualTo(2);
        assertThat(Problems.shouldRetry(problem, false)).isTrue();
        assertThat(problem.with("a", 1).members()).containsEntry("a", 1);
        assertThatThrownBy(() -> ApiProblem.of(200, "fine", "")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ApiProblem.of(400, "Not Snake", "")).isInstanceOf(IllegalArgumentException.class);
    }
}
