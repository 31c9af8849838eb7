package dev.matrix.webhooks.ruler;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.matrix.core.json.Json;
import dev.matrix.core.json.Json.JsonArray;
import dev.matrix.core.json.Json.JsonObject;
import dev.matrix.core.json.JsonCodec;
import dev.matrix.core.money.Currencies;
import dev.matrix.webhooks.ruler.Leaves.Leaf;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A filter that matches as it is written, without an automaton: to decide before one is compiled, and where none should be.
 * It means what event-ruler means; FilterOracleTest compares them.
 *
 * @param ways one for each combination of {@code $or} branches, of which one has to match; each names its fields in order
 * @param wildcards the fields and texts of them
 */
record PlainFilter(String text, List<List<Field>> ways, Set<String> wildcards) {

    private static final JsonCodec JSON = JsonCodec.of(Currencies.standard());
    private static final String OR = "$or";

    /**
     * What one field may have.
     *
     * @param mayBeAbsent whether it may have no value at all
     * @param values how many there are to compare with, 1 at least
     * @param weight what it costs an automaton, in plain values
     */
    record Field(String path, List<ValueTest> tests, boolean mayBeAbsent, int values, int weight) {}

    static List<PlainFilter> all(Collection<String> filters) {
        return filters.stream().map(PlainFilter::of).toList();
    }

    /** @param filter one that {@link FilterGrammar} accepts */
    static PlainFilter of(String filter) {
        Set<String> wildcards = new TreeSet<>();
        List<List<Field>> ways = new ArrayList<>();
        for (List<Field> way : ways("", (JsonObject) JSON.parse(filter.getBytes(UTF_8)), wildcards)) {
            List<Field> sorted = new ArrayList<>(way);
            sorted.sort((a, b) -> a.path().compareTo(b.path()));
            ways.add(sorted);
        }
        return new PlainFilter(filter, ways, wildcards);
    }

    private static List<List<Field>> ways(String path, JsonObject object, Set<String> wildcards) {
        List<List<Field>> ways = List.of(List.of());
        for (Map.Entry<String, Json> member : object.members().entrySet()) {
            ways = combined(ways, ways(path, member.getKey(), member.getValue(), wildcards));
        }
        return ways;
    }

    private static List<List<Field>> ways(String path, String name, Json json, Set<String> wildcards) {
        if (name.equals(OR) && json instanceof JsonArray branches) {
            List<List<Field>> all = new ArrayList<>();
            branches.items().forEach(branch -> all.addAll(ways(path, (JsonObject) branch, wildcards)));
            return all;
        }
        String inner = Leaves.within(path, name);
        return json instanceof JsonArray values
                ? List.of(List.of(field(inner, values, wildcards)))
                : ways(inner, (JsonObject) json, wildcards);
    }

    private static Field field(String path, JsonArray values, Set<String> wildcards) {
        List<ValueTest> tests = new ArrayList<>();
        boolean mayBeAbsent = false;
        int size = 0;
        int weight = 0;
        for (Json value : values.items()) {
            size += ValueTest.size(value);
            weight += ValueTest.weight(value);
            if (ValueTest.isAbsence(value)) {
                mayBeAbsent = true;
            } else {
                tests.add(ValueTest.of(value, wildcard -> wildcards.add(path + " " + wildcard)));
            }
        }
        return new Field(path, tests, mayBeAbsent, size, weight);
    }

    private static List<List<Field>> combined(List<List<Field>> left, List<List<Field>> right) {
        List<List<Field>> all = new ArrayList<>();
        for (List<Field> one : left) {
            for (List<Field> other : right) {
                List<Field> both = new ArrayList<>(one);
                both.addAll(other);
                all.add(both);
            }
        }
        return all;
    }

    /** How many values there are to compare with, over all ways. */
    long values() {
        return ways.stream().flatMap(List::stream).mapToLong(Field::values).sum();
    }

    /** What it costs an automaton, in plain values. */
    long weight() {
        return ways.stream().flatMap(List::stream).mapToLong(Field::weight).sum();
    }

    boolean matches(Leaves leaves, Work work) {
        return ways.stream().anyMatch(way -> matches(way, 0, leaves, Map.of(), work));
    }

    /** Whether the fields from a place on can have values that stand within these elements of arrays. */
    private static boolean matches(
            List<Field> fields, int at, Leaves leaves, Map<Integer, Integer> elements, Work work) {
        if (at == fields.size()) {
            return true;
        }
        Field field = fields.get(at);
        boolean absent = true;
        for (Leaf leaf : leaves.at(field.path())) {
            work.add(1);
            if (leaf.fits(elements)) {
                absent = false;
                if (accepts(field, leaf.value(), work)
                        && matches(fields, at + 1, leaves, joined(elements, leaf.within()), work)) {
                    return true;
                }
            }
        }
        return absent && field.mayBeAbsent() && matches(fields, at + 1, leaves, elements, work);
    }

    private static boolean accepts(Field field, Json value, Work work) {
        for (ValueTest test : field.tests()) {
            work.add(1);
            if (test.accepts(value, work)) {
                return true;
            }
        }
        return false;
    }

    private static Map<Integer, Integer> joined(Map<Integer, Integer> elements, Map<Integer, Integer> more) {
        if (more.isEmpty()) {
            return elements;
        }
        Map<Integer, Integer> all = new HashMap<>(elements);
        all.putAll(more);
        return all;
    }
}
