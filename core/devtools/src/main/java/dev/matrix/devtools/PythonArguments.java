package dev.matrix.devtools;

import dev.matrix.core.api.Schema.Property;
import dev.matrix.core.api.Words;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What Python calls a method's values: snake case. */
record PythonArguments(Map<Property, String> names) {

    static PythonArguments of(SdkMethod method) {
        Identifiers scope = new Identifiers(Identifiers.PYTHON_WORDS);
        Map<Property, String> names = new LinkedHashMap<>();
        method.path()
                .forEach(
                        each -> names.put(each, scope.take(Words.of(each.name()).snake())));
        method.request()
                .forEach(
                        each -> names.put(each, scope.take(Words.of(each.name()).snake())));
        return new PythonArguments(names);
    }

    String nameOf(Property property) {
        return names.getOrDefault(property, property.name());
    }

    String route(SdkMethod method) {
        String route = method.operation().path();
        for (Property value : method.path()) {
            route = route.replace("{" + value.name() + "}", "{" + nameOf(value) + "}");
        }
        return route;
    }

    /** Names that don't follow from snake case, as the runtime turns it back. */
    String irregular(SdkMethod method) {
        return method.request().stream()
                .filter(each -> !method.headers().contains(each))
                .filter(each -> !Words.of(nameOf(each)).camel().equals(each.name()))
                .map(each -> Escapes.python(nameOf(each)) + ": " + Escapes.python(each.name()))
                .collect(Collectors.joining(", "));
    }
}
