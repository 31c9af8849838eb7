package dev.matrix.core.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.api.ApiBench.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths, methods and what stands at them. */
class RoutingTest {

    private final ApiBench bench = ApiBench.create();

    @ParameterizedTest
    @ValueSource(
            strings = {"/v1/notesXYZ", "/v1/notes/", "/v1/notes/a%2Fb", "/v1//notes", "/", "/v1/notes/" + "%C3%BC"})
    @Tag("H2")
    @Tag("C3")
    void whatIsNoRouteOrNoIdIsNotFound(String path) {
        Answer answer = bench.get(path).as("alice").send();

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.code()).isEqualTo("not_found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/notes/%2e%2e",
                "/v1/notes/..",
                "/v1/./notes",
                "/v1/notes/%00",
                "/v1/notes/%zz",
                "/v1/notes/%4",
                "/v1/notes/%ff",
                "/v1/notes/%c0%af",
                "/v1/notes/%7f",
                "v1/notes",
                "/v1/n\u00f6tes"
            })
    @Tag("H2")
    @Tag("C3")
    void malformedPathsAreRefused(String path) {
        Answer answer = bench.get(path).as("alice").send();

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("malformed_request");
    }

    @Test
    @Tag("H2")
    void literalsAndLongerSuffixesComeFirst() {
        Router<String> router = new Router<>();
        for (String template : List.of("/a/{x}", "/a/{x}.svg", "/a/{x}.min.svg", "/a/b", "/a/{x}/c", "/a/b/d")) {
            router.at(template, () -> template);
        }

        assertThat(found(router, "/a/b")).isEqualTo("/a/b");
        assertThat(found(router, "/a/q.svg")).isEqualTo("/a/{x}.svg");
        assertThat(found(router, "/a/q.min.svg")).isEqualTo("/a/{x}.min.svg");
        assertThat(found(router, "/a/.svg")).isEqualTo("/a/{x}");
        assertThat(found(router, "/a/b/c")).isEqualTo("/a/{x}/c");
        assertThat(router.find(Target.segments("/a/b/e"))).isNull();
        assertThat(router.at("/a/{y}.svg", () -> "new")).isEqualTo("/a/{x}.svg");
    }

    private static String found(Router<String> router, String path) {
        Router.Match<String> match = router.find(Target.segments(path));
        return match == null ? "nothing" : match.target();
    }

    @Test
    @Tag("H2")
    void eachSegmentIsDecodedOnce() {
        assertThat(Target.segments("/a%2Fb/c%2525/%C3%BC+")).containsExactly("a/b", "c%25", "\u00fc+");
    }

    @Test
    @Tag("H2")
    void queriesAreDecodedWithPlusAsSpace() {
        assertThat(Target.query("a=1+2%2B&b=&c&a=3&%C3%BC=%26"))
                .isEqualTo(
                        Map.of("a", List.of("1 2+", "3"), "b", List.of(""), "c", List.of(""), "\u00fc", List.of("&")));
        assertThat(bench.get("/v1/notes?limit=%zz").as("alice").send().code()).isEqualTo("malformed_request");
    }

    @Test
    @Tag("H2")
    void unknownAndRepeatedParametersAreRefused() {
        Answer unknown = bench.get("/v1/notes?wat=1").as("alice").send();
        Answer repeated = bench.get("/v1/notes?limit=1&limit=2").as("alice").send();
        Answer list = bench.get("/v1/notes?tag=a&tag=b").as("alice").send();

        assertThat(unknown.body()).contains("{\"in\":\"query\",\"name\":\"wat\",\"code\":\"unknown\"");
        assertThat(repeated.body()).contains("{\"in\":\"query\",\"name\":\"limit\",\"code\":\"items\"");
        assertThat(list.status()).isEqualTo(200);
    }

    @Test
    @Tag("C8")
    void headHasGetsHeadersAndNoBody() {
        String id = bench.note("milk");
        Answer get = bench.get("/v1/notes/" + id)
                .as("alice")
                .header("Request-Id", "r1")
                .send();
        Answer head = bench.ask("HEAD", "/v1/notes/" + id)
                .as("alice")
                .header("Request-Id", "r1")
                .send();

        assertThat(head.status()).isEqualTo(200);
        assertThat(get.headers().lines()).isSubsetOf(head.headers().lines());
        assertThat(head.header("Content-Length"))
                .isEqualTo(Integer.toString(get.body().getBytes(UTF_8).length));
        assertThat(head.body()).isEmpty();
        assertThat(get.body()).isNotEmpty();
    }

    @Test
    @Tag("C8")
    void methodsThatDoNotFitSaySo() {
        Answer options = bench.ask("OPTIONS", "/v1/notes").send();
        Answer delete = bench.ask("DELETE", "/v1/notes").as("alice").send();
        Answer brew = bench.ask("BREW", "/v1/notes").as("alice").send();

        assertThat(options.status()).isEqualTo(204);
        assertThat(options.header("Allow")).isEqualTo("GET, HEAD, OPTIONS, POST");
        assertThat(delete.status()).isEqualTo(405);
        assertThat(delete.header("Allow")).isEqualTo("GET, HEAD, OPTIONS, POST");
        assertThat(brew.status()).isEqualTo(501);
        assertThat(brew.code()).isEqualTo("not_implemented");
    }

    @Test
    void filesAreServedWithTheirTag() {
        Answer file = bench.get("/notes/help.txt").send();
        Answer again = bench.get("/notes/help.txt")
                .header("If-None-Match", file.header("ETag"))
                .send();

        assertThat(file.status()).isEqualTo(200);
        assertThat(file.body()).isEqualTo("help");
        assertThat(file.header("Content-Type")).isEqualTo("text/plain");
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(bench.post("/notes/help.txt", "{}").send().status()).isEqualTo(405);
        Answer head = bench.ask("HEAD", "/notes/help.txt").send();
        assertThat(head.body()).isEmpty();
        assertThat(head.header("Content-Length")).isEqualTo("4");
    }

    @Test
    void suffixesAndMediaAreServed() {
        Answer chart = bench.get("/v1/notes/n1.svg").as("alice").send();

        assertThat(chart.header("Content-Type")).isEqualTo("image/svg+xml");
        assertThat(chart.body()).isEqualTo("n1");
    }
}
