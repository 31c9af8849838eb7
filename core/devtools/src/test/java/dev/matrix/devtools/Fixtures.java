package dev.matrix.devtools;

import dev.matrix.core.api.Operation;
import dev.matrix.core.api.OperationSchema;
import dev.matrix.core.api.OperationSchema.In;
import dev.matrix.core.api.OperationSchema.Parameter;
import dev.matrix.core.api.OperationSchema.ReplySchema;
import dev.matrix.core.api.Reply;
import dev.matrix.core.api.Schema;
import dev.matrix.core.api.Schema.Property;
import dev.matrix.core.event.payload.EventTypes;
import dev.matrix.core.wire.ApiVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The APIs that the SDKs' tests generate clients of. */
@SuppressWarnings("NullAway") // OperationSchema's nested nullable type isn't seen in its class file
final class Fixtures {

    static final String HOSTILE =
            "</script> */ \"\"\" ''' ` ${x} \u2028 line\nbreak ' \" $(touch x) `touch x` \\ @param {number} # // \u0000 \u202e";

    private static final Schema TEXT = new Schema.Text(0, 256, null, null);
    private static final Schema FLAG = new Schema.Flag();
    private static final Schema WHOLE = new Schema.Whole(1, 100);
    private static final Schema THING = new Schema.Reference("Thing");
    private static final Schema SHAPE = new Schema.Union(new TreeMap<>(Map.of("circle", "Circle", "square", "Square")));

    private Fixtures() {}

    private record None() {}

    /** What requests and replies have in common, and clients write once. */
    private static Schema state(boolean open) {
        return new Schema.Choice(List.of("open", "closed"), open, "ThingState");
    }

    /** The API of the scenario file. */
    static SdkModel things() {
        FixtureCatalog catalog = new FixtureCatalog()
                .type("Money", struct(required("amount", TEXT), required("currency", TEXT)))
                .type(
                        "Thing",
                        struct(
                                required("id", TEXT),
                                required("name", TEXT),
                                required("note", new Schema.Maybe(TEXT)),
                                required("state", state(true)),
                                required("amount", new Schema.Maybe(new Schema.Reference("Money"))),
                                required("shape", new Schema.Maybe(SHAPE))))
                .type(
                        "Circle",
                        struct(
                                required("type", new Schema.Choice(List.of("circle"), false)),
                                required("radius", new Schema.Real(0, 9))))
                .type(
                        "Square",
                        struct(required("type", new Schema.Choice(List.of("square"), false)), required("side", WHOLE)))
                .event(EventTypes.INVOICE_PAID, struct(required("id", TEXT), optional("note", TEXT)));
        catalog.operation(
                operation(
                        Operation.post("/v1/things", None.class, Reply.json(None.class)),
                        "createThing",
                        "Creates a thing."),
                schema(
                        List.of(),
                        List.of(
                                required("name", TEXT),
                                optional("note", new Schema.Maybe(TEXT)),
                                optional("tags", list(TEXT)),
                                optional("active", FLAG),
                                optional("count", WHOLE),
                                optional("big", TEXT),
                                optional("amount", new Schema.Reference("Money")),
                                optional("from", TEXT),
                                optional("class", TEXT),
                                optional("None", TEXT),
                                optional("in", TEXT),
                                optional("constructor", TEXT),
                                optional("__proto__", TEXT),
                                optional("toString", TEXT),
                                optional("x-y", TEXT)),
                        THING));
        catalog.operation(
                operation(
                        Operation.get("/v1/things", None.class, Reply.pageOf(None.class)),
                        "listThings",
                        "Lists things."),
                schema(
                        List.of(
                                parameter(In.QUERY, optional("limit", WHOLE)),
                                parameter(In.QUERY, optional("cursor", TEXT)),
                                parameter(In.QUERY, optional("q", TEXT)),
                                parameter(In.QUERY, optional("tag", list(TEXT))),
                                parameter(In.QUERY, optional("state", state(false))),
                                parameter(In.QUERY, optional("active", FLAG))),
                        null,
                        struct(required("items", list(THING)), required("nextCursor", new Schema.Maybe(TEXT)))));
        catalog.operation(
                operation(
                        Operation.get("/v1/things/{id}", None.class, Reply.json(None.class)),
                        "getThing",
                        "Reads a thing."),
                schema(List.of(parameter(In.PATH, required("id", TEXT))), null, THING));
        catalog.operation(
                operation(
                        Operation.patch("/v1/things/{id}", None.class, Reply.json(None.class)),
                        "updateThing",
                        "Changes a thing."),
                schema(
                        List.of(
                                parameter(In.PATH, required("id", TEXT)),
                                parameter(In.HEADER, optional("If-Match", TEXT)),
                                parameter(In.QUERY, optional("dryRun", FLAG))),
                        List.of(optional("note", new Schema.Maybe(TEXT)), optional("active", FLAG)),
                        THING));
        catalog.operation(
                operation(
                        Operation.put("/v1/things/{id}/flags/{on}", None.class, Reply.json(None.class)),
                        "replaceThingFlag",
                        "Sets a flag."),
                schema(
                        List.of(parameter(In.PATH, required("id", TEXT)), parameter(In.PATH, required("on", FLAG))),
                        List.of(optional("note", TEXT)),
                        THING));
        catalog.operation(
                operation(
                        Operation.delete("/v1/things/{id}", None.class, Reply.none()),
                        "deleteThing",
                        "Deletes a thing."),
                schema(List.of(parameter(In.PATH, required("id", TEXT))), null, null));
        catalog.operation(
                operation(
                        Operation.get("/v1/things/{id}.csv", None.class, Reply.media("text/csv")),
                        "getThingCsv",
                        "Reads it as CSV."),
                new OperationSchema(
                        List.of(parameter(In.PATH, required("id", TEXT))),
                        null,
                        false,
                        List.of(new ReplySchema("text/csv", null))));
        return SdkModel.of(catalog, ApiVersion.FIRST);
    }

    /** An API whose every text and name is out to break out of its place (C19). */
    static SdkModel hostile() {
        FixtureCatalog catalog = new FixtureCatalog();
        List<String> names = List.of(
                "from",
                "class",
                "None",
                "in",
                "constructor",
                "__proto__",
                "toString",
                "x-y",
                "then",
                "self",
                "options",
                "request",
                "import",
                "str",
                HOSTILE);
        List<Property> members = names.stream()
                .map(name -> new Property(name, TEXT, false, null, HOSTILE))
                .toList();
        catalog.type("Error", new Schema.Struct(HOSTILE, members, true));
        catalog.type("Page", new Schema.Choice(List.of(HOSTILE, "None"), true));
        catalog.type("type", new Schema.Union(new TreeMap<>(Map.of(HOSTILE, "Error"))));
        List<Property> all = new ArrayList<>(members);
        all.add(optional("page", new Schema.Reference("Page")));
        all.add(optional("any", new Schema.Reference("type")));
        for (String name :
                List.of("from", "class", "import", "toString", "constructor", "then", "proto", "in", "str")) {
            catalog.operation(
                    Operation.post(
                                    "/v1/" + Escapes.identifier(name) + "/{from}/{class}/{in}",
                                    None.class,
                                    Reply.json(None.class))
                            .id(name)
                            .tag("constructor")
                            .summary(HOSTILE)
                            .anonymous(HOSTILE)
                            .handle((q, context) -> q),
                    schema(
                            List.of(
                                    parameter(In.PATH, required("from", TEXT)),
                                    parameter(In.PATH, required("class", TEXT)),
                                    parameter(In.PATH, required("in", TEXT))),
                            all,
                            new Schema.Reference("Error")));
        }
        return SdkModel.of(catalog, ApiVersion.FIRST);
    }

    private static Operation<?, ?> operation(Operation.Draft<None, ?> draft, String id, String summary) {
        return draft.id(id)
                .tag("things")
                .summary(summary)
                .scope("things:write")
                .byOwners()
                .handle((q, context) -> null);
    }

    private static OperationSchema schema(
            List<Parameter> parameters, @Nullable List<Property> body, @Nullable Schema reply) {
        return new OperationSchema(
                parameters,
                body == null ? null : new Schema.Struct(null, body, true),
                body != null,
                List.of(new ReplySchema(reply == null ? null : "application/json", reply)));
    }

    private static Parameter parameter(In in, Property property) {
        return new Parameter(in, property);
    }

    private static Schema list(Schema items) {
        return new Schema.Listing(items, 0, 100, false);
    }

    private static Schema.Struct struct(Property... properties) {
        return new Schema.Struct(null, List.of(properties), false);
    }

    private static Property required(String name, Schema schema) {
        return new Property(name, schema, true, null, null);
    }

    private static Property optional(String name, Schema schema) {
        return new Property(name, schema, false, null, null);
    }
}
