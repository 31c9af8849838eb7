package dev.matrix.examples.platform;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.matrix.core.Matrix;
import dev.matrix.core.api.ApiBody;
import dev.matrix.core.api.ApiHandler;
import dev.matrix.core.api.ApiHeaders;
import dev.matrix.core.api.ApiRequest;
import dev.matrix.core.api.ApiResponse;

/** What operators look at, in front of the API; it needs no key and tells no ids. */
final class Front implements ApiHandler {

    private static final String PLAIN = "text/plain; charset=utf-8";
    private static final int OK = 200;
    private static final int NOT_READY = 503;

    private final Matrix matrix;
    private final Health health;
    private final Metrics metrics;
    private final ApiHandler api;

    Front(Matrix matrix, Health health, Metrics metrics, ApiHandler api) {
        this.matrix = matrix;
        this.health = health;
        this.metrics = metrics;
        this.api = api;
    }

    @Override
    public ApiResponse handle(ApiRequest request) {
        boolean read = request.method().equals("GET") || request.method().equals("HEAD");
        return switch (read ? request.rawPath() : "") {
            case "/healthz" -> text(OK, PLAIN, "alive\n");
            case "/readyz" ->
                health.failing()
                        .map(part -> text(NOT_READY, PLAIN, "not ready: " + part + "\n"))
                        .orElseGet(() -> text(OK, PLAIN, "ready\n"));
            case "/metrics" -> text(OK, Metrics.CONTENT_TYPE, metrics.text(matrix));
            default -> api.handle(request);
        };
    }

    private static ApiResponse text(int status, String type, String text) {
        return new ApiResponse(
                status,
                ApiHeaders.of("Content-Type", type, "Cache-Control", "no-store", "X-Content-Type-Options", "nosniff"),
                ApiBody.of(text.getBytes(UTF_8)));
    }
}
