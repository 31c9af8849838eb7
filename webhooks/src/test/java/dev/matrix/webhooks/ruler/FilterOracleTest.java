package dev.matrix.webhooks.ruler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.json.Json;
import dev.matrix.core.json.Json.JsonArray;
import dev.matrix.core.json.Json.JsonBoolean;
import dev.matrix.core.json.Json.JsonNumber;
import dev.matrix.core.json.Json.JsonObject;
import dev.matrix.core.json.Json.JsonString;
import dev.matrix.core.json.JsonCodec;
import dev.matrix.core.money.Currencies;
import dev.matrix.webhooks.spi.FilterSet;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random filters over random bodies, as they are written and compiled together, beside a plain reading of the rules. */
class FilterOracleTest {

    private static final JsonCodec JSON = JsonCodec.of(Currencies.standard());

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    @Tag("W3")
    @Tag("W4")
    void filtersMatchWhatAPlainReadingOfTheRulesMatches(long seed) {
        Random random = new Random(seed);
        RulerFilterEngine engine = new RulerFilterEngine();
        Map<String, JsonObject> filters = new LinkedHashMap<>();
        int matches = 0;
        for (int round = 0; round < 40; round++) {
            while (filters.size() < 40) {
                JsonObject filter = object(random, 2, () -> alternatives(random));
                String text = new String(JSON.write(filter), UTF_8);
                engine.check(text);
                filters.put(text, filter);
            }
            FilterSet written = engine.read(filters.keySet());
            FilterSet compiled = engine.compile(filters.keySet());
            for (int i = 0; i < 25; i++) {
                JsonObject body = object(random, 3, () -> value(random, 2));
                byte[] json = JSON.write(body);
                Set<String> expected = new TreeSet<>();
                filters.forEach((name, each) -> {
                    if (Oracle.matches(each, body)) {
                        expected.add(name);
                    }
                });
                matches += expected.size();
                String at = "body " + new String(json, UTF_8);
                assertThat(written.matching(json)).as(at).containsExactlyInAnyOrderElementsOf(expected);
                assertThat(compiled.matching(json)).as(at).containsExactlyInAnyOrderElementsOf(expected);
            }
            List.copyOf(filters.keySet()).stream()
                    .filter(one -> random.nextInt(4) == 0)
                    .forEach(filters::remove);
        }
        assertThat(matches).isGreaterThan(500);
    }

    private static JsonObject object(Random random, int depth, Supplier<Json> leaf) {
        Map<String, Json> members = new LinkedHashMap<>();
        for (int i = random.nextInt(2) + 1; i > 0; i--) {
            String name = List.of("a", "b", "c").get(random.nextInt(3));
            members.put(name, depth > 1 && random.nextInt(3) == 0 ? object(random, depth - 1, leaf) : leaf.get());
        }
        return new JsonObject(members);
    }

    private static Json value(Random random, int depth) {
        if (depth > 0 && random.nextInt(3) == 0) {
            return new JsonArray(Stream.generate(() ->
                            random.nextBoolean() ? scalar(random) : object(random, 1, () -> value(random, depth - 1)))
                    .limit(random.nextInt(3))
                    .toList());
        }
        return scalar(random);
    }

    private static Json scalar(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> new JsonNumber(BigDecimal.valueOf(random.nextInt(6), random.nextInt(2)));
            case 1 -> new JsonBoolean(random.nextBoolean());
            default -> new JsonString(List.of("x", "xy", "y", "X", "1").get(random.nextInt(5)));
        };
    }

    private static Json alternatives(Random random) {
        return new JsonArray(Stream.generate(() -> alternative(random))
                .limit(random.nextInt(2) + 1)
                .toList());
    }

    private static Json alternative(Random random) {
        JsonString text = new JsonString(random.nextBoolean() ? "x" : "y");
        return switch (random.nextInt(9)) {
            case 0 -> operator("prefix", text);
            case 1 -> operator("suffix", text);
            case 2 -> operator("exists", new JsonBoolean(random.nextBoolean()));
            case 3 -> operator("numeric", new JsonArray(List.of(new JsonString("<"), number(random))));
            case 4 -> operator("anything-but", new JsonArray(List.of(text)));
            case 5 -> operator("equals-ignore-case", text);
            case 6 ->
                operator(
                        "wildcard",
                        new JsonString(List.of("*y", "x*", "x*y", "*x*").get(random.nextInt(4))));
            case 7 -> operator("anything-but", operator("wildcard", new JsonString("x*")));
            default -> scalar(random);
        };
    }

    private static JsonNumber number(Random random) {
        return new JsonNumber(BigDecimal.valueOf(random.nextInt(6)));
    }

    private static JsonObject operator(String name, Json operand) {
        return new JsonObject(Map.of(name, operand));
    }

    /** A filter is a list of (path, alternatives); a body is a list of (path, scalar, index in each array around it). */
    static final class Oracle {

        record Leaf(Json scalar, Map<String, Integer> within) {}

        static boolean matches(JsonObject filter, JsonObject body) {
            Map<String, List<Leaf>> leaves = new HashMap<>();
            paths("", body, Map.of(), leaves);
            Map<String, JsonArray> wanted = new TreeMap<>();
            wanted("", filter, wanted);
            return solve(List.copyOf(wanted.entrySet()), 0, leaves, Map.of());
        }

        private static void wanted(String path, JsonObject filter, Map<String, JsonArray> into) {
            filter.members().forEach((name, json) -> {
                if (json instanceof JsonArray array) {
                    into.put(path + "." + name, array);
                } else {
                    wanted(path + "." + name, (JsonObject) json, into);
                }
            });
        }

        /** An array is known by its path and by where it stands in the arrays around it. */
        static void paths(String path, Json json, Map<String, Integer> within, Map<String, List<Leaf>> into) {
            if (json instanceof JsonObject object) {
                object.members().forEach((name, value) -> paths(path + "." + name, value, within, into));
            } else if (json instanceof JsonArray array) {
                String id = path + within;
                for (int i = 0; i < array.items().size(); i++) {
                    Json item = array.items().get(i);
                    Map<String, Integer> inner = new HashMap<>(within);
                    if (item instanceof JsonObject || item instanceof JsonArray) {
                        inner.put(id, i);
                    }
                    paths(path, item, inner, into);
                }
            } else {
                into.computeIfAbsent(path, absent -> new ArrayList<>()).add(new Leaf(json, within));
            }
        }

        private static boolean solve(
                List<Map.Entry<String, JsonArray>> wanted,
                int at,
                Map<String, List<Leaf>> leaves,
                Map<String, Integer> within) {
            if (at == wanted.size()) {
                return true;
            }
            List<Json> alternatives = wanted.get(at).getValue().items();
            List<Leaf> there = leaves.getOrDefault(wanted.get(at).getKey(), List.of()).stream()
                    .filter(leaf -> within.entrySet().stream()
                            .allMatch(entry -> entry.getValue()
                                    .equals(leaf.within().getOrDefault(entry.getKey(), entry.getValue()))))
                    .toList();
            if (there.isEmpty() && alternatives.contains(operator("exists", new JsonBoolean(false)))) {
                return solve(wanted, at + 1, leaves, within);
            }
            return there.stream().anyMatch(leaf -> {
                Map<String, Integer> inner = new HashMap<>(within);
                inner.putAll(leaf.within());
                return alternatives.stream().anyMatch(each -> accepts(each, leaf.scalar()))
                        && solve(wanted, at + 1, leaves, inner);
            });
        }

        private static boolean accepts(Json alternative, Json scalar) {
            if (!(alternative instanceof JsonObject object)) {
                return equal(alternative, scalar);
            }
            if (object.get("anything-but") instanceof JsonObject not) {
                return !accepts(not, scalar);
            }
            Map.Entry<String, Json> only =
                    object.members().entrySet().iterator().next();
            String text = scalar instanceof JsonString string ? string.value() : null;
            String operand = only.getValue() instanceof JsonString string ? string.value() : "";
            return switch (only.getKey()) {
                case "prefix" -> text != null && text.startsWith(operand);
                case "suffix" -> text != null && text.endsWith(operand);
                case "equals-ignore-case" -> text != null && text.equalsIgnoreCase(operand);
                case "wildcard" -> text != null && text.matches(operand.replace("*", ".*"));
                case "exists" -> only.getValue().equals(new JsonBoolean(true));
                case "numeric" ->
                    scalar instanceof JsonNumber number
                            && number.value()
                                            .compareTo(((JsonNumber) ((JsonArray) only.getValue())
                                                            .items()
                                                            .get(1))
                                                    .value())
                                    < 0;
                default -> ((JsonArray) only.getValue()).items().stream().noneMatch(not -> equal(not, scalar));
            };
        }

        private static boolean equal(Json a, Json b) {
            if (a instanceof JsonNumber left && b instanceof JsonNumber right) {
                return left.value().compareTo(right.value()) == 0;
            }
            return a.equals(b);
        }
    }
}
