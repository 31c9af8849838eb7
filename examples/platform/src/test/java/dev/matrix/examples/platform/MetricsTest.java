package dev.matrix.examples.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.api.ApiExchange;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.wire.ApiVersion;
import dev.matrix.webhooks.DeliveryState;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Counters in Prometheus' text format. */
class MetricsTest {

    private static ApiExchange exchange(
            String operation, int status, @Nullable String code, long millis, boolean replayed) {
        return new ApiExchange(
                operation,
                "POST",
                "/v1/webhooks",
                status,
                code,
                millis * 1_000_000,
                10,
                20,
                "req_secret",
                "key_secret",
                Owner.user("u_secret"),
                ApiVersion.FIRST,
                replayed,
                false);
    }

    @Test
    @Tag("P3")
    void exchangesAreCountedByOperationAndStatusAndNoIdIsTold() {
        Metrics metrics = new Metrics(() -> Map.of(DeliveryState.DELIVERED, 7L, DeliveryState.RETRYING, 2L));
        metrics.onExchange(exchange("createWebhook", 201, null, 3, false));
        metrics.onExchange(exchange("createWebhook", 201, null, 40, true));
        metrics.onExchange(exchange("createWebhook", 422, "unprocessable", 20_000, false));

        try (Matrix matrix = Matrix.builder().stores(Stores.inMemory()).build()) {
            assertThat(metrics.text(matrix))
                    .contains(
                            "# TYPE matrix_api_exchanges_total counter\n",
                            "matrix_api_exchanges_total{operation=\"createWebhook\",status=\"201\"} 2\n",
                            "matrix_api_exchanges_total{operation=\"createWebhook\",status=\"422\"} 1\n",
                            "matrix_api_exchange_seconds_bucket{le=\"0.0025\"} 0\n",
                            "matrix_api_exchange_seconds_bucket{le=\"0.005\"} 1\n",
                            "matrix_api_exchange_seconds_bucket{le=\"0.05\"} 2\n",
                            "matrix_api_exchange_seconds_bucket{le=\"10.0\"} 2\n",
                            "matrix_api_exchange_seconds_bucket{le=\"+Inf\"} 3\n",
                            "matrix_api_exchange_seconds_count 3\n",
                            "matrix_api_replays_total 1\n",
                            "matrix_api_refusals_total{code=\"unprocessable\"} 1\n",
                            "matrix_webhook_deliveries{state=\"delivered\"} 7\n",
                            "matrix_webhook_deliveries{state=\"retrying\"} 2\n",
                            "matrix_webhook_deliveries{state=\"queued\"} 0\n")
                    .doesNotContain("secret");
        }
    }
}
