package dev.matrix.devtools;

import dev.matrix.core.api.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes {@code matrix.ts}. */
final class TypeScriptSdk implements SdkEmitter {

    private final Template runtime = Template.of("matrix.ts");

    @Override
    public String emit(SdkModel model) {
        TypeNames names = new TypeNames(model, Identifiers.JAVASCRIPT_WORDS);
        TypeScriptTypes types = new TypeScriptTypes(names, true);
        StringBuilder fields = new StringBuilder();
        StringBuilder init = new StringBuilder();
        StringBuilder namespaces = new StringBuilder();
        StringBuilder declarations = new StringBuilder();
        Identifiers members = new Identifiers(Identifiers.JAVASCRIPT_MEMBERS);
        for (SdkNamespace namespace : model.namespaces()) {
            String field = members.take(namespace.name().camel());
            String type = names.take(namespace.name().pascal() + "Api");
            fields.append("readonly ").append(field).append(": ").append(type).append(";\n");
            init.append("this.").append(field).append(" = new ").append(type).append("(client);\n");
            namespaces
                    .append(namespace(namespace, type, names, types, declarations))
                    .append("\n");
        }
        model.types().forEach((name, schema) -> {
            String keyword = schema instanceof Schema.Struct ? "interface " : "type ";
            String equals = keyword.equals("type ") ? " = " : " ";
            declarations
                    .append("export ")
                    .append(keyword)
                    .append(names.of(name))
                    .append(equals)
                    .append(types.of(schema))
                    .append(equals.equals(" ") ? "\n" : ";\n");
        });
        declarations.append(events(model, types));
        return runtime.fill(
                "//",
                model.version().toString(),
                Map.of(
                        "head",
                                "// " + SdkEmitter.head(model)
                                        + "\n// Node 18 or newer, or a browser; TypeScript 5 with the target ES2022 or newer.",
                        "fields", fields.toString(),
                        "init", init.toString(),
                        "namespaces", namespaces.toString().stripTrailing(),
                        "types", declarations.toString()));
    }

    private static String namespace(
            SdkNamespace namespace, String type, TypeNames names, TypeScriptTypes types, StringBuilder declarations) {
        StringBuilder out = new StringBuilder("export class " + type + " {\n  readonly #c: Client;\n\n"
                + "  constructor(client: Client) {\n    this.#c = client;\n  }\n");
        Identifiers scope = new Identifiers(Identifiers.JAVASCRIPT_MEMBERS);
        for (SdkMethod each : namespace.methods()) {
            JavaScriptMethod method = JavaScriptMethod.of(each, scope);
            List<String> parameters = new ArrayList<>();
            for (int i = 0; i < method.values().size(); i++) {
                parameters.add(method.values().get(i) + ": "
                        + types.of(each.path().get(i).schema()));
            }
            if (!method.request().isEmpty()) {
                String request = names.take(Words.of(each.operation().id()).pascal() + "Request");
                declarations
                        .append("export interface ")
                        .append(request)
                        .append(" ")
                        .append(types.object(method.request()))
                        .append("\n");
                parameters.add((each.requestIsOptional() ? "request?: " : "request: ") + request);
            }
            parameters.add("options?: Options");
            out.append("\n  /** ")
                    .append(Escapes.blockComment(each.doc()))
                    .append(each.operation().deprecation().isPresent() ? " @deprecated" : "")
                    .append(" */\n  ")
                    .append(method.name())
                    .append("(")
                    .append(String.join(", ", parameters))
                    .append("): ")
                    .append(method.returns(types))
                    .append(" {\n    ")
                    .append(method.statement())
                    .append("\n  }\n");
        }
        return out.append("}\n").toString();
    }

    private static String events(SdkModel model, TypeScriptTypes types) {
        String events = model.events().entrySet().stream()
                .map(event -> "  " + Escapes.javaScript(event.getKey().name()) + ": "
                        + types.of(event.getValue()).replace("\n", "\n  ") + ";\n")
                .collect(Collectors.joining());
        return "/** The data of each event type. */\nexport interface Events {\n" + events + "}\n"
                + "/** What a webhook carries; types of later versions come too. */\nexport type WebhookEvent = "
                + TypeScriptTypes.webhookEvent(model) + ";\n";
    }
}
