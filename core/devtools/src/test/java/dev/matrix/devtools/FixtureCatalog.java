package dev.matrix.devtools;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.api.ApiCatalog;
import dev.matrix.core.api.ApiExample;
import dev.matrix.core.api.Deprecation;
import dev.matrix.core.api.Operation;
import dev.matrix.core.api.OperationSchema;
import dev.matrix.core.api.ProblemCode;
import dev.matrix.core.api.RatePolicy;
import dev.matrix.core.api.Schema;
import dev.matrix.core.api.VersionChange;
import dev.matrix.core.event.EventType;
import dev.matrix.core.json.Json;
import dev.matrix.core.wire.ApiVersion;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A catalogue of hand-made schemas: for names and texts that no real module may have, and for SDKs without a dispatcher. */
final class FixtureCatalog implements ApiCatalog {

    private final Map<Operation<?, ?>, OperationSchema> schemas = new LinkedHashMap<>();
    private final Map<String, Schema> types = new LinkedHashMap<>();
    private final Map<EventType, Schema> events = new LinkedHashMap<>();

    FixtureCatalog operation(Operation<?, ?> operation, OperationSchema schema) {
        schemas.put(operation, schema);
        return this;
    }

    FixtureCatalog type(String name, Schema schema) {
        types.put(name, schema);
        return this;
    }

    FixtureCatalog event(EventType type, Schema data) {
        events.put(type, data);
        return this;
    }

    @Override
    public List<Operation<?, ?>> operations() {
        return new ArrayList<>(schemas.keySet());
    }

    @Override
    public List<ApiVersion> versions() {
        return List.of(ApiVersion.FIRST);
    }

    @Override
    public Optional<Deprecation> deprecation(ApiVersion version) {
        return Optional.empty();
    }

    @Override
    public List<VersionChange> changes() {
        return List.of();
    }

    @Override
    public List<ProblemCode> codes() {
        return List.of();
    }

    @Override
    public List<EventType> events() {
        return new ArrayList<>(events.keySet());
    }

    @Override
    public Map<String, RatePolicy> rates() {
        return Map.of();
    }

    @Override
    public Optional<URI> baseUrl() {
        return Optional.empty();
    }

    @Override
    public Map<String, Schema> types(ApiVersion version) {
        return types;
    }

    @Override
    public OperationSchema schema(Operation<?, ?> operation, ApiVersion version) {
        return requireNonNull(schemas.get(operation));
    }

    @Override
    public boolean has(Operation<?, ?> operation, ApiVersion version) {
        return schemas.containsKey(operation);
    }

    @Override
    public Schema eventData(EventType type) {
        return requireNonNull(events.get(type));
    }

    @Override
    public Optional<Json> eventExample(EventType type) {
        return Optional.empty();
    }

    @Override
    public List<ApiExample> examples(Operation<?, ?> operation, ApiVersion version) {
        return List.of();
    }
}
