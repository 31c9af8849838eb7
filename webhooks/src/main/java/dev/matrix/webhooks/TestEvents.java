package dev.matrix.webhooks;

import dev.matrix.core.ConflictException;
import dev.matrix.core.Ids;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Owner;
import dev.matrix.core.event.EventCatalog;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;
import dev.matrix.core.event.spi.EventRow;
import dev.matrix.core.json.Json;
import dev.matrix.core.json.Json.JsonBoolean;
import dev.matrix.core.json.Json.JsonObject;
import dev.matrix.core.json.Json.JsonString;
import dev.matrix.core.json.JsonCodec;
import dev.matrix.core.spi.Tx;
import dev.matrix.webhooks.spi.DeliveryRow;
import dev.matrix.webhooks.spi.NewDelivery;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Test deliveries. A test's event is in no log, where subscribers would take it for a fact: it is made from its type's
 * example each time that it is sent, always the same for one delivery.
 *
 * @param hint told after a commit which endpoint has something to send
 */
record TestEvents(
        EventCatalog types, JsonCodec json, Ids ids, InstantSource clock, WebhookStores stores, Consumer<String> hint) {

    static final int MOST = 10;
    static final Duration PER = Duration.ofMinutes(1);

    private static final String TEST = "test";

    /** Makes one, for this endpoint alone; empty where there were as many as allowed of late. */
    Optional<Delivery> send(Tx tx, Owner owner, String endpointId, String typeName) {
        Instant now = clock.instant();
        EndpointStatus status =
                stores.endpoint(tx, owner, endpointId, now).row().status();
        EventPayload example = example(types.get(typeName));
        if (status != EndpointStatus.ACTIVE) {
            throw new ConflictException(
                    "Endpoint " + endpointId + " is " + status + "; only an ACTIVE one gets a test event.");
        }
        if (!mayBeSent(stores, tx, endpointId, now)) {
            return Optional.empty();
        }
        String id = ids.next("whd");
        NewDelivery row = new NewDelivery(
                id, owner, endpointId, ids.next(TEST), typeName, example.id(), Trigger.TEST, Ordering.UNORDERED, now);
        stores.deliveries().route(tx, List.of(row), Map.of());
        tx.hintAfterCommit(() -> hint.accept(endpointId));
        return Optional.of(stores.delivery(tx, owner, id).delivery());
    }

    /** Takes one of those that an endpoint may get of late; a test that is sent again is one too. */
    static boolean mayBeSent(WebhookStores stores, Tx tx, String endpointId, Instant now) {
        return stores.quotas().take(tx, endpointId, TEST, MOST, PER, now);
    }

    static ConflictException tooMany(String endpointId) {
        return new ConflictException(
                "Endpoint " + endpointId + " has had " + MOST + " test events within " + PER + "; wait for a moment.");
    }

    private static EventPayload example(EventType type) {
        return type.example()
                .orElseThrow(() -> new InvalidRequestException(
                        "The event type " + type + " has no example to send; give it one by EventType.example(…)."));
    }

    /** The event of a test delivery; null where this node doesn't know its type or has no example. */
    @Nullable
    EventRow event(DeliveryRow row, BodyStyle style) {
        Delivery delivery = row.delivery();
        return types.find(delivery.type())
                .flatMap(type -> type.example().map(example -> event(row, type, payload(example, style))))
                .orElse(null);
    }

    private static EventRow event(DeliveryRow row, EventType type, byte[] payload) {
        Delivery d = row.delivery();
        return new EventRow(
                d.eventId(),
                d.type(),
                type.version(),
                row.owner(),
                d.subject(),
                d.createdAt(),
                d.createdAt(),
                List.of(),
                null,
                payload);
    }

    /** The example's members, or its id alone, and then {@code "test": true}. */
    private byte[] payload(EventPayload example, BodyStyle style) {
        Map<String, Json> members = new LinkedHashMap<>();
        if (style == BodyStyle.FULL && json.parse(json.encode(example)) instanceof JsonObject full) {
            members.putAll(full.members());
        } else {
            members.put("id", new JsonString(example.id()));
        }
        members.put(TEST, new JsonBoolean(true));
        return json.write(new JsonObject(members));
    }
}
