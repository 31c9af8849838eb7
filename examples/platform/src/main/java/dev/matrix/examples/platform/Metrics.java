package dev.matrix.examples.platform;

import dev.matrix.core.Matrix;
import dev.matrix.core.api.ApiExchange;
import dev.matrix.core.api.ApiListener;
import dev.matrix.core.event.SubscriberStatus;
import dev.matrix.webhooks.DeliveryState;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Counts exchanges, and writes what there is to know in Prometheus' text format 0.0.4. No label holds an id. */
final class Metrics implements ApiListener {

    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final double NANOS = 1e9;
    private static final Duration COUNTED_FOR = Duration.ofSeconds(30);
    private static final double[] BOUNDS = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};

    private final Map<String, LongAdder> exchanges = new ConcurrentSkipListMap<>();
    private final Map<String, LongAdder> refusals = new ConcurrentSkipListMap<>();
    private final LongAdder replays = new LongAdder();
    private final LongAdder[] buckets = new LongAdder[BOUNDS.length + 1];
    private final LongAdder nanos = new LongAdder();
    private final Supplier<Map<DeliveryState, Long>> deliveries;
    private volatile @Nullable Counted counted;

    private record Counted(Instant until, Map<DeliveryState, Long> deliveries) {}

    /** @param deliveries how many there are in each state now; asked for at most every 30 s, as it counts rows */
    Metrics(Supplier<Map<DeliveryState, Long>> deliveries) {
        this.deliveries = deliveries;
        for (int i = 0; i < buckets.length; i++) {
            buckets[i] = new LongAdder();
        }
    }

    @Override
    public void onExchange(ApiExchange exchange) {
        String operation = exchange.operation() == null ? "none" : exchange.operation();
        count(exchanges, "operation=\"" + operation + "\",status=\"" + exchange.status() + "\"");
        if (exchange.code() != null) {
            count(refusals, "code=\"" + exchange.code() + "\"");
        }
        if (exchange.replayed()) {
            replays.increment();
        }
        nanos.add(exchange.nanos());
        buckets[bucket(exchange.nanos() / NANOS)].increment();
    }

    private static void count(Map<String, LongAdder> counters, String labels) {
        counters.computeIfAbsent(labels, none -> new LongAdder()).increment();
    }

    private static int bucket(double seconds) {
        int bucket = 0;
        while (bucket < BOUNDS.length && seconds > BOUNDS[bucket]) {
            bucket++;
        }
        return bucket;
    }

    String text(Matrix matrix) {
        StringBuilder text = new StringBuilder(4_096);
        head(text, "matrix_api_exchanges_total", "counter", "Exchanges by operation and status.");
        exchanges.forEach((labels, count) -> line(text, "matrix_api_exchanges_total{" + labels + "}", count.sum()));
        head(text, "matrix_api_exchange_seconds", "histogram", "From a request's arrival to its finished reply.");
        long total = 0;
        for (int i = 0; i < buckets.length; i++) {
            total += buckets[i].sum();
            String bound = i < BOUNDS.length ? Double.toString(BOUNDS[i]) : "+Inf";
            line(text, "matrix_api_exchange_seconds_bucket{le=\"" + bound + "\"}", total);
        }
        text.append("matrix_api_exchange_seconds_sum ")
                .append(nanos.sum() / NANOS)
                .append('\n');
        line(text, "matrix_api_exchange_seconds_count", total);
        head(text, "matrix_api_replays_total", "counter", "Replies given again to a known idempotency key.");
        line(text, "matrix_api_replays_total", replays.sum());
        head(text, "matrix_api_refusals_total", "counter", "Problems by their code.");
        refusals.forEach((labels, count) -> line(text, "matrix_api_refusals_total{" + labels + "}", count.sum()));
        head(text, "matrix_event_backlog", "gauge", "Events that wait for a subscriber.");
        for (SubscriberStatus status : matrix.events().subscribers()) {
            line(text, "matrix_event_backlog{subscriber=\"" + status.name() + "\"}", status.backlog());
        }
        Map<DeliveryState, Long> states = deliveries(matrix.storeClock().instant());
        head(text, "matrix_webhook_deliveries", "gauge", "Deliveries that are kept, by state.");
        for (DeliveryState state : DeliveryState.values()) {
            String label = state.name().toLowerCase(Locale.ROOT);
            line(text, "matrix_webhook_deliveries{state=\"" + label + "\"}", states.getOrDefault(state, 0L));
        }
        return text.toString();
    }

    private Map<DeliveryState, Long> deliveries(Instant now) {
        Counted known = counted;
        if (known == null || !now.isBefore(known.until())) {
            known = new Counted(now.plus(COUNTED_FOR), deliveries.get());
            counted = known;
        }
        return known.deliveries();
    }

    private static void head(StringBuilder text, String name, String type, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private static void line(StringBuilder text, String series, long value) {
        text.append(series).append(' ').append(value).append('\n');
    }
}
