package dev.matrix.webhooks.ruler;

import dev.matrix.core.json.Json;
import dev.matrix.core.json.Json.JsonArray;
import dev.matrix.core.json.Json.JsonBoolean;
import dev.matrix.core.json.Json.JsonNumber;
import dev.matrix.core.json.Json.JsonObject;
import dev.matrix.core.json.Json.JsonString;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The values of a filter's field: plain ones, matched exactly, and operators. */
record Operators(FilterGrammar grammar) {

    private static final int MOST_WILDCARDS = 2;
    private static final String KNOWN =
            "prefix, suffix, equals-ignore-case, anything-but, numeric, exists, cidr, wildcard";

    /** Reads one value that a field may have. */
    void value(Json json) {
        if (json instanceof JsonArray) {
            throw grammar.refused("a value is no array");
        }
        if (json instanceof JsonObject object) {
            operator(object, this::operand);
        } else {
            grammar.count();
            exact(json);
        }
    }

    @FunctionalInterface
    private interface Operand {
        void read(String operator, Json operand);
    }

    private void operator(JsonObject object, Operand reader) {
        if (object.members().size() != 1) {
            throw grammar.refused("an operator is an object of one member, one of " + KNOWN);
        }
        Map.Entry<String, Json> only = object.members().entrySet().iterator().next();
        grammar.within(only.getKey(), () -> reader.read(only.getKey(), only.getValue()));
    }

    private void operand(String operator, Json json) {
        switch (operator) {
            case "prefix", "suffix" -> affix(json);
            case "equals-ignore-case", "cidr" -> text(json);
            case "wildcard" -> wildcard(json);
            case "anything-but" -> anythingBut(json);
            case "numeric" -> numeric(json);
            case "exists" -> {
                grammar.count();
                if (!(json instanceof JsonBoolean)) {
                    throw grammar.refused("exists is true or false");
                }
            }
            default -> throw grammar.refused("no such operator; there are " + KNOWN);
        }
    }

    private void exact(Json json) {
        if (json instanceof JsonNumber number) {
            grammar.number(number);
        }
    }

    private void affix(Json json) {
        if (json instanceof JsonObject object) {
            operator(object, (name, operand) -> {
                if (!name.equals("equals-ignore-case")) {
                    throw grammar.refused("within prefix and suffix stands text or equals-ignore-case");
                }
                text(operand);
            });
        } else {
            text(json);
        }
    }

    private String text(Json json) {
        grammar.count();
        if (json instanceof JsonString string && !string.value().isEmpty()) {
            return string.value();
        }
        throw grammar.refused("expected a string that isn't empty");
    }

    private void wildcard(Json json) {
        String text = text(json);
        int wildcards = 0;
        boolean again = false;
        for (int i = 0; i < text.length(); i++) {
            boolean wild = text.charAt(i) == '*';
            if (wild && again) {
                throw grammar.refused("a wildcard has no two * in a row");
            }
            if (text.charAt(i) == '\\') {
                i++;
                if (i == text.length() || (text.charAt(i) != '*' && text.charAt(i) != '\\')) {
                    throw grammar.refused("in a wildcard a backslash stands before * or another backslash");
                }
            }
            wildcards += wild ? 1 : 0;
            again = wild;
        }
        if (wildcards > MOST_WILDCARDS) {
            throw grammar.refused("a wildcard has at most " + MOST_WILDCARDS + " *; this one has " + wildcards);
        }
    }

    private void anythingBut(Json json) {
        if (json instanceof JsonObject object) {
            operator(object, this::butOperand);
        } else {
            List<Json> all = json instanceof JsonArray array ? array.items() : List.of(json);
            if (all.isEmpty() || !(all(all, JsonString.class) || all(all, JsonNumber.class))) {
                throw grammar.refused(
                        "anything-but has a string, a number, an array of strings, or an array of numbers");
            }
            all.forEach(each -> {
                grammar.count();
                exact(each);
            });
        }
    }

    private static boolean all(List<Json> items, Class<? extends Json> type) {
        return items.stream().allMatch(type::isInstance);
    }

    private void butOperand(String operator, Json json) {
        switch (operator) {
            case "prefix", "suffix", "equals-ignore-case" -> eachText(json, this::text);
            case "wildcard" -> eachText(json, this::wildcard);
            default ->
                throw grammar.refused(
                        "within anything-but stand values, or prefix, suffix, equals-ignore-case, wildcard");
        }
    }

    private void eachText(Json json, Consumer<Json> reader) {
        if (json instanceof JsonArray array && !array.items().isEmpty()) {
            grammar.each(array, reader);
        } else {
            reader.accept(json);
        }
    }

    private void numeric(Json json) {
        grammar.count();
        List<Json> parts = json instanceof JsonArray array ? array.items() : List.of();
        boolean comparison = parts.size() == 2 && compares(parts, 0, List.of("=", "<", "<=", ">", ">="));
        boolean range = parts.size() == 4
                && compares(parts, 0, List.of(">", ">="))
                && compares(parts, 2, List.of("<", "<="))
                && bound(parts, 1).value().compareTo(bound(parts, 3).value()) < 0;
        if (!comparison && !range) {
            throw grammar.refused(
                    "numeric has one of =, <, <=, >, >= and a number, or a range such as [\">\", 0, \"<=\", 100]");
        }
    }

    private boolean compares(List<Json> parts, int at, List<String> operators) {
        if (parts.get(at) instanceof JsonString string
                && operators.contains(string.value())
                && parts.get(at + 1) instanceof JsonNumber number) {
            grammar.number(number);
            return true;
        }
        return false;
    }

    private static JsonNumber bound(List<Json> parts, int at) {
        return (JsonNumber) parts.get(at);
    }
}
