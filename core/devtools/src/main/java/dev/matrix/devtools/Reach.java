package dev.matrix.devtools;

import dev.matrix.core.api.Schema;
import java.util.Map;
import java.util.Set;

/**
 * Collects what stands behind schemas, at any depth.
 *
 * @param names of the types
 * @param choices lists of values that have a name, as closed ones, with the number of their places
 */
record Reach(Map<String, Schema> types, Set<String> names, Map<Schema.Choice, Integer> choices) {

    void visit(Schema schema) {
        if (schema instanceof Schema.Reference reference) {
            visit(reference.name());
        } else if (schema instanceof Schema.Union union) {
            union.cases().values().forEach(this::visit);
        } else if (schema instanceof Schema.Listing list) {
            visit(list.items());
        } else if (schema instanceof Schema.Dictionary map) {
            visit(map.values());
        } else if (schema instanceof Schema.Struct struct) {
            struct.properties().forEach(property -> visit(property.schema()));
        } else if (schema instanceof Schema.Maybe maybe) {
            visit(maybe.of());
        } else if (schema instanceof Schema.Either either) {
            either.of().forEach(this::visit);
        } else if (schema instanceof Schema.Choice choice && choice.name() != null) {
            choices.merge(closed(choice), 1, Integer::sum);
        }
    }

    static Schema.Choice closed(Schema.Choice choice) {
        return new Schema.Choice(choice.values(), false, choice.name());
    }

    private void visit(String name) {
        Schema named = types.get(name);
        if (named != null && names.add(name)) {
            visit(named);
        }
    }
}
