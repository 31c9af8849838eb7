package dev.matrix.core.api;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What stands at one path: operations by method, or a file. */
final class Endpoint {

    private final String route;
    private final Map<String, CompiledOperation<?, ?>> operations = new TreeMap<>();
    private @Nullable ServedFile file;

    Endpoint(String route) {
        this.route = route;
    }

    String route() {
        return route;
    }

    /** False if the method is taken. */
    boolean put(CompiledOperation<?, ?> compiled) {
        return file == null && operations.putIfAbsent(compiled.operation().method(), compiled) == null;
    }

    /** False if something stands here. */
    boolean put(ServedFile served) {
        if (file != null || !operations.isEmpty()) {
            return false;
        }
        file = served;
        return true;
    }

    /** The operation of a method, HEAD being GET; null: there is none. */
    @Nullable
    CompiledOperation<?, ?> operation(String method) {
        return operations.get(method.equals("HEAD") ? "GET" : method);
    }

    /** The file; null: operations stand here. */
    @Nullable
    ServedFile file() {
        return file;
    }

    /** The value of {@code Allow}. */
    String allowed() {
        Set<String> methods = new TreeSet<>(operations.keySet());
        if (file != null || methods.contains("GET")) {
            methods.addAll(List.of("GET", "HEAD"));
        }
        methods.add("OPTIONS");
        return String.join(", ", methods);
    }
}
