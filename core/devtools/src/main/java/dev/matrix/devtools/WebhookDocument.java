package dev.matrix.devtools;

import dev.matrix.core.api.ApiCatalog;
import dev.matrix.core.api.JsonSchema;
import dev.matrix.core.api.Words;
import dev.matrix.core.event.EventType;
import dev.matrix.core.json.Json.JsonArray;
import java.util.List;

/** Writes an event type's part of the document's {@code webhooks}. */
final class WebhookDocument {

    private WebhookDocument() {}

    static Tree of(EventType type, ApiCatalog catalog) {
        Tree envelope = new Tree()
                .put("type", "object")
                .put(
                        "properties",
                        new Tree()
                                .put("id", text(128))
                                .put("type", new Tree().put("type", "string").put("const", type.name()))
                                .put(
                                        "version",
                                        new Tree()
                                                .put("type", "integer")
                                                .put("minimum", 1)
                                                .put("maximum", 1000))
                                .put("timestamp", text(64).put("format", "date-time"))
                                .put("subject", text(256))
                                .put("data", JsonSchema.of(catalog.eventData(type), OpenApi.SCHEMAS)))
                .put("required", List.of("id", "type", "version", "timestamp", "subject", "data"));
        Tree content = new Tree().put("schema", envelope);
        type.example()
                .ifPresent(example -> content.put(
                        "examples",
                        new Tree()
                                .put(
                                        "example",
                                        new Tree()
                                                .put(
                                                        "value",
                                                        new Tree()
                                                                .put("id", "evt_01")
                                                                .put("type", type.name())
                                                                .put("version", type.version())
                                                                .put("timestamp", "2026-11-01T12:00:00Z")
                                                                .put("subject", example.id())
                                                                .put(
                                                                        "data",
                                                                        catalog.eventExample(type)
                                                                                .orElseThrow())))));
        return new Tree()
                .put("operationId", "on" + Words.of(type.name()).pascal())
                .put("tags", List.of("events"))
                .put("summary", "Sent when " + type.name() + " happened.")
                .put(
                        "description",
                        "Signed by Standard Webhooks 1.0.0: verify the headers webhook-id, webhook-timestamp and "
                                + "webhook-signature before you trust it. Answer 2xx quickly; anything else is tried again.")
                .put("security", new JsonArray(List.of()))
                .put(
                        "requestBody",
                        new Tree().put("required", true).put("content", new Tree().put("application/json", content)))
                .put(
                        "responses",
                        new Tree()
                                .put("204", new Tree().put("description", "Received."))
                                .put("410", new Tree().put("description", "Gone: the endpoint is disabled.")));
    }

    private static Tree text(int longest) {
        return new Tree().put("type", "string").put("maxLength", longest);
    }
}
