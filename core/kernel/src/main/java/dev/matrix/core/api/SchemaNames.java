package dev.matrix.core.api;

import dev.matrix.core.api.Schema.Dictionary;
import dev.matrix.core.api.Schema.Either;
import dev.matrix.core.api.Schema.Listing;
import dev.matrix.core.api.Schema.Maybe;
import dev.matrix.core.api.Schema.Property;
import dev.matrix.core.api.Schema.Reference;
import dev.matrix.core.api.Schema.Struct;
import dev.matrix.core.api.Schema.Union;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The names within schemas: which a schema reaches, and how the directions' tables become one for documentation. */
final class SchemaNames {

    private SchemaNames() {}

    /** Adds every name that a schema refers to, at any depth. */
    static void reach(Schema schema, Map<String, Schema> types, Set<String> reached) {
        if (schema instanceof Reference reference) {
            if (reached.add(reference.name()) && types.get(reference.name()) != null) {
                reach(types.getOrDefault(reference.name(), schema), types, reached);
            }
        } else if (schema instanceof Union union) {
            union.cases().values().forEach(name -> reach(new Reference(name), types, reached));
        } else {
            parts(schema).forEach(part -> reach(part, types, reached));
        }
    }

    private static List<Schema> parts(Schema schema) {
        if (schema instanceof Maybe maybe) {
            return List.of(maybe.of());
        }
        if (schema instanceof Listing listing) {
            return List.of(listing.items());
        }
        if (schema instanceof Dictionary dictionary) {
            return List.of(dictionary.values());
        }
        if (schema instanceof Either either) {
            return either.of();
        }
        if (schema instanceof Struct struct) {
            return struct.properties().stream().map(Property::schema).toList();
        }
        return List.of();
    }

    /** The schema with its names replaced. */
    static Schema rename(Schema schema, UnaryOperator<String> names) {
        if (schema instanceof Reference reference) {
            return new Reference(names.apply(reference.name()));
        }
        if (schema instanceof Union union) {
            Map<String, String> cases = new LinkedHashMap<>();
            union.cases().forEach((type, name) -> cases.put(type, names.apply(name)));
            return new Union(cases);
        }
        if (schema instanceof Maybe maybe) {
            return new Maybe(rename(maybe.of(), names));
        }
        if (schema instanceof Listing listing) {
            return new Listing(
                    rename(listing.items(), names), listing.minItems(), listing.maxItems(), listing.unique());
        }
        if (schema instanceof Dictionary dictionary) {
            return new Dictionary(rename(dictionary.values(), names), dictionary.minSize(), dictionary.maxSize());
        }
        if (schema instanceof Either either) {
            return new Either(
                    either.of().stream().map(each -> rename(each, names)).toList());
        }
        if (schema instanceof Struct struct) {
            return new Struct(
                    struct.description(),
                    struct.properties().stream()
                            .map(p -> p.withSchema(rename(p.schema(), names)))
                            .toList(),
                    struct.closed());
        }
        return schema;
    }

    /**
     * For each direction the names that its types have in the common table: their own, but with the direction's suffix where an
     * earlier direction has that name for something else, directly or within.
     */
    static Map<Direction, Map<String, String>> merged(Map<Direction, Map<String, Schema>> tables) {
        Map<Direction, Map<String, String>> names = new EnumMap<>(Direction.class);
        Map<String, Schema> common = new HashMap<>();
        for (Direction direction : Direction.values()) {
            Map<String, Schema> table = tables.getOrDefault(direction, Map.of());
            Set<String> differing = new HashSet<>();
            table.forEach((name, schema) -> {
                Schema former = common.get(name);
                if (former != null && !former.equals(schema)) {
                    differing.add(name);
                }
            });
            boolean grew = !differing.isEmpty();
            while (grew) {
                grew = false;
                for (Map.Entry<String, Schema> each : table.entrySet()) {
                    Set<String> reached = new HashSet<>();
                    reach(each.getValue(), table, reached);
                    if (common.containsKey(each.getKey()) && !Collections.disjoint(reached, differing)) {
                        grew |= differing.add(each.getKey());
                    }
                }
            }
            Map<String, String> own = new HashMap<>();
            table.keySet().forEach(name -> own.put(name, differing.contains(name) ? name + direction.suffix : name));
            names.put(direction, own);
            table.forEach(common::putIfAbsent);
        }
        return names;
    }
}
