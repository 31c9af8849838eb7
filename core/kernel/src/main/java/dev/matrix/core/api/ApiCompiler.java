package dev.matrix.core.api;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.api.Schema.Property;
import dev.matrix.core.api.Schema.Struct;
import dev.matrix.core.event.EventType;
import dev.matrix.core.json.JsonCodec;
import dev.matrix.core.wire.ApiVersion;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compiles the modules of a dispatcher and lists what is wrong with them. */
final class ApiCompiler {

    private final JsonCodec codec;
    private final Map<String, RatePolicy> rates;
    private final Faults faults = new Faults();
    private final List<Operation<?, ?>> operations = new ArrayList<>();
    private final List<ApiResource> resources = new ArrayList<>();
    private final VersionLadder ladder;
    private final Map<Direction, TypeSchemas> types = new EnumMap<>(Direction.class);
    private final Map<Operation<?, ?>, RequestShape> shapes = new HashMap<>();
    private final Map<Operation<?, ?>, ReplyPlan> replies = new HashMap<>();
    private final SchemaShelf shelf;
    private final Map<Operation<?, ?>, CompiledOperation<?, ?>> compiled = new LinkedHashMap<>();
    private final Router<Endpoint> router = new Router<>();

    ApiCompiler(
            List<ApiModule> modules,
            List<EventType> events,
            JsonCodec plain,
            JsonCodec codec,
            Map<String, RatePolicy> rates) {
        this.codec = codec;
        this.rates = rates;
        List<VersionChange> changes = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (ApiModule module : modules) {
            if (!names.add(module.name())) {
                faults.add("module " + module.name(), "there are two of that name");
            }
            operations.addAll(module.operations());
            resources.addAll(module.resources());
            changes.addAll(module.changes());
        }
        this.ladder = new VersionLadder(changes, faults);
        for (Direction direction : Direction.values()) {
            types.put(direction, new TypeSchemas(direction, faults));
        }
        operations.forEach(this::compileTypes);
        TypeSchemas data = types(Direction.EVENT);
        events.forEach(type -> data.of(type.payload(), Bounds.NONE, "event " + type.name()));
        OperationFaults.check(operations, ladder, rates, faults);
        checkEdits();
        this.shelf = new SchemaShelf(ladder, codec, types);
        operations.forEach(this::compile);
        resources.forEach(this::serve);
        if (faults.isEmpty()) {
            operations.forEach(operation -> new ExampleCheck(plain, shelf, faults).check(find(operation), ladder));
        }
    }

    private TypeSchemas types(Direction direction) {
        return requireNonNull(types.get(direction), "every direction has its types");
    }

    private void compileTypes(Operation<?, ?> operation) {
        shapes.put(operation, new RequestShape(operation, types(Direction.IN), faults));
        replies.put(operation, new ReplyPlan(operation, types(Direction.OUT), codec));
    }

    private void checkEdits() {
        Map<String, List<Struct>> newest = new HashMap<>();
        for (Direction direction : List.of(Direction.IN, Direction.OUT)) {
            types(direction).named().forEach((name, schema) -> {
                if (schema instanceof Struct struct) {
                    newest.computeIfAbsent(name, n -> new ArrayList<>()).add(struct);
                }
            });
        }
        shapes.values()
                .forEach(shape -> newest.computeIfAbsent(shape.name(), n -> new ArrayList<>())
                        .add(shape.struct()));
        new EditCheck(ladder, faults).check(newest);
    }

    private <Q extends Record, R> void compile(Operation<Q, R> operation) {
        RequestShape shape = requireNonNull(shapes.get(operation), "compiled before");
        ReplyPlan reply = requireNonNull(replies.get(operation), "compiled before");
        RatePolicy rate = rates.get(operation.rate());
        if (rate == null) {
            faults.add(operation.toString(), "there is no rate " + operation.rate());
            return;
        }
        CompiledOperation<Q, R> whole = new CompiledOperation<>(
                operation,
                new RequestPlan(shape, shelf, ladder),
                reply,
                rate,
                ladder.removal(operation.id()),
                editedBefore(shape, reply),
                isRead(operation.path()));
        compiled.put(operation, whole);
        if (!operation.path().startsWith("/")) {
            faults.add(operation.toString(), "its path starts with a slash");
        } else if (!router.at(operation.path(), () -> new Endpoint(operation.path()))
                .put(whole)) {
            faults.add(operation.toString(), "another operation has this method and route");
        }
    }

    private @Nullable ApiVersion editedBefore(RequestShape shape, ReplyPlan reply) {
        ApiVersion since = null;
        List<ApiVersion> versions = ladder.ascending();
        List<Schema> parts =
                shape.struct().properties().stream().map(Property::schema).toList();
        for (int i = 0; i + 1 < versions.size(); i++) {
            if (shelf.changed(versions.get(i), Direction.OUT, null, reply.schemas())
                    || shelf.changed(versions.get(i), Direction.IN, shape.name(), parts)) {
                since = versions.get(i + 1);
            }
        }
        return since;
    }

    private boolean isRead(String collection) {
        return operations.stream()
                .anyMatch(each -> each.method().equals("GET")
                        && each.path().startsWith(collection + "/{")
                        && each.path().indexOf('}') == each.path().length() - 1);
    }

    private void serve(ApiResource resource) {
        if (!resource.path().startsWith("/") || resource.path().contains("{")) {
            faults.add("resource " + resource.path(), "its path starts with a slash and has no variables");
        } else if (!router.at(resource.path(), () -> new Endpoint(resource.path()))
                .put(ServedFile.of(resource))) {
            faults.add("resource " + resource.path(), "something stands there already");
        }
    }

    private CompiledOperation<?, ?> find(Operation<?, ?> operation) {
        return requireNonNull(compiled.get(operation), "compiled before");
    }

    Faults faults() {
        return faults;
    }

    VersionLadder ladder() {
        return ladder;
    }

    SchemaShelf shelf() {
        return shelf;
    }

    Router<Endpoint> router() {
        return router;
    }

    Map<Operation<?, ?>, CompiledOperation<?, ?>> compiled() {
        return compiled;
    }
}
