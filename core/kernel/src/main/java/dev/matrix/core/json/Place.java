package dev.matrix.core.json;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Where reading stands in a document, for the pointers of errors, and what the envelope around it supplies. */
final class Place {

    private final Deque<String> steps = new ArrayDeque<>();
    private final @Nullable Object envelope;

    Place(@Nullable Object envelope) {
        this.envelope = envelope;
    }

    void enter(String step) {
        steps.addLast(step);
    }

    void leave() {
        steps.removeLast();
    }

    @Nullable
    Object envelope() {
        return envelope;
    }

    InvalidJsonException expected(String what) {
        return expected(what, null);
    }

    InvalidJsonException expected(String what, @Nullable Throwable cause) {
        StringBuilder pointer = new StringBuilder();
        for (String step : steps) {
            pointer.append('/').append(step.replace("~", "~0").replace("/", "~1"));
        }
        return new InvalidJsonException(pointer.toString(), what, cause);
    }
}
