package dev.matrix.core.api;

import dev.matrix.core.NotFoundException;
import dev.matrix.core.api.OperationSchema.In;
import dev.matrix.core.api.OperationSchema.Parameter;
import dev.matrix.core.api.OperationSchema.ReplySchema;
import dev.matrix.core.api.Schema.Either;
import dev.matrix.core.api.Schema.Maybe;
import dev.matrix.core.api.Schema.Property;
import dev.matrix.core.api.Schema.Reference;
import dev.matrix.core.api.Schema.Struct;
import dev.matrix.core.event.EventType;
import dev.matrix.core.json.Json;
import dev.matrix.core.json.JsonCodec;
import dev.matrix.core.wire.ApiVersion;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The catalogue of a compiled API. */
final class CompiledCatalog implements ApiCatalog {

    private final ApiCompiler api;
    private final List<ApiVersion> versions;
    private final JsonCodec codec;
    private final List<EventType> events;
    private final Map<String, RatePolicy> rates;
    private final @Nullable URI baseUrl;
    private final Map<ApiVersion, Deprecation> deprecations;
    private final Map<ApiVersion, Map<Direction, Map<String, String>>> names = new ConcurrentHashMap<>();
    private final Map<ApiVersion, Map<String, Schema>> types = new ConcurrentHashMap<>();

    CompiledCatalog(
            ApiCompiler api,
            JsonCodec codec,
            List<EventType> events,
            Map<String, RatePolicy> rates,
            @Nullable URI baseUrl,
            Map<ApiVersion, Deprecation> deprecations) {
        this.api = api;
        List<ApiVersion> newestFirst = new ArrayList<>(api.ladder().ascending());
        Collections.reverse(newestFirst);
        this.versions = List.copyOf(newestFirst);
        this.codec = codec;
        this.events = List.copyOf(events);
        this.rates = Collections.unmodifiableMap(new LinkedHashMap<>(rates));
        this.baseUrl = baseUrl;
        this.deprecations = Map.copyOf(deprecations);
    }

    @Override
    public List<Operation<?, ?>> operations() {
        return List.copyOf(api.compiled().keySet());
    }

    @Override
    public List<ApiVersion> versions() {
        return versions;
    }

    @Override
    public Optional<Deprecation> deprecation(ApiVersion version) {
        return Optional.ofNullable(deprecations.get(version));
    }

    @Override
    public List<VersionChange> changes() {
        return api.ladder().changes();
    }

    @Override
    public List<ProblemCode> codes() {
        Map<String, ProblemCode> codes = new LinkedHashMap<>();
        Problems.STANDARD.forEach(code -> codes.put(code.code(), code));
        operations().forEach(operation -> operation.errors().forEach(code -> codes.putIfAbsent(code.code(), code)));
        return List.copyOf(codes.values());
    }

    @Override
    public List<EventType> events() {
        return events;
    }

    @Override
    public Map<String, RatePolicy> rates() {
        return rates;
    }

    @Override
    public Optional<URI> baseUrl() {
        return Optional.ofNullable(baseUrl);
    }

    @Override
    public Map<String, Schema> types(ApiVersion version) {
        return types.computeIfAbsent(version, this::collected);
    }

    private Map<String, Schema> collected(ApiVersion version) {
        Map<String, Schema> all = new TreeMap<>();
        for (Direction direction : Direction.values()) {
            Map<String, Schema> table = api.shelf().types(version, direction);
            Set<String> reached = new HashSet<>();
            roots(version, direction).forEach(root -> SchemaNames.reach(root, table, reached));
            reached.forEach(name -> {
                Schema schema = table.get(name);
                if (schema != null) {
                    all.putIfAbsent(common(name, version, direction), renamed(schema, version, direction));
                }
            });
        }
        return Collections.unmodifiableMap(all);
    }

    private List<Schema> roots(ApiVersion version, Direction direction) {
        if (direction == Direction.EVENT) {
            return events.stream()
                    .<Schema>map(type -> new Reference(TypeSchemas.nameOf(type.payload())))
                    .toList();
        }
        return operations().stream()
                .filter(operation -> has(operation, version))
                .flatMap(operation -> direction == Direction.IN
                        ? Stream.of(compiled(operation).request().struct(version))
                        : compiled(operation).reply().schemas().stream())
                .map(Schema.class::cast)
                .toList();
    }

    private String common(String name, ApiVersion version, Direction direction) {
        Map<Direction, Map<String, String>> ofVersion = names.computeIfAbsent(version, v -> {
            Map<Direction, Map<String, Schema>> tables = new EnumMap<>(Direction.class);
            for (Direction each : Direction.values()) {
                tables.put(each, api.shelf().types(v, each));
            }
            return SchemaNames.merged(tables);
        });
        return ofVersion.getOrDefault(direction, Map.of()).getOrDefault(name, name);
    }

    private Schema renamed(Schema schema, ApiVersion version, Direction direction) {
        return SchemaNames.rename(schema, name -> common(name, version, direction));
    }

    @Override
    public OperationSchema schema(Operation<?, ?> operation, ApiVersion version) {
        CompiledOperation<?, ?> found = compiled(operation);
        if (!has(operation, version)) {
            throw new NotFoundException("The version " + version + " has no operation " + operation.id() + ".");
        }
        Map<String, In> places = found.request().places(version);
        List<Parameter> parameters = new ArrayList<>();
        for (Property p : found.request().struct(version).properties()) {
            In in = places.getOrDefault(p.name(), In.BODY);
            if (in != In.BODY) {
                String name = in == In.HEADER ? found.request().shape().headerOf(p.name()) : p.name();
                Schema plain = p.schema() instanceof Maybe maybe ? maybe.of() : p.schema();
                parameters.add(new Parameter(
                        in,
                        new Property(
                                name,
                                renamed(plain, version, Direction.IN),
                                p.required(),
                                p.absent(),
                                p.description())));
            }
        }
        Struct body = found.request().takesJson()
                ? (Struct) renamed(found.request().bodyOf(version), version, Direction.IN)
                : null;
        boolean required = body != null && body.properties().stream().anyMatch(Property::required);
        return new OperationSchema(parameters, body, required, replies(found, version));
    }

    private List<ReplySchema> replies(CompiledOperation<?, ?> found, ApiVersion version) {
        List<ReplySchema> replies = new ArrayList<>();
        List<Schema> json = found.reply().schemas().stream()
                .map(schema -> renamed(schema, version, Direction.OUT))
                .toList();
        if (!json.isEmpty()) {
            replies.add(new ReplySchema(ReplyPlan.JSON, json.size() == 1 ? json.get(0) : new Either(json)));
        }
        found.reply().mediaTypes().stream()
                .filter(type -> json.isEmpty() || !type.equals(ReplyPlan.JSON))
                .forEach(type -> replies.add(new ReplySchema(type, null)));
        return replies.isEmpty() ? List.of(new ReplySchema(null, null)) : replies;
    }

    @Override
    public boolean has(Operation<?, ?> operation, ApiVersion version) {
        ApiVersion removed = compiled(operation).removed();
        return removed == null || version.compareTo(removed) < 0;
    }

    @Override
    public Schema eventData(EventType type) {
        return renamed(new Reference(TypeSchemas.nameOf(type.payload())), newest(), Direction.EVENT);
    }

    @Override
    public Optional<Json> eventExample(EventType type) {
        return type.example().map(example -> codec.parse(codec.encode(example)));
    }

    @Override
    public List<ApiExample> examples(Operation<?, ?> operation, ApiVersion version) {
        return new WireExamples(codec, api.shelf()).of(compiled(operation), version);
    }

    private CompiledOperation<?, ?> compiled(Operation<?, ?> operation) {
        CompiledOperation<?, ?> found = api.compiled().get(operation);
        if (found == null) {
            throw new NotFoundException("This dispatcher doesn't serve " + operation + ".");
        }
        return found;
    }
}
