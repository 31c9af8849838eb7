package dev.matrix.devtools;

import dev.matrix.core.json.Json;
import dev.matrix.core.json.Json.JsonArray;
import dev.matrix.core.json.Json.JsonObject;
import dev.matrix.core.json.Json.JsonString;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/** The components that a document's parts refer to, so that it has no others. */
record References(Set<String> pointers) {

    static References of(Json... parts) {
        References references = new References(new LinkedHashSet<>());
        for (Json part : parts) {
            references.visit(part);
        }
        return references;
    }

    private void visit(Json json) {
        if (json instanceof JsonObject object) {
            object.members().forEach((name, value) -> {
                if (value instanceof JsonString text && text.value().startsWith("#/components/")) {
                    pointers.add(text.value());
                }
                visit(value);
            });
        } else if (json instanceof JsonArray array) {
            array.items().forEach(this::visit);
        }
    }

    /** Those of the components that are referred to, at any depth, and all security schemes. */
    JsonObject within(JsonObject components) {
        Set<String> visited = new HashSet<>();
        int before;
        do {
            before = pointers.size();
            components
                    .members()
                    .forEach((section, named) -> ((JsonObject) named).members().forEach((name, value) -> {
                        String pointer = pointer(section, name);
                        if (pointers.contains(pointer) && visited.add(pointer)) {
                            visit(value);
                        }
                    }));
        } while (pointers.size() > before);
        Tree used = new Tree();
        components.members().forEach((section, named) -> {
            Tree kept = new Tree();
            ((JsonObject) named).members().forEach((name, value) -> {
                if (section.equals("securitySchemes") || pointers.contains(pointer(section, name))) {
                    kept.put(name, value);
                }
            });
            used.put(section, kept);
        });
        return used.json();
    }

    private static String pointer(String section, String name) {
        return "#/components/" + section + "/" + name;
    }
}
