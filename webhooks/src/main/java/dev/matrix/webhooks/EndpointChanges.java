package dev.matrix.webhooks;

import dev.matrix.core.event.EndpointChanged;
import dev.matrix.core.event.EventLog;
import dev.matrix.core.event.EventType;
import dev.matrix.core.event.EventTypes;
import dev.matrix.core.spi.Tx;
import dev.matrix.webhooks.spi.DeliveryStore;
import dev.matrix.webhooks.spi.EndpointRow;
import dev.matrix.webhooks.spi.EndpointStore;
import dev.matrix.webhooks.spi.EndpointStore.Loaded;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What happens to an endpoint as a whole, with its event, in the transaction that it happens in. */
record EndpointChanges(EventLog events, EndpointStore endpoints, DeliveryStore deliveries, EndpointForm form) {

    /** Ending a long backlog takes several transactions; the node that leases the endpoint does the rest. */
    static final int ENDED_AT_ONCE = 1_000;

    private static final String OWN_FAMILY = "endpoint.";

    void publish(Tx tx, EventType type, EndpointRow row, Instant now) {
        events.publish(
                tx,
                new EndpointChanged(
                        row.id(),
                        row.owner(),
                        type,
                        form.settings(row).url(),
                        lower(row.status()),
                        row.disabledReason() == null ? null : lower(row.disabledReason()),
                        row.failingSince(),
                        now));
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** What answers mean for their endpoints: disabled by the receiver or by failing too long, down, or back. */
    void follow(Tx tx, List<Landing> landings, Duration failingAfter, Instant now) {
        for (Landing landing : landings) {
            DisabledReason reason = disabled(landing, failingAfter, now);
            EventType news = news(landing);
            if (reason != null || news != null) {
                for (Loaded loaded :
                        endpoints.load(tx, List.of(landing.launch().lane().id()), now)) {
                    if (reason != null) {
                        disable(tx, loaded.row(), reason, now);
                    } else if (news != null) {
                        publish(tx, news, loaded.row(), now);
                    }
                }
            }
        }
    }

    private static @Nullable DisabledReason disabled(Landing landing, Duration failingAfter, Instant now) {
        DisabledReason asked = landing.verdict().disable();
        EndpointHealth health = landing.health();
        return asked == null && health != null && health.isLost(failingAfter, now) ? DisabledReason.FAILING : asked;
    }

    /** News about endpoints makes no news of its own. */
    private static @Nullable EventType news(Landing landing) {
        if (landing.verdict().after().type().startsWith(OWN_FAMILY)) {
            return null;
        }
        return switch (landing.breaker()) {
            case OPENED -> EventTypes.ENDPOINT_FAILING;
            case CLOSED -> EventTypes.ENDPOINT_RECOVERED;
            case NONE -> null;
        };
    }

    private void disable(Tx tx, EndpointRow row, DisabledReason reason, Instant now) {
        if (row.status() != EndpointStatus.DISABLED) {
            EndpointRow disabled = withStatus(row, EndpointStatus.DISABLED, reason);
            if (endpoints.replaceIfVersion(tx, disabled)) {
                publish(tx, EventTypes.ENDPOINT_DISABLED, disabled, now);
                deliveries.endOpen(tx, row.id(), null, EndReason.ENDPOINT, now, ENDED_AT_ONCE);
            }
        }
    }

    /** The next version of a row, in another state; its failures are forgotten when it becomes ACTIVE. */
    static EndpointRow withStatus(EndpointRow row, EndpointStatus status, @Nullable DisabledReason reason) {
        boolean active = status == EndpointStatus.ACTIVE;
        return new EndpointRow(
                row.id(),
                row.owner(),
                row.version() + 1,
                status,
                reason,
                row.settings(),
                row.sealedHeaders(),
                active ? null : row.failingSince(),
                active ? 0 : row.failures(),
                row.createdAt());
    }
}
