package dev.matrix.core.api;

import dev.matrix.core.Owner;
import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.json.Json;
import dev.matrix.core.json.JsonCodec;
import dev.matrix.core.wire.ApiName;
import dev.matrix.core.wire.Describe;
import java.time.Instant;
import java.util.List;

/** An event as the API shows it. */
@ApiName("Event")
@Describe("A billing fact in the log.")
record EventView(
        String id,
        String type,
        int version,
        Owner owner,
        String subject,
        Instant occurredAt,

        @Describe("Further owners whose webhooks may see it.")
        List<Owner> visibleTo,

        @Describe("The fact itself, as the event type's schema has it.")
        Json data) {

    static EventView of(BillingEvent event, JsonCodec codec) {
        return new EventView(
                event.id(),
                event.type().name(),
                event.version(),
                event.owner(),
                event.subject(),
                event.occurredAt(),
                event.visibleTo(),
                codec.parse(codec.encode(event.payload())));
    }
}
