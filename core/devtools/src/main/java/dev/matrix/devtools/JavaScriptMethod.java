package dev.matrix.devtools;

import dev.matrix.core.api.Schema.Property;
import dev.matrix.core.api.Words;
import dev.matrix.devtools.SdkMethod.Answer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What TypeScript and JavaScript have in common about a method.
 *
 * @param name the method's
 * @param values what the path's values are called
 * @param request members of the request object, those of headers in camel case
 */
record JavaScriptMethod(SdkMethod method, String name, List<String> values, List<Property> request) {

    static JavaScriptMethod of(SdkMethod method, Identifiers scope) {
        Identifiers arguments = new Identifiers(Identifiers.JAVASCRIPT_WORDS);
        List<String> values = method.path().stream()
                .map(value -> arguments.take(Words.of(value.name()).camel()))
                .toList();
        List<Property> request = new ArrayList<>(method.query());
        method.headers().forEach(header -> request.add(renamed(header)));
        request.addAll(method.body());
        return new JavaScriptMethod(method, scope.take(method.name().camel()), values, request);
    }

    private static Property renamed(Property header) {
        return new Property(
                Words.of(header.name()).camel(),
                header.schema(),
                header.required(),
                header.absent(),
                header.description());
    }

    /** The type of what the method returns. */
    String returns(TypeScriptTypes types) {
        Answer answer = method.answer();
        if (answer instanceof Answer.Pages pages) {
            return "PageCall<" + types.of(pages.item()) + ">";
        } else if (answer instanceof Answer.Data data) {
            return "Call<" + types.of(data.schema()) + ">";
        }
        return answer instanceof Answer.Text ? "Call<string>" : "Call<void>";
    }

    /** The method's only statement. */
    String statement() {
        List<String> arguments = new ArrayList<>();
        boolean paged = method.answer() instanceof Answer.Pages;
        if (!paged) {
            arguments.add(Escapes.javaScript(method.operation().method()));
        }
        arguments.add(Escapes.javaScript(method.operation().path()));
        arguments.add("[" + String.join(", ", values) + "]");
        arguments.add(request.isEmpty() ? "{}" : "request");
        arguments.add("options");
        String shape = shape();
        if (!shape.isEmpty()) {
            arguments.add(shape);
        }
        return "return this._c." + (paged ? "page" : "call") + "(" + String.join(", ", arguments) + ");";
    }

    private String shape() {
        Map<String, String> parts = new LinkedHashMap<>();
        if (method.hasBody() && !method.query().isEmpty()) {
            parts.put(
                    "query",
                    method.query().stream()
                            .map(each -> Escapes.javaScript(each.name()))
                            .collect(Collectors.joining(", ", "[", "]")));
        }
        if (!method.headers().isEmpty()) {
            parts.put(
                    "headers",
                    method.headers().stream()
                            .map(each ->
                                    Escapes.property(renamed(each).name()) + ": " + Escapes.javaScript(each.name()))
                            .collect(Collectors.joining(", ", "{ ", " }")));
        }
        if (method.answer() instanceof Answer.Text) {
            parts.put("text", "true");
        }
        return parts.isEmpty()
                ? ""
                : parts.entrySet().stream()
                        .map(part -> part.getKey() + ": " + part.getValue())
                        .collect(Collectors.joining(", ", "{ ", " }"));
    }
}
