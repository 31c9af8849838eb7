package dev.matrix.core.api;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.Page;
import dev.matrix.core.event.EventType;
import dev.matrix.core.event.payload.EventTypes;
import dev.matrix.core.json.Json;
import dev.matrix.core.json.Json.JsonObject;
import dev.matrix.core.json.Json.JsonString;
import dev.matrix.core.json.JsonCodec;
import dev.matrix.core.wire.ApiName;
import dev.matrix.core.wire.Describe;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The event types with their schemas. */
final class EventTypeOperation {

    private final JsonCodec json;
    private @Nullable ApiCatalog catalog;

    EventTypeOperation(JsonCodec json) {
        this.json = json;
    }

    void bind(ApiCatalog whole) {
        this.catalog = whole;
    }

    @ApiName("EventType")
    @Describe("A kind of event.")
    record TypeView(
            String type,
            int version,
            @Describe("JSON Schema of its data.") Json schema,
            @Nullable Json example,

            @Describe("True if the pattern * doesn't match it.")
            boolean explicitOnly) {}

    Operation<?, ?> operation() {
        return Operation.get("/v1/event-types", AccountOperations.NoParameters.class, Reply.pageOf(TypeView.class))
                .id("listEventTypes")
                .tag("events")
                .summary("Lists the event types with their schemas and examples.")
                .scope("events:read")
                .example(
                        "one type",
                        new AccountOperations.NoParameters(),
                        new Page<>(
                                List.of(view(
                                        EventTypes.INVOICE_PAID,
                                        new JsonObject(Map.of("type", new JsonString("object"))))),
                                null))
                .handle((q, context) -> list());
    }

    private Page<TypeView> list() {
        ApiCatalog whole = requireNonNull(catalog, "bound when the dispatcher is built");
        Map<String, Schema> types = whole.types(whole.newest());
        return new Page<>(
                whole.events().stream()
                        .map(type -> view(type, JsonSchema.document(whole.eventData(type), types)))
                        .toList(),
                null);
    }

    private TypeView view(EventType type, Json schema) {
        Json example =
                type.example().map(payload -> json.parse(json.encode(payload))).orElse(null);
        return new TypeView(type.name(), type.version(), schema, example, type.isExplicitOnly());
    }
}
