package dev.matrix.core.api;

import dev.matrix.core.api.Schema.Anything;
import dev.matrix.core.api.Schema.Flag;
import dev.matrix.core.api.Schema.Listing;
import dev.matrix.core.api.Schema.Maybe;
import dev.matrix.core.api.Schema.Property;
import dev.matrix.core.api.Schema.Real;
import dev.matrix.core.api.Schema.Struct;
import dev.matrix.core.api.VersionChange.Dropped;
import dev.matrix.core.api.VersionChange.Edit;
import dev.matrix.core.api.VersionChange.Introduced;
import dev.matrix.core.api.VersionChange.Renamed;
import dev.matrix.core.api.VersionChange.Retyped;
import dev.matrix.core.json.Json;
import dev.matrix.core.json.Json.JsonArray;
import dev.matrix.core.json.Json.JsonBoolean;
import dev.matrix.core.json.Json.JsonNumber;
import dev.matrix.core.json.Json.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Takes schemas one version down. */
final class SchemaEdits {

    private SchemaEdits() {}

    static Map<String, Schema> down(Map<String, Schema> newer, Map<String, List<Edit>> edits, Direction direction) {
        if (edits.isEmpty()) {
            return newer;
        }
        Map<String, Schema> older = new TreeMap<>(newer);
        edits.forEach((type, all) -> older.computeIfPresent(
                type, (name, schema) -> schema instanceof Struct struct ? down(struct, all, direction) : schema));
        return older;
    }

    static Struct down(Struct newer, List<Edit> edits, Direction direction) {
        List<Property> members = new ArrayList<>(newer.properties());
        for (int i = edits.size() - 1; i >= 0; i--) {
            Edit edit = edits.get(i);
            if (edit instanceof Renamed renamed) {
                members.replaceAll(p -> p.name().equals(renamed.to()) ? with(p, renamed.from(), p.schema()) : p);
                members.replaceAll(p -> renamed.to().equals(p.partner()) ? withPartner(p, renamed.from()) : p);
            } else if (edit instanceof Introduced introduced) {
                members.removeIf(p -> p.name().equals(introduced.name()));
                members.replaceAll(p -> introduced.name().equals(p.partner()) ? withPartner(p, null) : p);
            } else if (edit instanceof Dropped dropped) {
                members.add(new Property(
                        dropped.name(), kindOf(dropped.shownToOlder()), direction == Direction.OUT, null, null));
            } else if (edit instanceof Retyped retyped) {
                members.replaceAll(p -> p.name().equals(retyped.name()) ? with(p, p.name(), retyped.oldSchema()) : p);
            }
        }
        return new Struct(newer.description(), members, newer.closed());
    }

    private static Property with(Property p, String name, Schema schema) {
        Schema kept = p.schema() instanceof Maybe && !(schema instanceof Maybe) ? new Maybe(schema) : schema;
        return new Property(name, kept, p.required(), p.absent(), p.description(), p.partner());
    }

    private static Property withPartner(Property p, @Nullable String partner) {
        return new Property(p.name(), p.schema(), p.required(), p.absent(), p.description(), partner);
    }

    private static Schema kindOf(Json shown) {
        if (shown instanceof JsonString) {
            return ScalarSchemas.STRING;
        }
        if (shown instanceof JsonBoolean) {
            return new Flag();
        }
        if (shown instanceof JsonNumber) {
            return new Real(-Double.MAX_VALUE, Double.MAX_VALUE);
        }
        return shown instanceof JsonArray ? new Listing(new Anything(), 0, 100, false) : new Anything();
    }
}
