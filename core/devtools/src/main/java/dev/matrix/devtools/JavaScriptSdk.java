package dev.matrix.devtools;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes {@code matrix.mjs} and {@code matrix.cjs}. */
final class JavaScriptSdk implements SdkEmitter {

    private static final List<String> EXPORTS = List.of(
            "Matrix",
            "MatrixError",
            "ConnectionError",
            "TimeoutError",
            "AbortError",
            "WebhookVerificationError",
            "ApiError",
            "InvalidRequestError",
            "AuthenticationError",
            "PermissionDeniedError",
            "NotFoundError",
            "ConflictError",
            "PreconditionFailedError",
            "UnprocessableError",
            "RateLimitError",
            "ServerError",
            "verifyWebhook");

    private final Template runtime = Template.of("matrix.js");
    private final boolean commonJs;

    /** @param commonJs for {@code require}, else for {@code import} */
    JavaScriptSdk(boolean commonJs) {
        this.commonJs = commonJs;
    }

    @Override
    public String emit(SdkModel model) {
        TypeNames names = new TypeNames(model, Identifiers.JAVASCRIPT_WORDS);
        TypeScriptTypes types = new TypeScriptTypes(names, false);
        StringBuilder init = new StringBuilder();
        StringBuilder namespaces = new StringBuilder();
        StringBuilder declarations = new StringBuilder();
        Identifiers members = new Identifiers(Identifiers.JAVASCRIPT_MEMBERS);
        for (SdkNamespace namespace : model.namespaces()) {
            String field = members.take(namespace.name().camel());
            String type = names.take(namespace.name().pascal() + "Api");
            init.append("this.").append(field).append(" = new ").append(type).append("(client);\n");
            namespaces
                    .append(namespace(namespace, type, names, types, declarations))
                    .append("\n");
        }
        model.types().forEach((name, schema) -> declarations.append(typedef(types.of(schema), names.of(name))));
        declarations.append(events(model, types));
        return runtime.fill(
                "//",
                model.version().toString(),
                Map.of(
                        "head", "// " + SdkEmitter.head(model) + "\n// Node 18 or newer, or a browser.",
                        "init", init.toString(),
                        "namespaces", namespaces.toString().stripTrailing(),
                        "types", declarations.toString(),
                        "exports",
                                (commonJs ? "module.exports = { " : "export { ") + String.join(", ", EXPORTS) + " };"));
    }

    private static String namespace(
            SdkNamespace namespace, String type, TypeNames names, TypeScriptTypes types, StringBuilder declarations) {
        StringBuilder out = new StringBuilder("class " + type + " {\n  #c;\n\n  /** @param {Client} client */\n"
                + "  constructor(client) {\n    this.#c = client;\n  }\n");
        Identifiers scope = new Identifiers(Identifiers.JAVASCRIPT_MEMBERS);
        for (SdkMethod each : namespace.methods()) {
            JavaScriptMethod method = JavaScriptMethod.of(each, scope);
            out.append("\n  /**\n   * ")
                    .append(Escapes.blockComment(each.doc()))
                    .append("\n");
            if (each.operation().deprecation().isPresent()) {
                out.append("   * @deprecated\n");
            }
            StringBuilder parameters = new StringBuilder();
            for (int i = 0; i < method.values().size(); i++) {
                String value = method.values().get(i);
                out.append(parameter(types.of(each.path().get(i).schema()), value));
                parameters.append(value).append(", ");
            }
            if (!method.request().isEmpty()) {
                String request = names.take(Words.of(each.operation().id()).pascal() + "Request");
                declarations.append(typedef(types.object(method.request()), request));
                out.append(parameter(request, each.requestIsOptional() ? "[request]" : "request"));
                parameters.append("request, ");
            }
            out.append(parameter("Options", "[options]"))
                    .append("   * @returns {")
                    .append(method.returns(types).replace("\n", "\n   * "))
                    .append("}\n   */\n  ")
                    .append(method.name())
                    .append("(")
                    .append(parameters)
                    .append("options) {\n    ")
                    .append(method.statement())
                    .append("\n  }\n");
        }
        return out.append("}\n").toString();
    }

    private static String parameter(String type, String name) {
        return "   * @param {" + type.replace("\n", "\n   * ") + "} " + name + "\n";
    }

    private static String typedef(String type, String name) {
        return "/** @typedef {" + type + "} " + name + " */\n";
    }

    private static String events(SdkModel model, TypeScriptTypes types) {
        String events = model.events().entrySet().stream()
                .map(event -> "  " + Escapes.javaScript(event.getKey().name()) + ": "
                        + types.of(event.getValue()).replace("\n", "\n  ") + ";\n")
                .collect(Collectors.joining("", "{\n", "}"));
        return typedef(events, "Events") + typedef(TypeScriptTypes.webhookEvent(model), "WebhookEvent");
    }
}
