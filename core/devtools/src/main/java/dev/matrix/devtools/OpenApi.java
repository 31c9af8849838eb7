package dev.matrix.devtools;

import dev.matrix.core.api.ApiCatalog;
import dev.matrix.core.api.JsonSchema;
import dev.matrix.core.api.Operation;
import dev.matrix.core.event.EventType;
import dev.matrix.core.json.Json;
import dev.matrix.core.json.Json.JsonArray;
import dev.matrix.core.json.Json.JsonObject;
import dev.matrix.core.json.JsonCodec;
import dev.matrix.core.wire.ApiVersion;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Writes the OpenAPI 3.1.1 document of one version. The same catalogue gives the same bytes. */
final class OpenApi {

    static final String SCHEMAS = "#/components/schemas/";

    private static final String INTRODUCTION =
            "Requests and replies are JSON. Send an API key as `Authorization: Bearer`. "
                    + "POST and PATCH take an `Idempotency-Key`: the same key and request do the work once, and later answers repeat the "
                    + "first. Errors are problem details (RFC 9457) with a `code` to branch on; `Matrix-Should-Retry` says whether trying "
                    + "again may help. Listings are `{items, nextCursor}`; pass `nextCursor` as `cursor` until it is null. "
                    + "`Matrix-Version` chooses a dated version; without it the account's own counts.";

    private final ApiCatalog catalog;
    private final ApiVersion version;
    private final boolean webhooks;
    private final JsonCodec codec;

    OpenApi(ApiCatalog catalog, ApiVersion version, boolean webhooks, JsonCodec codec) {
        this.catalog = catalog;
        this.version = version;
        this.webhooks = webhooks;
        this.codec = codec;
    }

    JsonObject document() {
        JsonObject paths = paths().json();
        JsonObject events = webhooks ? events().json() : new Tree().json();
        Tree document = new Tree()
                .put("openapi", "3.1.1")
                .put(
                        "info",
                        new Tree()
                                .put("title", "Matrix API")
                                .put(
                                        "summary",
                                        "Billing operations: events, webhooks, money, tax, refunds, service levels and what builds on them.")
                                .put("description", INTRODUCTION)
                                .put("version", version.toString())
                                .put(
                                        "license",
                                        new Tree().put("name", "Apache-2.0").put("identifier", "Apache-2.0")))
                .put("jsonSchemaDialect", "https://json-schema.org/draft/2020-12/schema")
                .put(
                        "servers",
                        new JsonArray(List.of(new Tree()
                                .put("url", catalog.baseUrl().map(URI::toString).orElse("/"))
                                .put("description", "Where this document came from.")
                                .json())))
                .put(
                        "x-versions",
                        catalog.versions().stream().map(ApiVersion::toString).toList())
                .put("security", security())
                .put("tags", tags())
                .put("paths", paths);
        if (webhooks) {
            document.put("webhooks", events);
        }
        return document.put(
                        "components",
                        References.of(paths, events).within(components().json()))
                .json();
    }

    static JsonArray security() {
        return new JsonArray(
                List.of(new Tree().put("key", new JsonArray(List.of())).json()));
    }

    private JsonArray tags() {
        Set<String> tags = new TreeSet<>();
        shown().forEach(operation -> tags.add(operation.tag()));
        return new JsonArray(tags.stream()
                .<Json>map(tag -> new Tree()
                        .put("name", tag)
                        .put("description", "Operations of " + tag.replace('-', ' ') + ".")
                        .json())
                .toList());
    }

    private List<Operation<?, ?>> shown() {
        List<Operation<?, ?>> shown = new ArrayList<>();
        for (Operation<?, ?> operation : catalog.operations()) {
            if (!operation.isHidden() && catalog.has(operation, version)) {
                shown.add(operation);
            }
        }
        return shown;
    }

    private Tree paths() {
        OperationDocument writer = new OperationDocument(catalog, version, CodeSamples.of(catalog, version, codec));
        Map<String, Tree> paths = new LinkedHashMap<>();
        for (Operation<?, ?> operation : shown()) {
            paths.computeIfAbsent(operation.path(), path -> new Tree())
                    .put(operation.method().toLowerCase(Locale.ROOT), writer.of(operation));
        }
        Tree out = new Tree();
        paths.forEach(out::put);
        return out;
    }

    private Tree events() {
        Tree events = new Tree();
        for (EventType type : catalog.events()) {
            events.put(type.name(), new Tree().put("post", WebhookDocument.of(type, catalog)));
        }
        return events;
    }

    private Tree components() {
        Tree schemas = new Tree();
        catalog.types(version).forEach((name, schema) -> schemas.put(name, JsonSchema.of(schema, SCHEMAS)));
        schemas.put("Problem", SharedParts.problem());
        return new Tree()
                .put("schemas", schemas)
                .put("responses", SharedParts.responses(catalog))
                .put("parameters", SharedParts.parameters())
                .put("headers", SharedParts.headers())
                .put(
                        "securitySchemes",
                        new Tree()
                                .put(
                                        "key",
                                        new Tree()
                                                .put("type", "http")
                                                .put("scheme", "bearer")
                                                .put(
                                                        "description",
                                                        "An API key. Its scopes say what it may call; each operation names the one it needs.")));
    }
}
