package dev.matrix.devtools;

import dev.matrix.core.api.Schema;
import java.util.ArrayList;
import java.util.List;

/** {@code matrix.ts}. */
record TypeScriptDialect(Template runtime) implements ScriptDialect {

    TypeScriptDialect() {
        this(Template.of("matrix.ts"));
    }

    @Override
    public String needs() {
        return "Node 18 or newer, or a browser; TypeScript 5 with the target ES2022 or newer.";
    }

    @Override
    public boolean documentsMembers() {
        return true;
    }

    @Override
    public String field(String name, String type) {
        return "readonly " + name + ": " + type + ";\n";
    }

    @Override
    public String beginning(String type) {
        return "export class " + type + " extends Namespace {";
    }

    @Override
    public String method(JavaScriptMethod method, String request, TypeScriptTypes types) {
        SdkMethod of = method.method();
        List<String> parameters = new ArrayList<>();
        for (int i = 0; i < method.values().size(); i++) {
            parameters.add(
                    method.values().get(i) + ": " + types.of(of.path().get(i).schema()));
        }
        if (!request.isEmpty()) {
            parameters.add((of.requestIsOptional() ? "request?: " : "request: ") + request);
        }
        parameters.add("options?: Options");
        return "\n  /** " + Escapes.blockComment(of.doc())
                + (of.operation().deprecation().isPresent() ? " @deprecated" : "") + " */\n  " + method.name() + "("
                + String.join(", ", parameters) + "): " + method.returns(types) + " {\n    " + method.statement()
                + "\n  }\n";
    }

    @Override
    public String request(String name, String object) {
        return "export interface " + name + " " + object + "\n";
    }

    @Override
    public String type(String name, Schema schema, TypeScriptTypes types) {
        return schema instanceof Schema.Struct
                ? "export interface " + name + " " + types.of(schema) + "\n"
                : alias(name, types.of(schema));
    }

    @Override
    public String alias(String name, String type) {
        return "export type " + name + " = " + type + ";\n";
    }

    @Override
    public String events(String data, String envelope) {
        return "/** The data of each event type. */\nexport interface Events {\n" + data + "}\n"
                + "/** What a webhook carries; types of later versions come too. */\nexport type WebhookEvent = "
                + envelope + ";\n";
    }

    @Override
    public String exports() {
        return "";
    }
}
