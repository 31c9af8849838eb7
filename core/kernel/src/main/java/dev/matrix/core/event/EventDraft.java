package dev.matrix.core.event;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Owner;
import dev.matrix.core.StorableText;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An event as its publisher describes it; the log completes it to a {@link BillingEvent}. Immutable.
 *
 * @param payload what happened; brings type, version, owner and subject
 * @param id the host's own event id, {@code [A-Za-z0-9_-]{1,64}}; null (default): the log makes one, {@code evt_…}
 * @param occurredAt when it happened; null (default): when it is published
 * @param visibleTo further owners whose webhooks may see it; none by default
 * @param key idempotency key, 1 to 255 characters, unique for the owner while the event is kept; null (default): none
 */
public record EventDraft(
        EventPayload payload,
        @Nullable String id,
        @Nullable Instant occurredAt,
        List<Owner> visibleTo,
        @Nullable String key) {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final int LONGEST_KEY = 255;

    public EventDraft {
        requireNonNull(payload, "payload");
        if (id != null && !ID.matcher(id).matches()) {
            throw new InvalidRequestException(
                    "An event id matches " + ID + "; choose another, or leave it out and the" + " log makes one.");
        }
        if (key != null && (key.isEmpty() || key.length() > LONGEST_KEY)) {
            throw new InvalidRequestException(
                    "An idempotency key has 1 to " + LONGEST_KEY + " characters; this one has " + key.length() + ".");
        }
        if (key != null) {
            StorableText.require(key, "The idempotency key of an event");
        }
        StorableText.require(payload.id(), "The subject of an event");
        visibleTo = List.copyOf(visibleTo);
    }

    /** This draft with the host's own event id. */
    public EventDraft withId(String ownId) {
        return new EventDraft(payload, ownId, occurredAt, visibleTo, key);
    }

    /** This draft with the instant at which it happened. */
    public EventDraft at(Instant instant) {
        return new EventDraft(payload, id, instant, visibleTo, key);
    }

    /** This draft, seen by the webhooks of these owners too. */
    public EventDraft visibleTo(Owner... owners) {
        return new EventDraft(payload, id, occurredAt, List.of(owners), key);
    }

    /** This draft with an idempotency key: publishing it again gives the first event's id and writes nothing. */
    public EventDraft withKey(String idempotencyKey) {
        return new EventDraft(payload, id, occurredAt, visibleTo, idempotencyKey);
    }
}
