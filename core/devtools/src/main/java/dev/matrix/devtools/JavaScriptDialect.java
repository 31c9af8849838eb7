package dev.matrix.devtools;

import dev.matrix.core.api.Schema;
import java.util.List;

/**
 * {@code matrix.mjs} and {@code matrix.cjs}, their types in JSDoc.
 *
 * @param commonJs for {@code require}, else for {@code import}
 */
record JavaScriptDialect(Template runtime, boolean commonJs) implements ScriptDialect {

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

    JavaScriptDialect(boolean commonJs) {
        this(Template.of("matrix.js"), commonJs);
    }

    @Override
    public String needs() {
        return "Node 18 or newer, or a browser.";
    }

    @Override
    public boolean documentsMembers() {
        return false;
    }

    @Override
    public String field(String name, String type) {
        return "";
    }

    @Override
    public String beginning(String type) {
        return "class " + type + " extends Namespace {";
    }

    @Override
    public String method(JavaScriptMethod method, String request, TypeScriptTypes types) {
        SdkMethod of = method.method();
        StringBuilder out = new StringBuilder("\n  /**\n   * ")
                .append(Escapes.blockComment(of.doc()))
                .append("\n");
        if (of.operation().deprecation().isPresent()) {
            out.append("   * @deprecated\n");
        }
        StringBuilder parameters = new StringBuilder();
        for (int i = 0; i < method.values().size(); i++) {
            String value = method.values().get(i);
            out.append(parameter(types.of(of.path().get(i).schema()), value));
            parameters.append(value).append(", ");
        }
        if (!request.isEmpty()) {
            out.append(parameter(request, of.requestIsOptional() ? "[request]" : "request"));
            parameters.append("request, ");
        }
        return out.append(parameter("Options", "[options]"))
                .append("   * @returns {")
                .append(method.returns(types).replace("\n", "\n   * "))
                .append("}\n   */\n  ")
                .append(method.name())
                .append("(")
                .append(parameters)
                .append("options) {\n    ")
                .append(method.statement())
                .append("\n  }\n")
                .toString();
    }

    @Override
    public String request(String name, String object) {
        return typedef(object, name);
    }

    @Override
    public String type(String name, Schema schema, TypeScriptTypes types) {
        return alias(name, types.of(schema));
    }

    @Override
    public String alias(String name, String type) {
        return typedef(type, name);
    }

    @Override
    public String events(String data, String envelope) {
        return typedef("{\n" + data + "}", "Events") + typedef(envelope, "WebhookEvent");
    }

    @Override
    public String exports() {
        return (commonJs ? "module.exports = { " : "export { ") + String.join(", ", EXPORTS) + " };";
    }

    private static String parameter(String type, String name) {
        return "   * @param {" + type.replace("\n", "\n   * ") + "} " + name + "\n";
    }

    private static String typedef(String type, String name) {
        return "/** @typedef {" + type + "} " + name + " */\n";
    }
}
