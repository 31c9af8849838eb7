package dev.matrix.devtools;

import dev.matrix.core.api.ApiCatalog;
import dev.matrix.core.api.ProblemCode;
import dev.matrix.core.json.Json;
import dev.matrix.core.json.Json.JsonArray;
import dev.matrix.core.json.Json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What operations have in common in the document: problems, headers, parameters. */
final class SharedParts {

    private SharedParts() {}

    /** A problem's schema. */
    static Tree problem() {
        Tree error = new Tree()
                .put("type", "object")
                .put(
                        "properties",
                        new Tree()
                                .put("in", text(16, "path, query, header or body"))
                                .put("pointer", text(1024, "Where in the body, as a JSON pointer (RFC 6901)."))
                                .put("name", text(256, "Which parameter."))
                                .put("code", text(64, "What is wrong, such as required, type or range."))
                                .put("detail", text(1024, "The same for people.")))
                .put("required", List.of("in", "code", "detail"));
        return new Tree()
                .put("type", "object")
                .put("description", "Problem details (RFC 9457). Some codes bring further members.")
                .put(
                        "properties",
                        new Tree()
                                .put("type", text(128, "urn:matrix:problem: and the code."))
                                .put("title", text(256, "The same at each occurrence."))
                                .put(
                                        "status",
                                        new Tree()
                                                .put("type", "integer")
                                                .put("minimum", 400)
                                                .put("maximum", 599))
                                .put("detail", text(4096, "What happened this time."))
                                .put("code", text(64, "Branch on this."))
                                .put("requestId", text(64, "Quote it when you ask for help."))
                                .put(
                                        "errors",
                                        new Tree()
                                                .put("type", "array")
                                                .put("maxItems", 20)
                                                .put("items", error)))
                .put("required", List.of("type", "title", "status", "detail", "code", "requestId"));
    }

    private static Tree text(int longest, String description) {
        return new Tree().put("type", "string").put("maxLength", longest).put("description", description);
    }

    /** A response a status of the standard codes, and one for all others. */
    static Tree responses(ApiCatalog catalog) {
        Tree responses = new Tree();
        byStatus(catalog.codes()).forEach((status, codes) -> responses.put("Problem" + status, problemResponse(codes)));
        return responses.put("Problem", problemResponse(List.of()));
    }

    private static Map<Integer, List<ProblemCode>> byStatus(List<ProblemCode> codes) {
        Map<Integer, List<ProblemCode>> byStatus = new TreeMap<>();
        codes.forEach(code -> byStatus.merge(
                code.status(),
                List.of(code),
                (a, b) -> java.util.stream.Stream.concat(a.stream(), b.stream()).toList()));
        return byStatus;
    }

    /** A response of problem details with these codes. */
    static Tree problemResponse(List<ProblemCode> codes) {
        String description = codes.isEmpty()
                ? "Any other problem."
                : codes.stream()
                        .map(code -> "`" + code.code() + "`: " + code.title() + ".")
                        .distinct()
                        .reduce((a, b) -> a + " " + b)
                        .orElse("");
        Tree content = new Tree().put("schema", Tree.reference(OpenApi.SCHEMAS + "Problem"));
        Tree examples = new Tree();
        for (ProblemCode code : codes) {
            examples.put(
                    code.code(),
                    new Tree()
                            .put(
                                    "value",
                                    new Tree()
                                            .put("type", "urn:matrix:problem:" + code.code())
                                            .put("title", code.title())
                                            .put("status", code.status())
                                            .put("detail", code.title() + ".")
                                            .put("code", code.code())
                                            .put("requestId", "req_01")));
        }
        if (!examples.isEmpty()) {
            content.put("examples", examples);
        }
        Tree headers = commonHeaders().put("Matrix-Should-Retry", Tree.reference("#/components/headers/ShouldRetry"));
        if (codes.stream().anyMatch(code -> List.of(409, 423, 429, 503).contains(code.status()))) {
            headers.put("Retry-After", Tree.reference("#/components/headers/RetryAfter"));
        }
        return new Tree()
                .put("description", description)
                .put("headers", headers)
                .put("content", new Tree().put("application/problem+json", content));
    }

    /** The headers of every reply. */
    static Tree commonHeaders() {
        return new Tree()
                .put("Request-Id", Tree.reference("#/components/headers/RequestId"))
                .put("RateLimit", Tree.reference("#/components/headers/RateLimit"))
                .put("RateLimit-Policy", Tree.reference("#/components/headers/RateLimitPolicy"));
    }

    static Tree headers() {
        return new Tree()
                .put("RequestId", header("The request's id.", 64))
                .put(
                        "RateLimit",
                        header("What is left: r units, t seconds to a full bucket, or to the next unit at r = 0.", 256))
                .put("RateLimitPolicy", header("The quota q in a window of w seconds.", 256))
                .put("Link", header("The next page, with rel=next.", 2048))
                .put("ETag", header("The row's version, for If-Match and If-None-Match.", 256))
                .put("Location", header("Where the new thing is.", 2048))
                .put("Replayed", header("true: an earlier request with this key did the work.", 5))
                .put("ShouldRetry", header("Whether trying again may help: true or false.", 5))
                .put(
                        "RetryAfter",
                        new Tree()
                                .put("description", "Seconds to wait.")
                                .put(
                                        "schema",
                                        new Tree()
                                                .put("type", "integer")
                                                .put("minimum", 1)
                                                .put("maximum", 86400)));
    }

    private static Tree header(String description, int longest) {
        return new Tree()
                .put("description", description)
                .put("schema", new Tree().put("type", "string").put("maxLength", longest));
    }

    static Tree parameters() {
        return new Tree()
                .put(
                        "Version",
                        parameter(
                                "Matrix-Version",
                                false,
                                "A dated version; default: the account's.",
                                10,
                                "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"))
                .put(
                        "Key",
                        parameter(
                                "Idempotency-Key",
                                false,
                                "Does the work once, however often it is sent.",
                                255,
                                "^[\\x21-\\x7e]*$"))
                .put(
                        "RequiredKey",
                        parameter(
                                "Idempotency-Key",
                                true,
                                "Does the work once, however often it is sent.",
                                255,
                                "^[\\x21-\\x7e]*$"))
                .put("IfMatch", parameter("If-Match", false, "The ETag that the thing must still have.", 256, null))
                .put(
                        "RequiredIfMatch",
                        parameter("If-Match", true, "The ETag that the thing must still have.", 256, null))
                .put(
                        "IfNoneMatch",
                        parameter("If-None-Match", false, "An ETag at hand: 304 if it still holds.", 256, null));
    }

    private static Tree parameter(
            String name, boolean required, String description, int longest, @Nullable String pattern) {
        Tree schema = new Tree().put("type", "string").put("maxLength", longest);
        if (pattern != null) {
            schema.put("pattern", pattern);
        }
        return new Tree()
                .put("name", name)
                .put("in", "header")
                .put("required", required)
                .put("description", description)
                .put("schema", schema);
    }

    static JsonArray array(List<JsonObject> items) {
        return new JsonArray(items.stream().<Json>map(each -> each).toList());
    }
}
