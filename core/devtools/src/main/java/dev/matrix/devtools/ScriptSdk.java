package dev.matrix.devtools;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.api.Words;
import java.util.Map;

/** Writes {@code matrix.ts}, {@code matrix.mjs} and {@code matrix.cjs}: one walk over the model; what differs is the dialect's. */
final class ScriptSdk implements SdkEmitter {

    private final ScriptDialect dialect;

    ScriptSdk(ScriptDialect dialect) {
        this.dialect = dialect;
    }

    @Override
    public String emit(SdkModel model) {
        TypeNames names = new TypeNames(model, Identifiers.JAVASCRIPT_WORDS);
        TypeScriptTypes types = new TypeScriptTypes(names, dialect.documentsMembers());
        StringBuilder fields = new StringBuilder();
        StringBuilder init = new StringBuilder();
        StringBuilder namespaces = new StringBuilder();
        StringBuilder declarations = new StringBuilder();
        Identifiers members = new Identifiers(Identifiers.JAVASCRIPT_MEMBERS);
        for (SdkNamespace namespace : model.namespaces()) {
            String field = members.take(namespace.name().camel());
            String type = names.take(namespace.name().pascal() + "Api");
            fields.append(dialect.field(field, type));
            init.append("this.").append(field).append(" = new ").append(type).append("(client);\n");
            namespaces.append(dialect.beginning(type));
            Identifiers scope = new Identifiers(Identifiers.JAVASCRIPT_MEMBERS);
            for (SdkMethod each : namespace.methods()) {
                JavaScriptMethod method = JavaScriptMethod.of(each, scope);
                String request = "";
                if (!method.request().isEmpty()) {
                    request = names.take(Words.of(each.operation().id()).pascal() + "Request");
                    declarations.append(dialect.request(request, types.request(method.request())));
                }
                namespaces.append(dialect.method(method, request, types));
            }
            namespaces.append("}\n\n");
        }
        model.choices()
                .forEach(choice ->
                        declarations.append(dialect.alias(requireNonNull(names.of(choice)), types.values(choice))));
        model.types().forEach((name, schema) -> declarations.append(dialect.type(names.of(name), schema, types)));
        declarations.append(dialect.events(types.events(model), TypeScriptTypes.webhookEvent(model)));
        return dialect.runtime()
                .fill(
                        "//",
                        model.version().toString(),
                        Map.of(
                                "head", "// " + SdkEmitter.head(model) + "\n// " + dialect.needs(),
                                "fields", fields.toString(),
                                "init", init.toString(),
                                "namespaces", namespaces.toString().stripTrailing(),
                                "types", declarations.toString(),
                                "exports", dialect.exports()));
    }
}
