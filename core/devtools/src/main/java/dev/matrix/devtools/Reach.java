package dev.matrix.devtools;

import dev.matrix.core.api.Schema;
import java.util.Map;
import java.util.Set;

/** Collects the names of the types behind schemas, at any depth. */
record Reach(Map<String, Schema> types, Set<String> names) {

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
        }
    }

    private void visit(String name) {
        Schema named = types.get(name);
        if (named != null && names.add(name)) {
            visit(named);
        }
    }
}
