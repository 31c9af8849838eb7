package dev.matrix.core;

import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.EventCatalog;
import dev.matrix.core.event.EventType;
import dev.matrix.core.event.StoredEvent;
import dev.matrix.core.event.spi.EventRow;
import dev.matrix.core.json.JsonCodec;
import java.util.Optional;
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
                json.decode(row.payload(), type.payload(), type));
        return new StoredEvent(event, row.payload(), row.recordedAt());
    }

    /**
     * The event, as far as this Matrix can read it: empty for a type that a host has removed or that only newer nodes know, and
     * for a payload of another version that doesn't fit. One such event must not end a listing of all.
     */
    Optional<BillingEvent> readable(EventRow row) {
        try {
            return Optional.of(decode(row).event());
        } catch (InvalidRequestException e) {
            return Optional.empty();
        }
    }
}
