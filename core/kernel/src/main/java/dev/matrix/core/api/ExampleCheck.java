package dev.matrix.core.api;

import dev.matrix.core.MatrixException;
import dev.matrix.core.api.RequestPlan.Received;
import dev.matrix.core.json.Json;
import dev.matrix.core.json.Json.JsonObject;
import dev.matrix.core.json.JsonCodec;
import dev.matrix.core.wire.ApiVersion;
import java.util.Arrays;
import java.util.List;

/** Checks that an operation's examples bind and fit its schemas in every version, and survive the way down and up. */
record ExampleCheck(JsonCodec codec, SchemaShelf shelf, Faults faults) {

    void check(CompiledOperation<?, ?> compiled, VersionLadder ladder) {
        for (Operation.Example<?, ?> example : compiled.operation().examples()) {
            for (ApiVersion version : ladder.ascending()) {
                String where = compiled.operation() + ", example " + example.name() + ", version " + version;
                try {
                    request(compiled, example, version, where);
                    reply(compiled, example, version, where);
                } catch (MatrixException e) {
                    faults.add(where, String.valueOf(e.getMessage()) + errorsOf(e));
                }
            }
        }
    }

    private static String errorsOf(MatrixException e) {
        return e instanceof ApiProblem problem && !problem.errors().isEmpty() ? " " + problem.errors() : "";
    }

    private void request(
            CompiledOperation<?, ?> compiled, Operation.Example<?, ?> example, ApiVersion version, String where) {
        ApiExample wire = new WireExamples(codec, shelf).of(compiled, example, version);
        List<String> path = pathValues(compiled.operation().path(), wire.path());
        Received received =
                compiled.request().receive(version, path, wire.query(), wire.headers(), (JsonObject) wire.body());
        Object bound = codec.bind(
                compiled.request().raise(received, version),
                compiled.operation().request());
        if (!bound.equals(example.request()) && !hasArrays(compiled.operation().request())) {
            faults.add(where, "its request comes back as " + bound + ", not as " + example.request());
        }
    }

    private static boolean hasArrays(Class<?> record) {
        return Arrays.stream(record.getRecordComponents())
                .anyMatch(c -> c.getType().isArray());
    }

    private static List<String> pathValues(String template, String path) {
        Router<String> router = new Router<>();
        router.at(template, () -> template);
        Router.Match<String> match = router.find(Target.segments(path));
        return match == null ? List.of() : match.values();
    }

    private void reply(
            CompiledOperation<?, ?> compiled, Operation.Example<?, ?> example, ApiVersion version, String where) {
        Object value = example.reply();
        Reply<?> alternative = compiled.reply().alternativeOf(value);
        if (alternative == null) {
            if (!(value == null && compiled.reply().schemas().isEmpty())) {
                faults.add(where, "its reply isn't one of the operation's");
            }
            return;
        }
        Schema newest = compiled.reply().schemaOf(alternative);
        Json wire =
                new WireExamples(codec, shelf).of(compiled, example, version).reply();
        if (newest != null && wire != null) {
            SchemaCheck check = new SchemaCheck(shelf.terms(version, Direction.OUT));
            check.check(wire, newest);
            check.errors().forEach(error -> faults.add(where, "its reply doesn't fit the schema: " + error));
        }
    }
}
