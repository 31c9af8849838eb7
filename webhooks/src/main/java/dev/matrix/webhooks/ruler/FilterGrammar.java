package dev.matrix.webhooks.ruler;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.json.Json;
import dev.matrix.core.json.Json.JsonArray;
import dev.matrix.core.json.Json.JsonNumber;
import dev.matrix.core.json.Json.JsonObject;
import dev.matrix.core.json.JsonCodec;
import dev.matrix.core.money.Currencies;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What a filter may say, read once from its root. Refusals name the place as a JSON pointer. */
final class FilterGrammar {

    private static final int MOST_BYTES = 8 * 1024;
    private static final int MOST_VALUES = 100;
    private static final int DEEPEST = 8;
    private static final int MOST_COMBINATIONS = 1_000;
    private static final String OR = "$or";

    private static final JsonCodec JSON = JsonCodec.of(Currencies.standard());

    private final Deque<String> place = new ArrayDeque<>();
    private final Operators operators = new Operators(this);
    private int values;

    private FilterGrammar() {}

    static void check(String filter) {
        byte[] utf8 = filter.getBytes(UTF_8);
        FilterGrammar grammar = new FilterGrammar();
        if (utf8.length > MOST_BYTES) {
            throw grammar.refused("a filter has at most " + MOST_BYTES + " bytes; this one has " + utf8.length);
        }
        if (!(JSON.parse(utf8) instanceof JsonObject pattern)) {
            throw grammar.refused("a filter is an object, such as {\"data\":{\"total\":{\"value\":[100]}}}");
        }
        grammar.fields(pattern, 1);
    }

    /** Reads an object of fields; tells how many ways through its {@code $or} there are. */
    private long fields(JsonObject object, int depth) {
        if (object.members().isEmpty()) {
            throw refused("an object of a filter names at least one field");
        }
        if (depth > DEEPEST) {
            throw refused("a filter is at most " + DEEPEST + " objects deep");
        }
        long combinations = 1;
        for (Map.Entry<String, Json> member : object.members().entrySet()) {
            place.addLast(member.getKey());
            combinations *= member.getKey().equals(OR)
                    ? branches(member.getValue(), depth)
                    : field(member.getKey(), member.getValue(), depth);
            if (combinations > MOST_COMBINATIONS) {
                throw refused("the branches of a filter's $or combine in at most " + MOST_COMBINATIONS + " ways");
            }
            place.removeLast();
        }
        return combinations;
    }

    private long branches(Json json, int depth) {
        if (!(json instanceof JsonArray array) || array.items().size() < 2) {
            throw refused("$or is an array of two objects or more");
        }
        long combinations = 0;
        for (int i = 0; i < array.items().size(); i++) {
            place.addLast(Integer.toString(i));
            if (!(array.items().get(i) instanceof JsonObject branch)) {
                throw refused("a branch of $or is an object of fields");
            }
            combinations += fields(branch, depth + 1);
            place.removeLast();
        }
        return combinations;
    }

    private long field(String name, Json json, int depth) {
        if (name.indexOf('.') >= 0) {
            throw refused("a field's name has no dot; nest objects instead");
        }
        if (json instanceof JsonObject nested) {
            return fields(nested, depth + 1);
        }
        if (!(json instanceof JsonArray array) || array.items().isEmpty()) {
            throw refused(
                    "a field has an object of further fields, or a non-empty array of the values that it may have");
        }
        each(array, operators::value);
        return 1;
    }

    /** Reads the items of an array, each at its place. */
    void each(JsonArray array, Consumer<Json> reader) {
        List<Json> items = array.items();
        for (int i = 0; i < items.size(); i++) {
            place.addLast(Integer.toString(i));
            reader.accept(items.get(i));
            place.removeLast();
        }
    }

    /** Reads a member at its place. */
    void within(String name, Runnable reader) {
        place.addLast(name);
        reader.run();
        place.removeLast();
    }

    /** Counts one value to compare with. */
    void count() {
        if (++values > MOST_VALUES) {
            throw refused("a filter has at most " + MOST_VALUES + " values");
        }
    }

    /** A number that filters can tell from its neighbours, as engines compare doubles. */
    void number(JsonNumber number) {
        double nearest = number.value().doubleValue();
        if (!Double.isFinite(nearest) || BigDecimal.valueOf(nearest).compareTo(number.value()) != 0) {
            throw refused("a number of a filter is one that a double holds; 15 significant digits always are");
        }
    }

    InvalidRequestException refused(String rule) {
        StringBuilder pointer = new StringBuilder();
        place.forEach(step -> pointer.append('/').append(step.replace("~", "~0").replace("/", "~1")));
        return new InvalidRequestException(
                "Filter at " + (pointer.isEmpty() ? "the root" : pointer) + ": " + rule + ".");
    }
}
