package dev.matrix.core.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.matrix.core.json.Json.JsonArray;
import dev.matrix.core.json.Json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Lists, sets and maps by name. Sets and maps are written sorted, as the JDK's immutable ones change their order from one
 * process to the next and equal payloads must be equal bytes. What is read can't be changed.
 */
final class Containers {

    private Containers() {}

    /** A list as an array; the elements aren't null. */
    record ListShape(Shape<Object> element) implements Shape<Object> {

        @Override
        public void write(Object value, JsonGenerator out) throws IOException {
            out.writeStartArray();
            for (Object item : (Collection<?>) value) {
                element.write(item, out);
            }
            out.writeEndArray();
        }

        @Override
        public Object read(Json json, Place at) {
            if (!(json instanceof JsonArray array)) {
                throw at.expected("an array");
            }
            List<Object> items = new ArrayList<>(array.items().size());
            for (Json item : array.items()) {
                at.enter(Integer.toString(items.size()));
                items.add(element.read(item, at));
                at.leave();
            }
            return Collections.unmodifiableList(items);
        }
    }

    /** A set as an array in ascending order. */
    record SetShape(ListShape list) implements Shape<Object> {

        @Override
        public void write(Object value, JsonGenerator out) throws IOException {
            list.write(new TreeSet<>((Set<?>) value), out);
        }

        @Override
        public Object read(Json json, Place at) {
            List<?> items = (List<?>) list.read(json, at);
            Set<Object> distinct = new LinkedHashSet<>(items);
            if (distinct.size() < items.size()) {
                throw at.expected("an array without repetitions");
            }
            return Collections.unmodifiableSet(distinct);
        }
    }

    /** A map from text as an object, its members in ascending order. */
    record MapShape(Shape<Object> element) implements Shape<Object> {

        @Override
        @SuppressWarnings("unchecked")
        public void write(Object value, JsonGenerator out) throws IOException {
            Map<String, Object> map = (Map<String, Object>) value;
            out.writeStartObject();
            for (Map.Entry<String, Object> entry : (map.size() > 1 ? new TreeMap<>(map) : map).entrySet()) {
                JsonText.writeName(entry.getKey(), out);
                element.write(entry.getValue(), out);
            }
            out.writeEndObject();
        }

        @Override
        public Object read(Json json, Place at) {
            if (!(json instanceof JsonObject object)) {
                throw at.expected("an object");
            }
            Map<String, Object> map = new LinkedHashMap<>();
            object.members().forEach((name, item) -> {
                at.enter(name);
                map.put(name, element.read(item, at));
                at.leave();
            });
            return Collections.unmodifiableMap(map);
        }
    }
}
