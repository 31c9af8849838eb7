package dev.matrix.examples.benchmarks;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** A harness's command line: {@code --name=value}, each with a default. */
public final class Options {

    private final Map<String, String> values;

    private Options(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Reads a command line.
     *
     * @throws IllegalArgumentException naming what is not an option of this harness
     */
    public static Options of(String[] arguments, Set<String> known) {
        Map<String, String> values = new HashMap<>();
        for (String argument : arguments) {
            String[] parts = argument.split("=", 2);
            if (parts.length < 2 || !parts[0].startsWith("--") || !known.contains(parts[0].substring(2))) {
                throw new IllegalArgumentException(
                        argument + " is no option; those are --name=value with a name of " + known + ".");
            }
            values.put(parts[0].substring(2), parts[1]);
        }
        return new Options(values);
    }

    public int number(String name, int otherwise) {
        return Integer.parseInt(values.getOrDefault(name, Integer.toString(otherwise)));
    }

    public String text(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }
}
