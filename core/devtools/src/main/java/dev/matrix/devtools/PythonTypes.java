package dev.matrix.devtools;

import dev.matrix.core.api.Schema;
import dev.matrix.core.api.Schema.Property;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Schemas as Python's types. */
record PythonTypes(TypeNames names) {

    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /** The type in an annotation, which isn't evaluated. */
    String of(Schema schema) {
        if (schema instanceof Schema.Reference reference) {
            return names.of(reference.name());
        } else if (schema instanceof Schema.Union union) {
            return either(
                    union.cases().values().stream().distinct().map(names::of).toList());
        } else if (schema instanceof Schema.Choice choice) {
            return choice.open() || choice.values().isEmpty()
                    ? "str"
                    : choice.values().stream().map(Escapes::python).collect(Collectors.joining(", ", "Literal[", "]"));
        } else if (schema instanceof Schema.Listing list) {
            return "List[" + of(list.items()) + "]";
        } else if (schema instanceof Schema.Dictionary map) {
            return "Dict[str, " + of(map.values()) + "]";
        } else if (schema instanceof Schema.Maybe maybe) {
            return "Optional[" + of(maybe.of()) + "]";
        } else if (schema instanceof Schema.Either either) {
            return either(either.of().stream().map(this::of).distinct().toList());
        } else if (schema instanceof Schema.Text) {
            return "str";
        } else if (schema instanceof Schema.Flag) {
            return "bool";
        } else if (schema instanceof Schema.Whole) {
            return "int";
        } else if (schema instanceof Schema.Real) {
            return "float";
        }
        return "Any";
    }

    /** The declaration of a named type. */
    String declare(String name, Schema schema) {
        if (!(schema instanceof Schema.Struct struct)) {
            return name + " = Union[" + Escapes.python(of(schema)) + "]\n";
        }
        if (struct.properties().stream().anyMatch(property -> !isPlain(property.name()))) {
            return struct.properties().stream()
                    .map(property -> Escapes.python(property.name()) + ": " + Escapes.python(of(property.schema())))
                    .collect(Collectors.joining(", ", name + " = TypedDict(\"" + name + "\", {", "}, total=False)\n"));
        }
        List<Property> required =
                struct.properties().stream().filter(Property::required).toList();
        List<Property> optional = struct.properties().stream()
                .filter(property -> !property.required())
                .toList();
        if (optional.isEmpty()) {
            return body("class " + name + "(TypedDict):", required);
        }
        return required.isEmpty()
                ? body("class " + name + "(TypedDict, total=False):", optional)
                : body("class _" + name + "(TypedDict):", required)
                        + body("class " + name + "(_" + name + ", total=False):", optional);
    }

    private String body(String head, List<Property> properties) {
        return properties.isEmpty()
                ? head + " ...\n"
                : properties.stream()
                        .map(property -> "    " + property.name() + ": " + of(property.schema()) + "\n")
                        .collect(Collectors.joining("", head + "\n", ""));
    }

    private static boolean isPlain(String name) {
        // Two leading underscores would be mangled within a class.
        return IDENTIFIER.matcher(name).matches() && !name.startsWith("__") && !Identifiers.PYTHON_WORDS.contains(name);
    }

    private static String either(List<String> types) {
        return types.size() == 1 ? types.get(0) : "Union[" + String.join(", ", types) + "]";
    }
}
