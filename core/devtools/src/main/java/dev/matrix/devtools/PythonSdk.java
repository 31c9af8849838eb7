package dev.matrix.devtools;

import dev.matrix.core.api.Schema.Property;
import dev.matrix.core.api.Words;
import dev.matrix.devtools.SdkMethod.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes {@code matrix.py}. */
final class PythonSdk implements SdkEmitter {

    private final Template runtime = Template.of("matrix.py");

    @Override
    public String emit(SdkModel model) {
        TypeNames names = new TypeNames(model, Identifiers.PYTHON_WORDS);
        PythonTypes types = new PythonTypes(names);
        StringBuilder init = new StringBuilder();
        StringBuilder namespaces = new StringBuilder();
        Identifiers members = new Identifiers(Identifiers.PYTHON_WORDS);
        for (SdkNamespace namespace : model.namespaces()) {
            String type = names.take(namespace.name().pascal() + "Api");
            init.append("self.")
                    .append(members.take(namespace.name().snake()))
                    .append(" = ")
                    .append(type)
                    .append("(client)\n");
            namespaces.append("class ").append(type).append("(_Namespace):\n");
            Identifiers scope = new Identifiers(Identifiers.PYTHON_WORDS);
            namespace.methods().forEach(method -> namespaces.append(method(method, scope, types)));
            namespaces.append("\n");
        }
        String declarations = model.types().entrySet().stream()
                .map(type -> types.declare(names.of(type.getKey()), type.getValue()))
                .collect(Collectors.joining());
        return runtime.fill(
                "#",
                model.version().toString(),
                Map.of(
                        "head",
                        "# " + SdkEmitter.head(model) + "\n# Python 3.9 or newer.",
                        "init",
                        init.toString(),
                        "namespaces",
                        namespaces.toString().stripTrailing(),
                        "types",
                        declarations + events(model, names, types)));
    }

    private static String method(SdkMethod method, Identifiers scope, PythonTypes types) {
        PythonArguments arguments = PythonArguments.of(method);
        List<String> parameters = new ArrayList<>(List.of("self"));
        method.path().forEach(value -> parameters.add(arguments.nameOf(value) + ": " + types.of(value.schema())));
        List<Property> request = method.request();
        if (!request.isEmpty()) {
            parameters.add("*");
        }
        request.forEach(member -> parameters.add(arguments.nameOf(member) + ": " + types.of(member.schema())
                + (member.required() ? "" : " = NOT_GIVEN")));
        parameters.add("options: Optional[Options] = None");
        return "    def " + scope.take(method.name().snake()) + "(" + String.join(", ", parameters) + ") -> "
                + returns(method.answer(), types) + ":\n        \"\"\"" + Escapes.docstring(method.doc()) + "\"\"\"\n"
                + "        return self._c." + call(method, arguments) + "\n";
    }

    private static String returns(Answer answer, PythonTypes types) {
        if (answer instanceof Answer.Pages pages) {
            return "Listing[" + types.of(pages.item()) + "]";
        } else if (answer instanceof Answer.Data data) {
            return types.of(data.schema());
        }
        return answer instanceof Answer.Text ? "str" : "None";
    }

    private static String call(SdkMethod method, PythonArguments arguments) {
        boolean paged = method.answer() instanceof Answer.Pages;
        List<String> given = new ArrayList<>();
        if (!paged) {
            given.add(Escapes.python(method.operation().method()));
        }
        given.add(Escapes.python(arguments.route(method)));
        given.add("locals()");
        if (method.hasBody() && !method.query().isEmpty()) {
            given.add("query="
                    + method.query().stream()
                            .map(each -> Escapes.python(arguments.nameOf(each)))
                            .collect(Collectors.joining(", ", "[", "]")));
        }
        if (!method.headers().isEmpty()) {
            given.add("headers="
                    + method.headers().stream()
                            .map(each -> Escapes.python(arguments.nameOf(each)) + ": " + Escapes.python(each.name()))
                            .collect(Collectors.joining(", ", "{", "}")));
        }
        String irregular = arguments.irregular(method);
        if (!irregular.isEmpty()) {
            given.add("names={" + irregular + "}");
        }
        if (method.answer() instanceof Answer.Text) {
            given.add("text=True");
        }
        return (paged ? "page(" : "call(") + String.join(", ", given) + ")";
    }

    private static String events(SdkModel model, TypeNames names, PythonTypes types) {
        StringBuilder out = new StringBuilder(
                "class _Event(TypedDict):\n    id: str\n    version: int\n    timestamp: str\n    subject: str\n");
        List<String> envelopes = new ArrayList<>();
        model.events().forEach((type, data) -> {
            String name = names.take(Words.of(type.name()).pascal() + "Event");
            envelopes.add(name);
            out.append("class ")
                    .append(name)
                    .append("(_Event):\n    type: Literal[")
                    .append(Escapes.python(type.name()))
                    .append("]\n    data: ")
                    .append(types.of(data))
                    .append("\n");
        });
        return out + "WebhookEvent = Union[" + (envelopes.isEmpty() ? "Any" : String.join(", ", envelopes)) + "]\n";
    }
}
