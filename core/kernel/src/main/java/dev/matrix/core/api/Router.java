package dev.matrix.core.api;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds what stands at a path: segments as a whole, literals before variables, variables with the longest literal suffix
 * first. Filled by {@code build()}, then read by any number of threads.
 *
 * @param <T> what stands at a path
 */
final class Router<T> {

    private final Node<T> root = new Node<>();

    private static final class Node<T> {
        private final Map<String, Node<T>> literals = new HashMap<>();
        private final TreeMap<String, Node<T>> variables =
                new TreeMap<>(Comparator.comparingInt(String::length).reversed().thenComparing(Function.identity()));
        private @Nullable T target;
    }

    /** What was found, with the values of its variables in their order. */
    record Match<T>(T target, List<String> values) {}

    /** What stands at a template, added if it is new; templates that differ in their variables' names alone are the same. */
    T at(String template, Supplier<T> fresh) {
        Node<T> node = root;
        for (String segment : template.substring(1).split("/", -1)) {
            int end = segment.startsWith("{") ? segment.indexOf('}') : -1;
            node = end < 0
                    ? node.literals.computeIfAbsent(segment, s -> new Node<>())
                    : node.variables.computeIfAbsent(segment.substring(end + 1), s -> new Node<>());
        }
        if (node.target == null) {
            node.target = fresh.get();
        }
        return node.target;
    }

    /** The target at a path; null if there is none. */
    @Nullable
    Match<T> find(List<String> segments) {
        List<String> values = new ArrayList<>(2);
        T target = find(root, segments, 0, values);
        return target == null ? null : new Match<>(target, values);
    }

    private static <T> @Nullable T find(Node<T> node, List<String> segments, int depth, List<String> values) {
        if (depth == segments.size()) {
            return node.target;
        }
        String segment = segments.get(depth);
        Node<T> literal = node.literals.get(segment);
        if (literal != null) {
            T found = find(literal, segments, depth + 1, values);
            if (found != null) {
                return found;
            }
        }
        for (Map.Entry<String, Node<T>> variable : node.variables.entrySet()) {
            String suffix = variable.getKey();
            if (segment.length() > suffix.length() && segment.endsWith(suffix)) {
                values.add(segment.substring(0, segment.length() - suffix.length()));
                T found = find(variable.getValue(), segments, depth + 1, values);
                if (found != null) {
                    return found;
                }
                values.remove(values.size() - 1);
            }
        }
        return null;
    }
}
