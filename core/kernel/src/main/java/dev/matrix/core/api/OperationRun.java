package dev.matrix.core.api;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.MatrixException;
import dev.matrix.core.api.ApiHeaders.Line;
import dev.matrix.core.api.ApiProblem.FieldError;
import dev.matrix.core.api.OperationSchema.In;
import dev.matrix.core.api.RequestPlan.Received;
import dev.matrix.core.idempotency.IdempotentCall;
import dev.matrix.core.idempotency.IdempotentResult;
import dev.matrix.core.idempotency.StoredReply;
import dev.matrix.core.json.InvalidJsonException;
import dev.matrix.core.json.Json;
import dev.matrix.core.json.Json.JsonObject;
import dev.matrix.core.json.Json.JsonString;
import dev.matrix.core.spi.KeyUse;
import dev.matrix.core.wire.ApiVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs the operation of an admitted request: reads the input, calls the handler once, and writes the answer. */
final class OperationRun {

    private final Wiring wiring;
    private final Admitted admitted;
    private final CompiledOperation<?, ?> operation;
    private final @Nullable ApiPrincipal principal;
    private final ApiRequest request;
    private final ApiVersion version;

    OperationRun(Wiring wiring, Admitted admitted) {
        this.wiring = wiring;
        this.admitted = admitted;
        this.operation = admitted.operation();
        this.principal = admitted.principal();
        this.request = admitted.request();
        this.version = admitted.version();
    }

    Answer run() {
        if (!MediaTypes.accepts(request.headers(), operation.reply().mediaTypes())) {
            throw ApiProblem.of(
                    406,
                    "not_acceptable",
                    "Available: " + String.join(", ", operation.reply().mediaTypes()) + ".");
        }
        boolean raw = operation.operation().takesRawBody();
        byte[] bytes = body(raw);
        JsonObject json = raw || bytes == null ? null : parse(bytes);
        Received received =
                operation.request().receive(version, admitted.path(), request.rawQuery(), request.headers(), json);
        String key = key();
        if (operation.operation().requiresIfMatch() && request.headers().first("If-Match") == null) {
            throw ApiProblem.of(428, "precondition_required", "Send If-Match with the ETag of what you have read.");
        }
        Json newest = operation.request().raise(received, version);
        KeyUse cursorUse = null;
        if (operation.operation().reply() instanceof Reply.Paged<?> && principal != null) {
            Map<String, Json> members = ((JsonObject) newest).members();
            cursorUse = Cursors.use(principal.owner(), operation.operation().id(), members, wiring.codec());
            newest = withPosition(members, cursorUse);
        }
        Input input = new Input(newest, bind(newest, received));
        Call call = new Call(admitted, received.places(), key, raw && bytes != null ? bytes : RequestBody.NONE);
        KeyUse use = cursorUse;
        if (!operation.transactional()) {
            return unlessKnown(answer(call, result(call, input), use));
        }
        if (key == null || !operation.runsOnce() || principal == null) {
            return wiring.matrix().transactions().returning(tx -> {
                call.within(tx);
                return answer(call, result(call, input), use);
            });
        }
        return once(call, input, key, received, use);
    }

    /** The request in the newest shape, and what it bound to. */
    private record Input(Json json, Object bound) {}

    private Answer once(Call call, Input input, String key, Received received, @Nullable KeyUse use) {
        JsonObject identity =
                new JsonObject(Map.of("version", new JsonString(version.toString()), "request", received.json()));
        ApiPrincipal caller = requireNonNull(principal, "anonymous operations have no keys");
        IdempotentResult result = wiring.matrix()
                .idempotency()
                .once(IdempotentCall.of(caller.owner(), operation.operation().id(), key, identity), tx -> {
                    call.within(tx);
                    Answer answer = answer(call, result(call, input), use);
                    Map<String, String> headers = new LinkedHashMap<>();
                    answer.lines().forEach(line -> headers.put(line.name(), line.value()));
                    return new StoredReply(answer.status(), headers, kept(answer.body()), version.toString());
                });
        if (result instanceof IdempotentResult.Executed executed) {
            return stored(executed.reply(), call.isReplayed());
        }
        if (result instanceof IdempotentResult.Replayed replayed) {
            return stored(replayed.reply(), true);
        }
        throw result instanceof IdempotentResult.Reused
                ? ApiProblem.of(
                        422,
                        "idempotency_key_reused",
                        "This idempotency key was used for another request; use a new one.")
                : ApiProblem.of(409, "idempotency_in_progress", "A request with this key is still at work; try again.");
    }

    /** The bytes of a reply that is given again; a streamed one is written now, while its work can still roll back. */
    private byte[] kept(ApiBody body) {
        byte[] bytes = RequestBody.NONE;
        if (body instanceof ApiBody.Bytes ready) {
            bytes = ready.content();
        } else if (body instanceof ApiBody.Stream stream) {
            ByteArrayOutputStream written = new ByteArrayOutputStream();
            try {
                stream.writer().writeTo(written);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            bytes = written.toByteArray();
        }
        if (bytes.length > StoredReply.LARGEST_BODY) {
            throw new IllegalStateException(operation.operation() + " answered with " + bytes.length
                    + " bytes, and a reply that an idempotency key gives again has at most "
                    + StoredReply.LARGEST_BODY + ": answer with less, or keep the key in the feature (KeyMode.OWNED).");
        }
        return bytes;
    }

    private static Answer stored(StoredReply stored, boolean replayed) {
        List<Line> lines = new ArrayList<>();
        stored.headers().forEach((name, value) -> lines.add(new Line(name, value)));
        ApiBody body = stored.body().length == 0 ? ApiBody.empty() : ApiBody.of(stored.body());
        return new Answer(stored.status(), lines, body, replayed);
    }

    private byte @Nullable [] body(boolean raw) {
        int limit = operation.operation().maxBody().orElse(wiring.limits().bodyBytes());
        if (raw) {
            return read(limit);
        }
        if (!operation.writes() || operation.operation().method().equals("DELETE")) {
            return null;
        }
        boolean typed = request.headers().first("Content-Type") != null
                || request.headers().first("Content-Encoding") != null;
        if (typed && !MediaTypes.isJson(request.headers(), request.method())) {
            throw unsupported();
        }
        byte[] bytes = read(limit);
        if (bytes.length > 0 && !typed) {
            throw unsupported();
        }
        return bytes;
    }

    private byte[] read(int limit) {
        byte[] bytes = admitted.body().read(limit);
        if (principal != null) {
            wiring.rates().weigh(bytes.length, principal, admitted.now());
        }
        return bytes;
    }

    private ApiProblem unsupported() {
        return ApiProblem.of(
                415, "unsupported_media_type", "The body is application/json in UTF-8, without content encoding.");
    }

    private JsonObject parse(byte[] bytes) {
        if (bytes.length == 0) {
            boolean required =
                    operation.request().bodyOf(version).properties().stream().anyMatch(Schema.Property::required);
            if (required) {
                throw ApiProblem.of(400, "malformed_request", "The body is one JSON object; there is none.");
            }
            return new JsonObject(Map.of());
        }
        try {
            if (wiring.codec().parse(bytes) instanceof JsonObject object) {
                return object;
            }
        } catch (InvalidJsonException e) {
            throw ApiProblem.of(400, "malformed_request", "The body is no strict JSON: " + e.getMessage());
        }
        throw ApiProblem.of(400, "malformed_request", "The body is one JSON object.");
    }

    private @Nullable String key() {
        KeyMode mode = operation.operation().key();
        if (mode == KeyMode.UNUSED || !operation.writes()) {
            return null;
        }
        List<String> lines = request.headers().all("Idempotency-Key");
        if (lines.isEmpty() && !mode.required()) {
            return null;
        }
        String key = lines.size() == 1 ? unquoted(lines.get(0)) : "";
        if (!IdempotentCall.isKey(key)) {
            throw ApiProblem.of(
                    400,
                    "invalid_idempotency_key",
                    "The header Idempotency-Key has 1 to 255 visible ASCII characters"
                            + (mode.required() ? "." : ", if any."));
        }
        return key;
    }

    /** The value of a structured-field string (RFC 9651), or the bare one. */
    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted
                ? value.substring(1, value.length() - 1).replace("\\\"", "\"").replace("\\\\", "\\")
                : value;
    }

    private Json withPosition(Map<String, Json> members, KeyUse use) {
        if (members.get("cursor") instanceof JsonString cursor) {
            Map<String, Json> opened = new LinkedHashMap<>(members);
            opened.put("cursor", new JsonString(wiring.cursors().open(use, cursor.value())));
            return new JsonObject(opened);
        }
        return new JsonObject(members);
    }

    private Object bind(Json json, Received received) {
        try {
            return wiring.codec().bind(json, operation.operation().request());
        } catch (InvalidJsonException e) {
            if (e.getCause() instanceof ApiProblem problem) {
                throw problem;
            }
            String detail = e.getCause() instanceof MatrixException cause && cause.getMessage() != null
                    ? cause.getMessage()
                    : "Expected " + e.expected() + ".";
            String top = e.pointer().isEmpty() ? "" : e.pointer().substring(1).split("/", 2)[0];
            In in = received.places().getOrDefault(top, In.BODY);
            throw ApiProblem.of(422, "unprocessable", detail)
                    .at(new FieldError(
                            in.text(),
                            in == In.BODY
                                    ? operation.request().lower(e.pointer(), json, version)
                                    : operation.request().shape().headerOf(top),
                            "value",
                            detail));
        }
    }

    /** What the handler returns; its problems speak the newest shape, the caller's an older one. */
    private @Nullable Object result(Call call, Input input) {
        try {
            return operation.run(input.bound(), call);
        } catch (ApiProblem problem) {
            throw operation.request().lower(problem, input.json(), version);
        }
    }

    /** The reply of a handler; encoded inside its transaction, so that what can't be encoded rolls it back. */
    private Answer answer(Call call, @Nullable Object value, @Nullable KeyUse use) {
        Replies replies = new Replies(wiring, admitted);
        List<Line> lines = new ArrayList<>(call.lines());
        ApiBody body = replies.body(value, use, lines);
        int status = call.statusOr(operation.operation().status());
        return new Answer(status, replies.linked(call, value, lines), body, call.isReplayed());
    }

    /** To a GET whose caller holds this version already, without the body. */
    private Answer unlessKnown(Answer answer) {
        if (operation.writes() || !ReplyHeaders.matches(request.headers().first("If-None-Match"), etagOf(answer))) {
            return answer;
        }
        List<Line> lines = answer.lines().stream()
                .filter(line -> !line.name().equals("Content-Type"))
                .toList();
        return new Answer(304, lines, ApiBody.empty(), answer.replayed());
    }

    /** The reply's ETag; empty if it has none. */
    private static String etagOf(Answer answer) {
        for (Line line : answer.lines()) {
            if (line.name().equals("ETag")) {
                return line.value();
            }
        }
        return "";
    }
}
