package dev.matrix.core.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.api.ApiBench.Answer;
import dev.matrix.core.json.Json;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies: their syntax, sizes, media types, and how they are checked. */
class RequestBodyTest {

    private final ApiBench bench = ApiBench.create();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"memo\":\"a\",\"memo\":\"b\"}",
                "{\"memo\":\"a\"} {}",
                "[1]",
                "{\"stars\":NaN}",
                "\ufeff{\"memo\":\"a\"}",
                "{\"memo\":\"a\",}",
                "{'memo':'a'}",
                "",
                "null"
            })
    @Tag("H3")
    @Tag("C4")
    void whatIsNotOneStrictObjectIsMalformed(String body) {
        Answer answer = bench.post("/v1/notes", body).as("alice").send();

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("malformed_request");
        assertThat(bench.notes.ran).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {65, 100_000})
    @Tag("H3")
    @Tag("C4")
    void deepBodiesAreMalformed(int depth) {
        String deep = "{\"memo\":" + "[".repeat(depth - 1) + "]".repeat(depth - 1) + "}";

        assertThat(bench.post("/v1/notes", deep).as("alice").send().code()).isEqualTo("malformed_request");
    }

    @Test
    @Tag("H3")
    @Tag("C4")
    void bodiesHaveAtMostAMebibyte() {
        byte[] fits = ("{\"memo\":\"a\"" + " ".repeat((1 << 20) - 12) + "}").getBytes(StandardCharsets.UTF_8);
        byte[] tooLarge = ("{\"memo\":\"a\"" + " ".repeat((1 << 20) - 11) + "}").getBytes(StandardCharsets.UTF_8);

        assertThat(bench.post("/v1/notes", "").bytes(fits).as("alice").send().status())
                .isEqualTo(201);
        Answer refused = bench.post("/v1/notes", "").bytes(tooLarge).as("alice").send();
        assertThat(refused.status()).isEqualTo(413);
        assertThat(refused.code()).isEqualTo("payload_too_large");
    }

    /** What a thread allocates bounds by how much the heap can grow. */
    @Test
    @Tag("C4")
    void whatIsRefusedCostsAtMostFourMebibytes() {
        List<String> bodies = List.of(
                "{\"memo\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}",
                "{\"memo\":\"a\"" + " ".repeat(1 << 20) + "}",
                "{\"memo\":\"a\",\"weight\":\"1e999999999\"}",
                "{\"memo\":\"a\",\"stars\":1e999999999}",
                "{\"memo\":\"a\",\"stars\":" + "9".repeat(100_000) + "}");
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (String body : bodies) {
            ApiBench.Ask ask = bench.post("/v1/notes", body).as("alice");
            ask.send();
            long before = threads.getCurrentThreadAllocatedBytes();
            Answer answer = ask.send();
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;

            assertThat(answer.status()).isIn(400, 413);
            assertThat(allocated).as(body.substring(0, 20)).isLessThanOrEqualTo(4 << 20);
        }
    }

    @Test
    @Tag("C4")
    void hugeExponentsCostNothing() {
        Answer asText = bench.post("/v1/notes", "{\"memo\":\"a\",\"weight\":\"1e999999999\"}")
                .as("alice")
                .send();
        Answer asNumber = bench.post("/v1/notes", "{\"memo\":\"a\",\"stars\":1e999999999}")
                .as("alice")
                .send();

        assertThat(asText.status()).isEqualTo(400);
        assertThat(asText.body()).contains("\"pointer\":\"/weight\",\"code\":\"pattern\"");
        assertThat(asNumber.status()).isEqualTo(400);
    }

    @Test
    @Tag("H3")
    @Tag("C5")
    void otherMediaTypesAreUnsupported() {
        for (String type : List.of("text/plain", "application/json; charset=latin1", "application/merge-patch+json")) {
            Answer answer = bench.ask("POST", "/v1/notes")
                    .header("Content-Type", type)
                    .bytes("{\"memo\":\"a\"}".getBytes(StandardCharsets.UTF_8))
                    .as("alice")
                    .send();
            assertThat(answer.status()).isEqualTo(415);
            assertThat(answer.code()).isEqualTo("unsupported_media_type");
        }
        Answer zipped = bench.post("/v1/notes", "{\"memo\":\"a\"}")
                .header("Content-Encoding", "gzip")
                .as("alice")
                .send();
        Answer untyped = bench.ask("POST", "/v1/notes")
                .bytes(new byte[] {'{', '}'})
                .as("alice")
                .send();
        Answer upper = bench.ask("POST", "/v1/notes")
                .header("Content-Type", "application/json; charset=UTF-8")
                .bytes("{\"memo\":\"a\"}".getBytes(StandardCharsets.UTF_8))
                .as("alice")
                .send();
        assertThat(zipped.status()).isEqualTo(415);
        assertThat(untyped.status()).isEqualTo(415);
        assertThat(upper.status()).isEqualTo(201);
    }

    @Test
    @Tag("C5")
    void otherAcceptedTypesAreNotAcceptable() {
        Answer html =
                bench.get("/v1/notes").header("Accept", "text/html").as("alice").send();

        assertThat(html.status()).isEqualTo(406);
        assertThat(html.header("Content-Type")).isEqualTo("application/problem+json");
        for (String accept : List.of("*/*", "application/*", "text/html, application/json;q=0.5", "APPLICATION/JSON")) {
            assertThat(bench.get("/v1/notes")
                            .header("Accept", accept)
                            .as("alice")
                            .send()
                            .status())
                    .isEqualTo(200);
        }
        assertThat(bench.get("/v1/notes")
                        .header("Accept", "application/json;q=0")
                        .as("alice")
                        .send()
                        .status())
                .isEqualTo(406);
    }

    @Test
    @Tag("H7")
    @Tag("C6")
    void eachErrorStandsAtItsPlace() {
        String body = "{\"memo\":\"" + "x".repeat(257) + "\",\"wat\":1,\"stars\":\"abc\",\"labels\":{\"a/b~\":1}}";

        Answer answer = bench.post("/v1/notes", body).as("alice").send();

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("invalid_request");
        assertThat(answer.body())
                .contains("{\"in\":\"body\",\"pointer\":\"/memo\",\"code\":\"length\"")
                .contains("{\"in\":\"body\",\"pointer\":\"/stars\",\"code\":\"type\"")
                .contains("{\"in\":\"body\",\"pointer\":\"/labels/a~1b~0\",\"code\":\"type\"")
                .contains("{\"in\":\"body\",\"pointer\":\"/wat\",\"code\":\"unknown\"")
                .doesNotContain("xxx")
                .doesNotContain("abc");
    }

    @ParameterizedTest
    @CsvSource({"0,range", "-1,range", "101,range", "abc,type", "1.5,type", "1e1,''", "5,''"})
    @Tag("H7")
    @Tag("C6")
    void limitsAreChecked(String limit, String code) {
        Answer answer = bench.get("/v1/notes?limit=" + limit).as("alice").send();

        if (code.isEmpty()) {
            assertThat(answer.status()).isEqualTo(200);
        } else {
            assertThat(answer.body()).contains("{\"in\":\"query\",\"name\":\"limit\",\"code\":\"" + code + "\"");
        }
    }

    @Test
    @Tag("H7")
    void atMostTwentyErrorsAreListed() {
        StringBuilder body = new StringBuilder("{\"memo\":null");
        for (int i = 0; i < 30; i++) {
            body.append(",\"x").append(i).append("\":1");
        }

        Answer answer = bench.post("/v1/notes", body + "}").as("alice").send();

        assertThat(answer.body().split("\"pointer\"", -1)).hasSize(21);
        assertThat(answer.body()).contains("\"pointer\":\"/memo\",\"code\":\"null\"");
    }

    @Test
    @Tag("H6")
    void absentComponentsAreFilledOrRequired() {
        Answer preset = bench.post("/v1/notes", "{\"memo\":\"a\"}").as("alice").send();
        Answer missing = bench.post("/v1/notes", "{\"stars\":1}").as("alice").send();

        assertThat(preset.body()).contains("\"title\":null,\"stars\":3");
        assertThat(missing.body()).contains("\"pointer\":\"/memo\",\"code\":\"required\"");
    }

    @Test
    @Tag("C7")
    void patchesKeepClearAndSet() {
        String id = bench.note("milk");
        String path = "/v1/notes/" + id;

        assertThat(patch(path, "{\"title\":\"list\"}").body()).contains("\"memo\":\"milk\",\"title\":\"list\"");
        assertThat(patch(path, "{}").body()).contains("\"memo\":\"milk\",\"title\":\"list\"");
        assertThat(patch(path, "{\"title\":null}").body()).contains("\"title\":null");
        Answer refused = patch(path, "{\"memo\":null}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()).contains("\"pointer\":\"/memo\",\"code\":\"null\"");
        assertThat(bench.ask("PATCH", path)
                        .header("Content-Type", "application/merge-patch+json")
                        .bytes("{\"memo\":\"b\"}".getBytes(StandardCharsets.UTF_8))
                        .as("alice")
                        .send()
                        .body())
                .contains("\"memo\":\"b\"");
    }

    private Answer patch(String path, String body) {
        return bench.ask("PATCH", path).json(body).as("alice").send();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":\"b\"}|{\"a\":\"c\"}|{\"a\":\"c\"}",
                "{\"a\":\"b\"}|{\"b\":\"c\"}|{\"a\":\"b\",\"b\":\"c\"}",
                "{\"a\":\"b\"}|{\"a\":null}|{}",
                "{\"a\":\"b\",\"b\":\"c\"}|{\"a\":null}|{\"b\":\"c\"}",
                "{\"a\":[\"b\"]}|{\"a\":\"c\"}|{\"a\":\"c\"}",
                "{\"a\":\"c\"}|{\"a\":[\"b\"]}|{\"a\":[\"b\"]}",
                "{\"a\":{\"b\":\"c\"}}|{\"a\":{\"b\":\"d\",\"c\":null}}|{\"a\":{\"b\":\"d\"}}",
                "{\"a\":[{\"b\":\"c\"}]}|{\"a\":[1]}|{\"a\":[1]}",
                "[\"a\",\"b\"]|[\"c\",\"d\"]|[\"c\",\"d\"]",
                "{\"a\":\"b\"}|[\"c\"]|[\"c\"]",
                "{\"a\":\"foo\"}|null|null",
                "{\"a\":\"foo\"}|\"bar\"|\"bar\"",
                "{\"e\":null}|{\"a\":1}|{\"e\":null,\"a\":1}",
                "[1,2]|{\"a\":\"b\",\"c\":null}|{\"a\":\"b\"}",
                "{}|{\"a\":{\"bb\":{\"ccc\":null}}}|{\"a\":{\"bb\":{}}}"
            })
    @Tag("C7")
    void treesMergeAsInRfc7396AppendixA(String target, String patch, String result) {
        assertThat(Json.merge(tree(target), tree(patch))).isEqualTo(tree(result));
    }

    private dev.matrix.core.json.Json tree(String json) {
        return bench.matrix.json().parse(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void rawBodiesReachTheirHandlerUpToTheirLimit() {
        Answer taken = bench.ask("POST", "/v1/notifications")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Signature", "t=1,v1=ab")
                .bytes(new byte[1 << 10])
                .send();

        assertThat(taken.status()).isEqualTo(204);
        assertThat(taken.header("X-Length")).isEqualTo("1024");
        assertThat(taken.header("X-Signature")).isEqualTo("t=1,v1=ab");
        assertThat(bench.ask("POST", "/v1/notifications")
                        .bytes(new byte[1025])
                        .send()
                        .status())
                .isEqualTo(413);
    }

    @Test
    @Tag("H3")
    void targetsAndHeadersAreBounded() {
        Answer longTarget =
                bench.get("/v1/notes?tag=" + "x".repeat(8 << 10)).as("alice").send();
        Answer longHeader = bench.get("/v1/notes")
                .as("alice")
                .header("X", "y".repeat(16 << 10))
                .send();
        ApiBench.Ask many = bench.get("/v1/notes").as("alice");
        for (int i = 0; i < 100; i++) {
            many.header("X", "y");
        }

        assertThat(longTarget.status()).isEqualTo(414);
        assertThat(longHeader.status()).isEqualTo(431);
        assertThat(longHeader.code()).isEqualTo("headers_too_large");
        assertThat(many.send().status()).isEqualTo(431);
    }
}
