package dev.matrix.examples.quickstart;

import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.webhooks.Delivery;
import dev.matrix.webhooks.DeliveryQuery;
import dev.matrix.webhooks.DeliveryState;
import dev.matrix.webhooks.EndpointView;
import dev.matrix.webhooks.Webhooks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How the deliveries of each endpoint went, as a table for people. */
record Report(List<Row> rows) {

    private static final int PAGE = 1_000;
    private static final int MILLIS_A_SECOND = 1_000;

    /**
     * One endpoint.
     *
     * @param delivered deliveries that the receiver answered 2xx
     * @param retried those of all states that took more than one request
     * @param failed those that are over without a 2xx
     * @param open those that are still to be sent
     * @param attempts requests in all
     * @param times from commit to delivery, of the delivered ones, ascending
     * @param problem what the last request came to, of one that was tried and is not delivered; null without such
     */
    record Row(
            String endpoint,
            int delivered,
            int retried,
            int failed,
            int open,
            int attempts,
            List<Duration> times,
            @Nullable String problem) {

        static Row of(String endpoint, List<Delivery> deliveries) {
            int open = (int) deliveries.stream().filter(d -> d.state().isOpen()).count();
            List<Duration> times = deliveries.stream()
                    .filter(delivery -> delivery.state() == DeliveryState.DELIVERED)
                    .map(Row::time)
                    .sorted()
                    .toList();
            return new Row(
                    endpoint,
                    times.size(),
                    (int) deliveries.stream().filter(d -> requests(d) > 1).count(),
                    deliveries.size() - times.size() - open,
                    open,
                    deliveries.stream().mapToInt(Row::requests).sum(),
                    times,
                    problem(deliveries));
        }

        private static @Nullable String problem(List<Delivery> deliveries) {
            return deliveries.stream()
                    .filter(delivery -> delivery.state() != DeliveryState.DELIVERED && requests(delivery) > 0)
                    .map(delivery -> delivery.lastStatus() == null
                            ? String.valueOf(delivery.lastError())
                            : "HTTP status " + delivery.lastStatus())
                    .findFirst()
                    .orElse(null);
        }

        private static int requests(Delivery delivery) {
            return delivery.attempts() + delivery.deferrals();
        }

        /** The delivery's row is written in the transaction that publishes its event, just before the commit. */
        private static Duration time(Delivery delivery) {
            Instant finished = delivery.finishedAt();
            return Duration.between(delivery.createdAt(), finished == null ? delivery.createdAt() : finished);
        }

        /** The nearest-rank percentile; null when nothing was delivered. */
        @Nullable
        Duration percentile(int percent) {
            int rank = (times.size() * percent + 99) / 100;
            return times.isEmpty() ? null : times.get(rank - 1);
        }
    }

    static Report of(Webhooks webhooks, List<EndpointView> endpoints) {
        return new Report(endpoints.stream()
                .map(endpoint -> Row.of(endpoint.owner().toString(), deliveries(webhooks, endpoint)))
                .toList());
    }

    private static List<Delivery> deliveries(Webhooks webhooks, EndpointView endpoint) {
        DeliveryQuery query = DeliveryQuery.ofEndpoint(endpoint.id());
        Page<Delivery> page = webhooks.deliveries(endpoint.owner(), query, PageRequest.first(PAGE));
        List<Delivery> all = new ArrayList<>(page.items());
        for (String next = page.nextCursor(); next != null; next = page.nextCursor()) {
            page = webhooks.deliveries(endpoint.owner(), query, PageRequest.after(next, PAGE));
            all.addAll(page.items());
        }
        return all;
    }

    boolean allDelivered() {
        return rows.stream().allMatch(row -> row.failed == 0 && row.open == 0);
    }

    int open() {
        return rows.stream().mapToInt(Row::open).sum();
    }

    /** One line for each endpoint that has trouble. */
    List<String> problems() {
        return rows.stream()
                .filter(row -> row.problem != null)
                .map(row -> row.endpoint + " did not take everything; for one, " + row.problem + ".")
                .toList();
    }

    String table() {
        StringBuilder table =
                new StringBuilder(line("endpoint", "delivered", "retried", "failed", "open", "attempts", "p50", "p99"));
        for (Row row : rows) {
            table.append(line(
                    row.endpoint,
                    row.delivered,
                    row.retried,
                    row.failed,
                    row.open,
                    row.attempts,
                    text(row.percentile(50)),
                    text(row.percentile(99))));
        }
        return table.toString();
    }

    private static String line(Object... cells) {
        return String.format(Locale.ROOT, "%-16s %9s %8s %7s %6s %9s %9s %9s%n", cells);
    }

    private static String text(@Nullable Duration time) {
        if (time == null) {
            return "-";
        }
        long millis = time.toMillis();
        return millis < MILLIS_A_SECOND ? millis + " ms" : String.format(Locale.ROOT, "%.2f s", millis / 1e3);
    }
}
