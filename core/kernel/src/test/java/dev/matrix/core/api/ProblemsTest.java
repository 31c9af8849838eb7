package dev.matrix.core.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.api.ApiBench.Answer;
import java.time.Duration;
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

    @ParameterizedTest
    @CsvSource({
        "invalid,422,unprocessable,false,''",
        "conflict,409,conflict,false,''",
        "provider,502,provider_error,true,''",
        "storage,503,unavailable,true,1",
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
