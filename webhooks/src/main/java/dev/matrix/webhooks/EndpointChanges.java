package dev.matrix.webhooks;

import dev.matrix.core.ConflictException;
import dev.matrix.core.event.EventLog;
import dev.matrix.core.event.EventType;
import dev.matrix.core.event.payload.DeliveryExhausted;
import dev.matrix.core.event.payload.EndpointChanged;
import dev.matrix.core.event.payload.EventTypes;
import dev.matrix.core.spi.Tx;
import dev.matrix.webhooks.spi.EndpointRow;
import dev.matrix.webhooks.spi.EndpointStore.Loaded;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What happens to an endpoint as a whole, with its event, in the transaction that it happens in. */
record EndpointChanges(EventLog events, WebhookStores stores, EndpointForm form, Listeners listeners) {

    /** Ending a long backlog takes several transactions; the node that leases the endpoint does the rest. */
    static final int ENDED_AT_ONCE = 1_000;

    private static final String OWN_FAMILY = "endpoint.";
    private static final String DELETED = "deleted";
    private static final String EXHAUSTED = "exhausted";
    private static final Duration EXHAUSTED_TOLD_EACH = Duration.ofHours(1);

    /** Publishes a change that has been written. */
    void publish(Tx tx, EventType type, EndpointRow row, Instant now) {
        events.publish(
                tx,
                new EndpointChanged(
                        row.id(),
                        row.owner(),
                        type,
                        form.settings(row).url(),
                        type.equals(EventTypes.ENDPOINT_DELETED) ? DELETED : lower(row.status()),
                        row.disabledReason() == null ? null : lower(row.disabledReason()),
                        row.failingSince(),
                        now));
        listeners.endpoint(tx, row.id());
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** Writes and publishes the next version of an endpoint; ConflictException if it isn't the next any more. */
    void replace(Tx tx, EndpointRow next, EventType news, Instant now) {
        if (!stores.endpoints().replaceIfVersion(tx, next)) {
            throw new ConflictException("Endpoint " + next.id() + " has changed since version " + (next.version() - 1)
                    + "; read it again and repeat the change.");
        }
        publish(tx, news, next, now);
    }

    /** Cancels what is open for an endpoint that gets nothing more. */
    void endOpen(Tx tx, String endpointId, Instant now) {
        stores.deliveries().endOpen(tx, endpointId, null, EndReason.ENDPOINT, now, ENDED_AT_ONCE);
    }

    /**
     * What answers mean for their endpoints: disabled by the receiver or by failing too long, down, back, or losing.
     *
     * @return the endpoints that were disabled
     */
    Set<String> follow(Tx tx, List<Landing> landings, Duration failingAfter, Instant now) {
        Set<String> exhausted = new HashSet<>();
        Set<String> disabled = new HashSet<>();
        for (Landing landing : landings) {
            DisabledReason reason = disabled(landing, failingAfter, now);
            EventType news = news(landing);
            boolean lost = isExhausted(landing.verdict().after())
                    && exhausted.add(landing.launch().lane().id());
            if (reason != null || news != null || lost) {
                for (Loaded loaded : stores.endpoints()
                        .load(tx, List.of(landing.launch().lane().id()), now)) {
                    if (lost) {
                        tellExhausted(tx, loaded.row(), landing.verdict().after(), now);
                    }
                    if (reason != null) {
                        disable(tx, loaded, reason, now);
                        disabled.add(loaded.row().id());
                    } else if (news != null) {
                        publish(tx, news, loaded.row(), now);
                    }
                }
            }
        }
        return disabled;
    }

    private static @Nullable DisabledReason disabled(Landing landing, Duration failingAfter, Instant now) {
        DisabledReason asked = landing.verdict().disable();
        EndpointHealth health = landing.health();
        return asked == null && health != null && health.isLost(failingAfter, now) ? DisabledReason.FAILING : asked;
    }

    /** News about endpoints makes no news of its own. */
    private static @Nullable EventType news(Landing landing) {
        if (isOfEndpoint(landing.verdict().after())) {
            return null;
        }
        return switch (landing.breaker()) {
            case OPENED -> EventTypes.ENDPOINT_FAILING;
            case RECOVERED -> EventTypes.ENDPOINT_RECOVERED;
            case NONE -> null;
        };
    }

    private static boolean isOfEndpoint(Delivery delivery) {
        return delivery.type().startsWith(OWN_FAMILY);
    }

    private static boolean isExhausted(Delivery delivery) {
        return delivery.state() == DeliveryState.EXHAUSTED
                && delivery.trigger() != Trigger.TEST
                && !isOfEndpoint(delivery);
    }

    /** The first of each hour stands for all. */
    private void tellExhausted(Tx tx, EndpointRow row, Delivery lost, Instant now) {
        if (stores.quotas().take(tx, row.id(), EXHAUSTED, 1, EXHAUSTED_TOLD_EACH, now)) {
            int inLastHour = stores.history().exhausted(tx, row.id(), now.minus(EXHAUSTED_TOLD_EACH));
            events.publish(
                    tx,
                    DeliveryExhausted.builder()
                            .id(row.id())
                            .owner(row.owner())
                            .deliveryId(lost.id())
                            .eventId(lost.eventId())
                            .eventType(lost.type())
                            .attempts(lost.attempts())
                            .lastStatus(lost.lastStatus())
                            .lastError(lost.lastError() == null ? null : lower(lost.lastError()))
                            .exhaustedInLastHour(Math.max(1, inLastHour))
                            .build());
        }
    }

    /** Whatever else changes: who has changed it meanwhile did not know of this. */
    private void disable(Tx tx, Loaded seen, DisabledReason reason, Instant now) {
        EndpointRow row = seen.row();
        if (row.status() != EndpointStatus.DISABLED) {
            EndpointRow disabled = withStatus(row, EndpointStatus.DISABLED, reason);
            if (stores.endpoints().replaceIfVersion(tx, disabled)) {
                publish(tx, EventTypes.ENDPOINT_DISABLED, disabled, now);
                endOpen(tx, row.id(), now);
            } else {
                stores.endpoints().load(tx, List.of(row.id()), now).forEach(newer -> disable(tx, newer, reason, now));
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
