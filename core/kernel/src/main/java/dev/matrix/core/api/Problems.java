package dev.matrix.core.api;

import dev.matrix.core.ConflictException;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.NotFoundException;
import dev.matrix.core.OutcomeUnknownException;
import dev.matrix.core.ProviderException;
import dev.matrix.core.StorageException;
import dev.matrix.core.api.ApiProblem.FieldError;
import dev.matrix.core.json.Json;
import dev.matrix.core.json.Json.JsonArray;
import dev.matrix.core.json.Json.JsonNumber;
import dev.matrix.core.json.Json.JsonString;
import dev.matrix.core.json.JsonCodec;
import dev.matrix.core.spi.KeyUnavailableException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The problems that every operation may answer with: their codes and titles, and how exceptions become problems. */
final class Problems {

    private static final Logger LOG = LoggerFactory.getLogger(ApiDispatcher.class);

    static final List<ProblemCode> STANDARD = List.of(
            new ProblemCode("malformed_request", 400, "The request is malformed"),
            new ProblemCode("invalid_request", 400, "The request doesn't fit its schema"),
            new ProblemCode("invalid_cursor", 400, "The cursor isn't one of this listing"),
            new ProblemCode("unsupported_version", 400, "There is no such version"),
            new ProblemCode("version_retired", 400, "The version is no longer served"),
            new ProblemCode("invalid_idempotency_key", 400, "The idempotency key is missing or malformed"),
            new ProblemCode("unauthenticated", 401, "Valid credentials are required"),
            new ProblemCode("insufficient_scope", 403, "The credentials lack a scope"),
            new ProblemCode("access_denied", 403, "Access is denied"),
            new ProblemCode("verification_required", 403, "A second factor is required"),
            new ProblemCode("not_found", 404, "Not found"),
            new ProblemCode("method_not_allowed", 405, "The method isn't allowed here"),
            new ProblemCode("not_acceptable", 406, "None of the accepted media types is available"),
            new ProblemCode("conflict", 409, "The request conflicts with the stored state"),
            new ProblemCode("idempotency_in_progress", 409, "A request with this key is still at work"),
            new ProblemCode("operation_retired", 410, "The operation is no longer served"),
            new ProblemCode("precondition_failed", 412, "The stored version is a different one"),
            new ProblemCode("payload_too_large", 413, "The body is too large"),
            new ProblemCode("uri_too_long", 414, "The target is too long"),
            new ProblemCode("unsupported_media_type", 415, "The media type isn't supported"),
            new ProblemCode("unprocessable", 422, "The request can't be processed"),
            new ProblemCode("idempotency_key_reused", 422, "The idempotency key was used for another request"),
            new ProblemCode("locked", 423, "The resource is locked"),
            new ProblemCode("precondition_required", 428, "If-Match is required"),
            new ProblemCode("rate_limited", 429, "Too many requests"),
            new ProblemCode("headers_too_large", 431, "The headers are too large"),
            new ProblemCode("internal_error", 500, "Something went wrong"),
            new ProblemCode("not_implemented", 501, "The method isn't implemented"),
            new ProblemCode("provider_error", 502, "A system outside failed"),
            new ProblemCode("unavailable", 503, "Temporarily unavailable"),
            new ProblemCode("overloaded", 503, "Too many requests are in progress"),
            new ProblemCode("outcome_unknown", 504, "Done or not"));

    private static final Map<String, String> TITLES =
            STANDARD.stream().collect(Collectors.toUnmodifiableMap(ProblemCode::code, ProblemCode::title));

    private Problems() {}

    static ApiProblem invalid(List<FieldError> errors) {
        return ApiProblem.of(400, "invalid_request", "The request has " + errors.size() + " error(s); see errors.")
                .at(errors.toArray(FieldError[]::new));
    }

    static ApiProblem notFound() {
        return ApiProblem.of(404, "not_found", "There is nothing here, or nothing that you may see.");
    }

    /** What only an operator may do, asked for by somebody else. */
    static ApiProblem operatorsOnly(String detail) {
        return ApiProblem.of(403, "access_denied", detail);
    }

    static ApiProblem unauthenticated() {
        return ApiProblem.of(
                401, "unauthenticated", "Send a valid key in the header Authorization, as Bearer credentials.");
    }

    static String titleOf(String code, List<ProblemCode> own) {
        for (ProblemCode each : own) {
            if (each.code().equals(code)) {
                return each.title();
            }
        }
        return TITLES.getOrDefault(code, code.replace('_', ' '));
    }

    /** The problem that a caller sees of a throwable. An unforeseen one is logged, and the caller sees nothing of its text. */
    static ApiProblem of(Throwable thrown, String requestId) {
        if (thrown instanceof ApiProblem problem) {
            return problem;
        }
        if (thrown instanceof InvalidRequestException) {
            return ApiProblem.of(422, "unprocessable", message(thrown));
        }
        if (thrown instanceof NotFoundException) {
            return ApiProblem.of(404, "not_found", "There is nothing here, or nothing that you may see.");
        }
        if (thrown instanceof ConflictException) {
            return ApiProblem.of(409, "conflict", message(thrown));
        }
        LOG.warn("Request {} failed.", requestId, thrown);
        if (thrown instanceof ProviderException) {
            return ApiProblem.of(502, "provider_error", "An external system refused or failed; try again later.");
        }
        if (thrown instanceof OutcomeUnknownException) {
            return ApiProblem.of(
                    504,
                    "outcome_unknown",
                    "The store's answer was lost, so this may have been done or not. Read the current state before you"
                            + " repeat it, or repeat it with the same idempotency key.");
        }
        if (thrown instanceof StorageException || thrown instanceof KeyUnavailableException) {
            return ApiProblem.of(503, "unavailable", "The store can't answer now; try again.");
        }
        return ApiProblem.of(
                500,
                "internal_error",
                "The server failed on this request. Its requestId tells the operator where to look.");
    }

    private static String message(Throwable thrown) {
        return Objects.requireNonNullElse(thrown.getMessage(), "");
    }

    /** Whether trying again may help. */
    static boolean shouldRetry(ApiProblem problem, boolean repeatable) {
        return switch (problem.status()) {
            case 408, 423, 429, 503 -> true;
            case 409 -> problem.code().equals("idempotency_in_progress");
            case 500, 502, 504 -> repeatable;
            default -> false;
        };
    }

    /** The seconds of {@code Retry-After}, at least 1; 0: it isn't sent. */
    static long retryAfter(ApiProblem problem) {
        boolean said = switch (problem.status()) {
            case 423, 429, 503 -> true;
            default -> problem.code().equals("idempotency_in_progress");
        };
        Duration wait = problem.retryAfter().orElse(said ? Duration.ofSeconds(1) : Duration.ZERO);
        return wait.isZero() ? 0 : Math.max(1, wait.plusNanos(999_999_999).toSeconds());
    }

    /** The problem's body, newest shape, members in the order of RFC 9457, then those of Matrix. */
    static Json.JsonObject body(ApiProblem problem, String title, String requestId, JsonCodec codec) {
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("type", new JsonString("urn:matrix:problem:" + problem.code()));
        members.put("title", new JsonString(title));
        members.put("status", new JsonNumber(BigDecimal.valueOf(problem.status())));
        members.put("detail", new JsonString(problem.detail()));
        members.put("code", new JsonString(problem.code()));
        members.put("requestId", new JsonString(requestId));
        if (!problem.errors().isEmpty()) {
            members.put(
                    "errors",
                    new JsonArray(problem.errors().stream().map(Problems::error).toList()));
        }
        problem.members().forEach((name, value) -> members.putIfAbsent(name, tree(value, codec)));
        return new Json.JsonObject(members);
    }

    private static Json error(FieldError error) {
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("in", new JsonString(error.in()));
        members.put(error.in().equals("body") ? "pointer" : "name", new JsonString(error.pointer()));
        members.put("code", new JsonString(error.code()));
        members.put("detail", new JsonString(error.detail()));
        return new Json.JsonObject(members);
    }

    private static Json tree(Object value, JsonCodec codec) {
        if (value instanceof Json json) {
            return json;
        }
        if (value instanceof Collection<?> values) {
            return new JsonArray(values.stream().map(each -> tree(each, codec)).toList());
        }
        return codec.parse(codec.encode(value));
    }
}
