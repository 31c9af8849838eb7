package dev.matrix.testkit;

import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.api.Access;
import dev.matrix.core.api.ApiBody;
import dev.matrix.core.api.ApiCredentials;
import dev.matrix.core.api.ApiDispatcher;
import dev.matrix.core.api.ApiExample;
import dev.matrix.core.api.ApiHeaders;
import dev.matrix.core.api.ApiModule;
import dev.matrix.core.api.ApiPrincipal;
import dev.matrix.core.api.ApiRequest;
import dev.matrix.core.api.ApiResponse;
import dev.matrix.core.api.Authentication;
import dev.matrix.core.api.KeyMode;
import dev.matrix.core.api.Operation;
import dev.matrix.core.wire.ApiVersion;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Calls one module's operations by their examples, with keys of several callers. */
final class ApiCalls {

    static final Owner OWNER = Owner.user("u_contract");
    static final String OPERATOR = "operator";
    static final String CUSTOMER = "customer";
    static final String OTHER_CUSTOMER = "other-customer";
    static final String NO_SCOPES = "no-scopes";

    private static final Pattern CODE = Pattern.compile("\"code\":\"([a-z0-9_]+)\",\"requestId\"");
    private static final Pattern VARIABLE = Pattern.compile("\\{[^}]*}");

    private final Matrix matrix;
    private final ApiModule module;
    private final Map<String, ApiPrincipal> keys;
    private final ApiDispatcher api;

    private ApiCalls(Matrix matrix, ApiModule module) {
        this.matrix = matrix;
        this.module = module;
        Set<String> scopes = new HashSet<>();
        module.operations()
                .forEach(operation -> operation
                        .access()
                        .filter(Access.Scope.class::isInstance)
                        .ifPresent(access -> scopes.add(((Access.Scope) access).name())));
        Set<String> all = new HashSet<>(scopes);
        all.add(ApiPrincipal.OPERATE);
        this.keys = Map.of(
                OPERATOR, new ApiPrincipal("key_1", Owner.platform(), all, null),
                CUSTOMER, new ApiPrincipal("key_2", OWNER, scopes, null),
                OTHER_CUSTOMER, new ApiPrincipal("key_3", Owner.user("u_other"), scopes, null),
                NO_SCOPES, new ApiPrincipal("key_4", OWNER, Set.of(), null));
        this.api = ApiDispatcher.on(matrix)
                .modules(module)
                .authenticator(this::authenticate)
                .checkReplies(true)
                .build();
    }

    static ApiCalls on(Matrix matrix, ApiModule module) {
        return new ApiCalls(matrix, module);
    }

    private Authentication authenticate(ApiCredentials credentials) {
        ApiPrincipal known = credentials.bearer() == null ? null : keys.get(credentials.bearer());
        return known == null ? new Authentication.Refused("unknown") : new Authentication.Authenticated(known);
    }

    /** A reply's status and body. */
    record Answer(int status, String body) {

        /** The problem's code; empty if it is none. */
        String code() {
            Matcher found = CODE.matcher(body);
            return found.find() ? found.group(1) : "";
        }
    }

    List<Operation<?, ?>> operations() {
        return module.operations().stream()
                .<Operation<?, ?>>map(o -> operation(o.id()))
                .toList();
    }

    /** The served operation of that id. */
    Operation<?, ?> operation(String id) {
        return api.catalog().operations().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no operation " + id + "."));
    }

    List<ApiVersion> versions() {
        return api.catalog().versions();
    }

    ApiVersion newest() {
        return api.catalog().newest();
    }

    /** Whether the dispatcher's transaction holds what the operation does. */
    boolean commitsWithItsReply(Operation<?, ?> operation) {
        return switch (operation.method()) {
            case "PUT", "DELETE" -> true;
            case "POST", "PATCH" -> operation.key() != KeyMode.UNUSED;
            default -> false;
        };
    }

    /** The path with another last variable. */
    String withUnknownId(Operation<?, ?> operation, String path) {
        String[] template = operation.path().split("/", -1);
        String[] segments = path.split("/", -1);
        for (int i = template.length - 1; i >= 0; i--) {
            if (VARIABLE.matcher(template[i]).find()) {
                segments[i] = VARIABLE.matcher(template[i]).replaceAll("no_such_id");
                break;
            }
        }
        return String.join("/", segments);
    }

    /** Sends the first example as an operator, or as a customer if it names no owner where an operator must. */
    Answer example(Operation<?, ?> operation, ApiVersion version) {
        return example(operation, "", version);
    }

    /** As such, at {@code path} unless that is empty. */
    Answer example(Operation<?, ?> operation, String path, ApiVersion version) {
        Answer operators = example(operation, path, version, OPERATOR);
        return operators.code().equals("invalid_request") ? example(operation, path, version, CUSTOMER) : operators;
    }

    Answer example(Operation<?, ?> operation, ApiVersion version, String key) {
        return example(operation, "", version, key);
    }

    /** Sends the first example; at {@code path} unless that is empty, without a key if {@code key} is. */
    Answer example(Operation<?, ?> operation, String path, ApiVersion version, String key) {
        if (!api.catalog().has(operation, version)) {
            return new Answer(410, "");
        }
        ApiExample example = api.catalog().examples(operation, version).get(0);
        ApiHeaders headers =
                example.headers().with("Request-Id", "contract").with("Matrix-Version", version.toString());
        headers = key.isEmpty() ? headers : headers.with("Authorization", "Bearer " + key);
        byte[] body = example.body() == null ? new byte[0] : matrix.json().write(example.body());
        headers = example.body() == null ? headers : headers.with("Content-Type", "application/json");
        headers = operation.key() == KeyMode.REQUIRED || operation.key() == KeyMode.OWNED_REQUIRED
                ? headers.with("Idempotency-Key", operation.id() + "-" + version)
                : headers;
        headers = operation.requiresIfMatch() ? headers.with("If-Match", "*") : headers;
        ApiResponse response = api.handle(new ApiRequest(
                operation.method(),
                path.isEmpty() ? example.path() : path,
                example.query().isEmpty() ? null : example.query(),
                headers,
                new ByteArrayInputStream(body),
                "192.0.2.1"));
        String text = response.body() instanceof ApiBody.Bytes bytes
                ? new String(bytes.content(), StandardCharsets.UTF_8)
                : "";
        return new Answer(response.status(), text);
    }
}
