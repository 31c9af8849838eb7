package dev.matrix.devtools;

import dev.matrix.core.api.Schema;
import dev.matrix.core.api.Schema.Property;
import java.util.List;
import java.util.stream.Collectors;

/** Schemas as TypeScript's types; they also are the types in JSDoc, where {@code documented} is false. */
record TypeScriptTypes(TypeNames names, boolean documented) {

    /** The type, as an expression. */
    String of(Schema schema) {
        if (schema instanceof Schema.Reference reference) {
            return names.of(reference.name());
        } else if (schema instanceof Schema.Union union) {
            return either(
                    union.cases().values().stream().distinct().map(names::of).toList());
        } else if (schema instanceof Schema.Choice choice) {
            String name = names.of(choice);
            String values = name == null ? values(choice) : name;
            return choice.open() && !choice.values().isEmpty() ? "Open<" + values + ">" : values;
        } else if (schema instanceof Schema.Listing list) {
            String items = of(list.items());
            return items.matches("\\w+") ? items + "[]" : "Array<" + items + ">";
        } else if (schema instanceof Schema.Dictionary map) {
            return "Record<string, " + of(map.values()) + ">";
        } else if (schema instanceof Schema.Struct struct) {
            return object(struct.properties(), "");
        } else if (schema instanceof Schema.Maybe maybe) {
            return of(maybe.of()) + " | null";
        } else if (schema instanceof Schema.Either either) {
            return either(either.of().stream().map(this::of).distinct().toList());
        } else if (schema instanceof Schema.Text) {
            return "string";
        } else if (schema instanceof Schema.Flag) {
            return "boolean";
        }
        return schema instanceof Schema.Anything ? "unknown" : "number";
    }

    /** The values of a list, themselves. */
    String values(Schema.Choice choice) {
        return either(choice.values().stream().map(Escapes::javaScript).toList());
    }

    /** The type of a request, whose optional members callers may set to undefined. */
    String request(List<Property> properties) {
        return object(properties, " | undefined");
    }

    private String object(List<Property> properties, String absent) {
        return properties.isEmpty()
                ? "{}"
                : properties.stream()
                        .map(property -> member(property, absent))
                        .collect(Collectors.joining("\n", "{\n", "\n}"));
    }

    private String member(Property property, String absent) {
        String doc = documented && property.description() != null
                ? "  /** " + Escapes.blockComment(property.description()) + " */\n"
                : "";
        String type = of(property.schema()).replace("\n", "\n  ");
        return doc + "  " + Escapes.property(property.name())
                + (property.required() ? ": " + type : "?: " + type + absent) + ";";
    }

    /** The data of each event type, a member a type. */
    String events(SdkModel model) {
        return model.events().entrySet().stream()
                .map(event -> "  " + Escapes.javaScript(event.getKey().name()) + ": "
                        + of(event.getValue()).replace("\n", "\n  ") + ";\n")
                .collect(Collectors.joining());
    }

    /** An event in its envelope, told apart by its type. */
    static String webhookEvent(SdkModel model) {
        String envelope = "{ id: string; type: %s; version: number; timestamp: string; subject: string; data: %s }";
        return model.events().isEmpty()
                ? String.format(envelope, "string", "unknown")
                : "{ [K in keyof Events]: " + String.format(envelope, "K", "Events[K]") + " }[keyof Events]";
    }

    private static String either(List<String> types) {
        return types.isEmpty() ? "string" : String.join(" | ", types);
    }
}
