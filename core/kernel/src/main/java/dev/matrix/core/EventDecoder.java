package dev.matrix.core;

import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.EventCatalog;
import dev.matrix.core.event.EventType;
import dev.matrix.core.event.StoredEvent;
import dev.matrix.core.json.JsonCodec;
import dev.matrix.core.spi.EventRow;
import org.jspecify.annotations.Nullable;

/** Turns stored rows back into events. */
record EventDecoder(EventCatalog catalog, JsonCodec json) {

    /** @throws InvalidRequestException for a type that this Matrix doesn't know, or a payload that it can't read */
    StoredEvent decode(@Nullable EventRow row) {
        if (row == null || row.payload() == null) {
            throw new IllegalArgumentException("An erased event can't be decoded.");
        }
        EventType type = catalog.get(row.type());
        BillingEvent event = new BillingEvent(
                row.id(),
                type,
                row.version(),
                row.owner(),
                row.subject(),
                row.occurredAt(),
                row.visibleTo(),
                row.key(),
                json.decodePayload(row.payload(), type));
        return new StoredEvent(event, row.payload());
    }
}
