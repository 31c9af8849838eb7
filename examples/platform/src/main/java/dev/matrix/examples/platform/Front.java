package dev.matrix.examples.platform;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.matrix.core.Matrix;
import dev.matrix.core.api.ApiBody;
import dev.matrix.core.api.ApiHandler;
import dev.matrix.core.api.ApiHeaders;
import dev.matrix.core.api.ApiRequest;
import dev.matrix.core.api.ApiResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What operators look at, in front of the API; it needs no key and tells no ids. */
final class Front implements ApiHandler {

    private static final String PLAIN = "text/plain; charset=utf-8";
    private static final int OK = 200;
    private static final int NOT_READY = 503;

    /** Both ask the database, and whoever asks needs no key. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final Health health;
    private final Remembered<Optional<String>> failing;
    private final Remembered<String> metrics;
    private final ApiHandler api;

    Front(Matrix matrix, Health health, Metrics metrics, ApiHandler api) {
        this.health = health;
        this.failing = new Remembered<>(health::failing, FRESH, matrix.clock());
        this.metrics = new Remembered<>(() -> metrics.text(matrix), FRESH, matrix.clock());
        this.api = api;
    }

    @Override
    public ApiResponse handle(ApiRequest request) {
        ApiResponse own = own(request);
        return own == null ? api.handle(request) : own;
    }

    @Override
    public void handle(ApiRequest request, Sender sender) throws IOException {
        ApiResponse own = own(request);
        if (own == null) {
            api.handle(request, sender);
        } else {
            sender.send(own);
        }
    }

    /** The answer to a request of these pages; null: it is the API's. */
    private @Nullable ApiResponse own(ApiRequest request) {
        boolean read = request.method().equals("GET") || request.method().equals("HEAD");
        return switch (read ? request.rawPath() : "") {
            case "/healthz" -> text(OK, PLAIN, "alive\n");
            case "/readyz" ->
                (health.isClosing() ? health.failing() : failing.value())
                        .map(part -> text(NOT_READY, PLAIN, "not ready: " + part + "\n"))
                        .orElseGet(() -> text(OK, PLAIN, "ready\n"));
            case "/metrics" -> text(OK, Metrics.CONTENT_TYPE, metrics.value());
            default -> null;
        };
    }

    private static ApiResponse text(int status, String type, String text) {
        return new ApiResponse(
                status,
                ApiHeaders.of("Content-Type", type, "Cache-Control", "no-store", "X-Content-Type-Options", "nosniff"),
                ApiBody.of(text.getBytes(UTF_8)));
    }
}
