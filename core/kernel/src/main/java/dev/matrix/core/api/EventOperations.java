package dev.matrix.core.api;

import dev.matrix.core.ConflictException;
import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.EventDraft;
import dev.matrix.core.event.EventLog;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventQuery;
import dev.matrix.core.event.EventType;
import dev.matrix.core.event.Published;
import dev.matrix.core.event.payload.EventTypes;
import dev.matrix.core.json.InvalidJsonException;
import dev.matrix.core.json.Json;
import dev.matrix.core.json.Json.JsonObject;
import dev.matrix.core.json.Json.JsonString;
import dev.matrix.core.json.JsonCodec;
import dev.matrix.core.wire.Default;
import dev.matrix.core.wire.Describe;
import dev.matrix.core.wire.Length;
import dev.matrix.core.wire.Pattern;
import dev.matrix.core.wire.Range;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Publishing and reading the event log. */
final class EventOperations {

    private static final Instant EXAMPLE_TIME = Instant.parse("2026-11-22T10:15:30Z");

    private final EventLog events;
    private final JsonCodec json;
    private final int payloadLimit;

    EventOperations(EventLog events, JsonCodec json, int payloadLimit) {
        this.events = events;
        this.json = json;
        this.payloadLimit = payloadLimit;
    }

    record PublishEvent(
            @Length(min = 3, max = 128) String type,
            @Nullable Owner owner,

            @Describe("The fact, as the event type's schema has it; the owner may be left out of it.")
            Json data,

            @Describe("An operator's own event id; made up if there is none.") @Nullable @Pattern("[A-Za-z0-9_-]{1,64}")
            String id,

            @Nullable Instant occurredAt,
            @Nullable List<Owner> visibleTo) {}

    @Describe("What became of a published event.")
    record PublishedEvent(
            String id,

            @Describe("True if it had been published before.")
            boolean duplicate) {}

    record EventSearch(
            List<String> type,
            @Nullable Owner owner,
            @Nullable Instant since,
            @Nullable Instant until,
            @Default("20") @Range(min = 1, max = 100) int limit,
            @Nullable @Length(max = Cursors.LONGEST) String cursor) {}

    record EventById(String id) {}

    List<Operation<?, ?>> operations() {
        EventType type = EventTypes.PAYMENT_SUCCEEDED;
        EventPayload payload = type.example().orElseThrow();
        Json data = json.parse(json.encode(payload));
        EventView view = new EventView(
                "evt_1", type.name(), type.version(), payload.owner(), payload.id(), EXAMPLE_TIME, List.of(), data);
        return List.of(
                Operation.post("/v1/events", PublishEvent.class, Reply.json(PublishedEvent.class))
                        .id("publishEvent")
                        .tag("events")
                        .summary(
                                "Publishes a billing fact to webhooks and all other subscribers; customers publish usage and instances only.")
                        .scope("events:write")
                        .byOwners()
                        .status(201)
                        .key(KeyMode.OWNED)
                        .example(
                                "a payment",
                                new PublishEvent(type.name(), payload.owner(), data, null, EXAMPLE_TIME, null),
                                new PublishedEvent("evt_1", false))
                        .handle(this::publish),
                Operation.get("/v1/events", EventSearch.class, Reply.pageOf(EventView.class))
                        .id("listEvents")
                        .tag("events")
                        .summary("Lists events in the order of their ids.")
                        .scope("events:read")
                        .example(
                                "payments",
                                new EventSearch(List.of(type.name()), payload.owner(), null, null, 20, null),
                                new Page<>(List.of(view), null))
                        .handle(this::list),
                Operation.get("/v1/events/{id}", EventById.class, Reply.json(EventView.class))
                        .id("getEvent")
                        .tag("events")
                        .summary("Gets one event.")
                        .scope("events:read")
                        .example("a payment", new EventById("evt_1"), view)
                        .handle(this::get));
    }

    private PublishedEvent publish(PublishEvent request, ApiContext context) {
        EventType type = events.types()
                .find(request.type())
                .orElseThrow(() -> ApiProblem.of(
                                422, "unprocessable", "There is no such event type; listEventTypes has them.")
                        .at("/type", "enum", "There is no such event type."));
        requireMayState(type, request, context);
        Owner owner = context.owner(request.owner());
        EventPayload payload = payload(type, owner, request.data());
        if (!payload.owner().equals(owner)) {
            context.owner(payload.owner());
        }
        EventDraft draft = BillingEvent.of(payload);
        draft = request.id() == null ? draft : draft.withId(request.id());
        draft = request.occurredAt() == null ? draft : draft.at(request.occurredAt());
        if (request.visibleTo() != null) {
            request.visibleTo().forEach(context::owner);
            draft = draft.visibleTo(request.visibleTo().toArray(Owner[]::new));
        }
        String key = context.idempotencyKey().orElse(null);
        Published published = publish(context, key == null ? draft : draft.withKey(key));
        if (published.duplicate()) {
            context.status(200);
            if (key != null) {
                context.replayed();
            }
        }
        return new PublishedEvent(published.eventId(), published.duplicate());
    }

    /**
     * Customers state their own usage, nothing that money follows from. They choose no event ids either: those are unique
     * among all owners, so that one customer could take another's, or learn from a conflict that it exists.
     */
    private static void requireMayState(EventType type, PublishEvent request, ApiContext context) {
        if (context.principal().operator()) {
            return;
        }
        if (!type.isStatedByOwners()) {
            throw Problems.operatorsOnly("Only an operator publishes events of the type " + type + ".");
        }
        if (request.id() != null) {
            throw Problems.operatorsOnly(
                    "Only an operator chooses an event's id; an Idempotency-Key makes a call safe" + " to repeat.");
        }
    }

    private Published publish(ApiContext context, EventDraft draft) {
        try {
            return events.publish(context.tx(), draft);
        } catch (ConflictException e) {
            if (draft.id() == null && draft.key() != null) {
                throw ApiProblem.of(
                        422,
                        "idempotency_key_reused",
                        "This idempotency key was used for another event; use a new one.");
            }
            throw e;
        }
    }

    private EventPayload payload(EventType type, Owner owner, Json data) {
        if (!(data instanceof JsonObject object)) {
            throw ApiProblem.of(422, "unprocessable", "An event's data is an object.")
                    .at("/data", "type", "An object is expected here.");
        }
        Map<String, Json> members = new LinkedHashMap<>(object.members());
        members.putIfAbsent("ownerType", new JsonString(owner.type().name().toLowerCase(Locale.ROOT)));
        members.putIfAbsent("ownerId", new JsonString(owner.id()));
        byte[] encoded = json.write(new JsonObject(members));
        if (encoded.length > payloadLimit) {
            throw ApiProblem.of(
                    413,
                    "payload_too_large",
                    "An event's data has at most " + payloadLimit + " bytes; this has " + encoded.length + ".");
        }
        try {
            return json.decode(encoded, type.payload(), type);
        } catch (InvalidJsonException e) {
            throw ApiProblem.of(422, "unprocessable", "The data doesn't fit the event type " + type + ".")
                    .at("/data" + e.pointer(), "value", "Expected " + e.expected() + ".");
        }
    }

    private Page<EventView> list(EventSearch search, ApiContext context) {
        EventQuery query = EventQuery.all().ofTypes(Set.copyOf(search.type()));
        Owner owner = context.ownerFilter(search.owner()).orElse(null);
        query = owner == null ? query : query.ownedBy(owner);
        query = search.since() == null ? query : query.since(search.since());
        query = search.until() == null ? query : query.until(search.until());
        return events.page(query, new PageRequest(search.limit(), search.cursor()))
                .map(event -> EventView.of(event, json));
    }

    private EventView get(EventById request, ApiContext context) {
        BillingEvent event = events.find(request.id())
                .filter(found -> context.principal().mayActFor(found.owner())
                        || found.visibleTo().contains(context.principal().owner()))
                .orElseThrow(Problems::notFound);
        return EventView.of(event, json);
    }
}
