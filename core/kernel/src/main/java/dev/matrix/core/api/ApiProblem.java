package dev.matrix.core.api;

import dev.matrix.core.MatrixException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A refusal with the status and code that the caller gets (RFC 9457). Immutable. */
public final class ApiProblem extends MatrixException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final transient Map<String, Object> members;
    private final transient List<FieldError> errors;
    private final @Nullable Duration retryAfter;

    private ApiProblem(
            int status,
            String code,
            String detail,
            Map<String, Object> members,
            List<FieldError> errors,
            @Nullable Duration retryAfter) {
        super(detail);
        this.status = status;
        this.code = code;
        this.members = members;
        this.errors = errors;
        this.retryAfter = retryAfter;
    }

    /**
     * What is wrong at one place of a request.
     *
     * @param in {@code body}, {@code query}, {@code path} or {@code header}
     * @param pointer the place in the body (RFC 6901), or the name of the parameter
     * @param code what kind of error, such as {@code required}
     * @param detail for people; never a received value
     */
    public record FieldError(String in, String pointer, String code, String detail) {}

    /**
     * A problem.
     *
     * @param status 400 to 599
     * @param code lower snake case; one that every operation may answer, or declared by the operation's {@link Operation.Draft#error}
     * @param detail for people: what, which id, what to do; no secret
     */
    public static ApiProblem of(int status, String code, String detail) {
        if (status < 400 || status > 599 || !ProblemCode.isCode(code)) {
            throw new IllegalArgumentException(
                    "A problem has a status of 400 to 599 and a code in lower snake case; not " + status + " " + code
                            + ".");
        }
        return new ApiProblem(status, code, detail, Map.of(), List.of(), null);
    }

    /** This problem with a member of its own; the value is of the codec's vocabulary. */
    public ApiProblem with(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(members);
        more.put(name, value);
        return new ApiProblem(status, code, detail(), Collections.unmodifiableMap(more), errors, retryAfter);
    }

    /** This problem with an error at a place of the body, by its JSON pointer. */
    public ApiProblem at(String pointer, String errorCode, String errorDetail) {
        return at(new FieldError("body", pointer, errorCode, errorDetail));
    }

    ApiProblem at(FieldError... more) {
        List<FieldError> all = new ArrayList<>(errors);
        all.addAll(List.of(more));
        return new ApiProblem(status, code, detail(), members, List.copyOf(all), retryAfter);
    }

    ApiProblem withErrors(List<FieldError> replaced) {
        return new ApiProblem(status, code, detail(), members, List.copyOf(replaced), retryAfter);
    }

    /** This problem with the time after which the caller may try again; sent in seconds, at least 1. */
    public ApiProblem retryAfter(Duration wait) {
        return new ApiProblem(status, code, detail(), members, errors, wait);
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    /** The message. */
    public String detail() {
        return Objects.requireNonNullElse(getMessage(), "");
    }

    /** The problem's own members. */
    public Map<String, Object> members() {
        return members;
    }

    public List<FieldError> errors() {
        return errors;
    }

    /** When to try again; empty: nothing is said, or 1 s where the status wants it said. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
