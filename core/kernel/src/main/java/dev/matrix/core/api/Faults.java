package dev.matrix.core.api;

import java.util.LinkedHashSet;
import java.util.Set;

/** What is wrong with the modules of a dispatcher, all of it, each with its place. */
final class Faults {

    private final Set<String> found = new LinkedHashSet<>();

    void add(String where, String what) {
        found.add(where + ": " + what);
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /** @throws IllegalStateException that lists every fault, if there is one */
    void throwIfAny() {
        if (!found.isEmpty()) {
            throw new IllegalStateException(
                    "The API has " + found.size() + " fault(s):\n  " + String.join("\n  ", found));
        }
    }
}
