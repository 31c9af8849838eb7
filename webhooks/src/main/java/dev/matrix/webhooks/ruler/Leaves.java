package dev.matrix.webhooks.ruler;

import dev.matrix.core.json.Json;
import dev.matrix.core.json.Json.JsonArray;
import dev.matrix.core.json.Json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A body by the paths of its plain values, whose names are joined by dots. Of each value it is known within which element of
 * which arrays it stands, as the fields of one filter match within one element.
 */
final class Leaves {

    /** A plain value, with the element of each array around it, by that array's number. */
    record Leaf(Json value, Map<Integer, Integer> within) {

        /** Whether it can stand beside values of these elements: no array around both has them in two elements. */
        boolean fits(Map<Integer, Integer> elements) {
            return within.entrySet().stream()
                    .allMatch(one -> one.getValue().equals(elements.getOrDefault(one.getKey(), one.getValue())));
        }
    }

    private final Map<String, List<Leaf>> byPath = new HashMap<>();
    private int arrays;

    private Leaves() {}

    static Leaves of(Json body) {
        Leaves leaves = new Leaves();
        leaves.add("", body, Map.of());
        return leaves;
    }

    List<Leaf> at(String path) {
        return byPath.getOrDefault(path, List.of());
    }

    static String within(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private void add(String path, Json json, Map<Integer, Integer> within) {
        if (json instanceof JsonObject object) {
            object.members().forEach((name, value) -> add(within(path, name), value, within));
        } else if (json instanceof JsonArray array) {
            int id = arrays++;
            for (int i = 0; i < array.items().size(); i++) {
                Json item = array.items().get(i);
                add(path, item, item instanceof JsonObject || item instanceof JsonArray ? with(within, id, i) : within);
            }
        } else {
            byPath.computeIfAbsent(path, absent -> new ArrayList<>()).add(new Leaf(json, within));
        }
    }

    /** These elements and one more. */
    private static Map<Integer, Integer> with(Map<Integer, Integer> within, int array, int element) {
        Map<Integer, Integer> inner = new HashMap<>(within);
        inner.put(array, element);
        return inner;
    }
}
