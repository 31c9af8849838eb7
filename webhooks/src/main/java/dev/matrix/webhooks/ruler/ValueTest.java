package dev.matrix.webhooks.ruler;

import dev.matrix.core.json.Json;
import dev.matrix.core.json.Json.JsonArray;
import dev.matrix.core.json.Json.JsonBoolean;
import dev.matrix.core.json.Json.JsonNumber;
import dev.matrix.core.json.Json.JsonObject;
import dev.matrix.core.json.Json.JsonString;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** What one value of a filter's field asks of a value of the event. */
@FunctionalInterface
interface ValueTest {

    String EXISTS = "exists";
    String ANYTHING_BUT = "anything-but";
    int HEAVY = 10;

    /**
     * Whether a value is one that is asked for.
     *
     * @param value a plain one, neither object nor array
     */
    boolean accepts(Json value, Work work);

    /** Whether it asks that there be no value, which no value can tell. */
    static boolean isAbsence(Json filter) {
        return filter instanceof JsonObject object && new JsonBoolean(false).equals(object.get(EXISTS));
    }

    /** How many values there are to compare with in one of a filter: an exclusion may list several. */
    static int size(Json filter) {
        Json not = filter instanceof JsonObject object ? object.get(ANYTHING_BUT) : null;
        Json listed = not instanceof JsonObject object
                ? object.members().values().iterator().next()
                : not;
        return listed == null ? 1 : items(listed).size();
    }

    /** What one of them costs an automaton, in plain values: ranges and exclusions cost many times what those do. */
    static int weight(Json filter) {
        boolean heavy = filter instanceof JsonObject object
                && (object.get("numeric") != null || object.get("cidr") != null || object.get(ANYTHING_BUT) != null);
        return heavy ? HEAVY * size(filter) : 1;
    }

    /**
     * A value of a filter as {@link Operators} accepts it.
     *
     * @param wildcard told of each wildcard within it
     */
    static ValueTest of(Json filter, Consumer<String> wildcard) {
        if (!(filter instanceof JsonObject object)) {
            return (value, work) -> isSame(filter, value);
        }
        Map.Entry<String, Json> only = object.members().entrySet().iterator().next();
        Json operand = only.getValue();
        return switch (only.getKey()) {
            case EXISTS -> (value, work) -> true;
            case "numeric" -> numeric(((JsonArray) operand).items());
            case "cidr" -> text(AddressRange.of(((JsonString) operand).value())::holds);
            case ANYTHING_BUT -> not(but(operand, wildcard));
            default -> onText(only.getKey(), operand, wildcard);
        };
    }

    private static ValueTest onText(String operator, Json operand, Consumer<String> wildcard) {
        if (operand instanceof JsonObject caseless) {
            String part = ((JsonString) caseless.members().values().iterator().next()).value();
            return operator.equals("prefix")
                    ? text(text -> text.regionMatches(true, 0, part, 0, part.length()))
                    : text(text -> text.regionMatches(true, text.length() - part.length(), part, 0, part.length()));
        }
        String part = ((JsonString) operand).value();
        return switch (operator) {
            case "prefix" -> text(text -> text.startsWith(part));
            case "suffix" -> text(text -> text.endsWith(part));
            case "equals-ignore-case" -> text(text -> text.equalsIgnoreCase(part));
            case "wildcard" -> wildcard(part, wildcard);
            default -> throw new IllegalArgumentException("There is no operator " + operator + ".");
        };
    }

    private static ValueTest wildcard(String pattern, Consumer<String> told) {
        told.accept(pattern);
        Wildcard wildcard = Wildcard.of(pattern);
        return (value, work) -> {
            if (!(value instanceof JsonString string)) {
                return false;
            }
            work.add(string.value().length());
            return wildcard.matches(string.value());
        };
    }

    private static ValueTest text(Predicate<String> test) {
        return (value, work) -> value instanceof JsonString string && test.test(string.value());
    }

    private static ValueTest not(List<ValueTest> tests) {
        return (value, work) -> {
            work.add(tests.size());
            return tests.stream().noneMatch(test -> test.accepts(value, work));
        };
    }

    private static List<ValueTest> but(Json operand, Consumer<String> wildcard) {
        if (operand instanceof JsonObject object) {
            Map.Entry<String, Json> only =
                    object.members().entrySet().iterator().next();
            return items(only.getValue()).stream()
                    .map(each -> onText(only.getKey(), each, wildcard))
                    .toList();
        }
        return items(operand).stream().map(each -> of(each, wildcard)).toList();
    }

    private static List<Json> items(Json operand) {
        return operand instanceof JsonArray array ? array.items() : List.of(operand);
    }

    private static ValueTest numeric(List<Json> parts) {
        ValueTest first = comparison(parts.get(0), parts.get(1));
        if (parts.size() == 2) {
            return first;
        }
        ValueTest second = comparison(parts.get(2), parts.get(3));
        return (value, work) -> first.accepts(value, work) && second.accepts(value, work);
    }

    private static ValueTest comparison(Json operator, Json bound) {
        String sign = ((JsonString) operator).value();
        Predicate<Integer> wanted = switch (sign) {
            case "<" -> order -> order < 0;
            case "<=" -> order -> order <= 0;
            case ">" -> order -> order > 0;
            case ">=" -> order -> order >= 0;
            default -> order -> order == 0;
        };
        BigDecimal limit = ((JsonNumber) bound).value();
        return (value, work) ->
                value instanceof JsonNumber number && wanted.test(number.value().compareTo(limit));
    }

    private static boolean isSame(Json filter, Json value) {
        if (filter instanceof JsonNumber wanted && value instanceof JsonNumber number) {
            return wanted.value().compareTo(number.value()) == 0;
        }
        return filter.equals(value);
    }
}
