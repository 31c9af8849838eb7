package dev.matrix.webhooks;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Owner;
import dev.matrix.core.spi.Tx;
import dev.matrix.webhooks.EndpointStats.Latency;
import dev.matrix.webhooks.spi.DeliveryHistoryStore.Group;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts what became of an endpoint's deliveries. */
record Statistics(WebhookStores stores, InstantSource clock) {

    private static final Duration LONGEST = Duration.ofDays(90);
    private static final int TIMED = 1_000;
    private static final int TIMED_EACH = 10;

    EndpointStats stats(Tx tx, Owner owner, String id, Duration window) {
        if (window.compareTo(Duration.ofSeconds(1)) < 0 || window.compareTo(LONGEST) > 0) {
            throw new InvalidRequestException("A window is 1 s to 90 days; " + window + " is not.");
        }
        Instant until = clock.instant();
        Instant since = until.minus(window);
        stores.endpoint(tx, owner, id, until);
        // What was created at this very instant is in the window too; stores keep microseconds.
        Instant end = until.plus(1, ChronoUnit.MICROS);
        List<Group> groups = stores.history().count(tx, id, since, end);
        List<Integer> micros = stores.history().micros(tx, id, since, end, TIMED, TIMED_EACH);
        return new EndpointStats(
                since,
                until,
                groups.stream().collect(groupingBy(Group::state, summingLong(Group::deliveries))),
                groups.stream().mapToLong(Group::requests).sum(),
                groups.stream()
                        .filter(group -> group.lastError() != null && group.state() != DeliveryState.DELIVERED)
                        .collect(groupingBy(Group::lastError, summingLong(Group::deliveries))),
                oldestOpenAt(groups),
                latency(micros.stream().sorted().toList()));
    }

    private static @Nullable Instant oldestOpenAt(List<Group> groups) {
        return groups.stream()
                .filter(group -> group.state().isOpen())
                .map(Group::oldestAt)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    private static @Nullable Latency latency(List<Integer> sorted) {
        return sorted.isEmpty()
                ? null
                : new Latency(percentile(sorted, 50), percentile(sorted, 95), percentile(sorted, 99));
    }

    private static Duration percentile(List<Integer> sorted, int percent) {
        int rank = (sorted.size() * percent + 99) / 100;
        return Duration.of(sorted.get(rank - 1), ChronoUnit.MICROS);
    }
}
