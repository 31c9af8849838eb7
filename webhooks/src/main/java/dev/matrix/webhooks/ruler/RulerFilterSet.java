package dev.matrix.webhooks.ruler;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.webhooks.spi.FilterSet;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import software.amazon.event.ruler.JsonRuleCompiler;
import software.amazon.event.ruler.Machine;
import software.amazon.event.ruler.Patterns;

/** Filters in one automaton; each is a rule of which the name is its text. */
record RulerFilterSet(Machine machine) implements FilterSet {

    /** Refuses what the grammar allows and event-ruler doesn't, such as one field both beside and within an {@code $or}. */
    static void check(String filter) {
        try {
            compile(filter);
        } catch (IllegalArgumentException e) {
            String reason = e.getMessage();
            throw new InvalidRequestException("Filter can't be compiled: " + reason + ".", e);
        }
    }

    @Override
    public void add(String filter) {
        compile(filter).forEach(rule -> machine.addPatternRule(filter, rule));
    }

    @Override
    public void remove(String filter) {
        compile(filter).forEach(rule -> machine.deletePatternRule(filter, rule));
    }

    @Override
    public List<String> matching(byte[] body) {
        try {
            return machine.rulesForJSONEvent(new String(body, UTF_8));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalArgumentException("event-ruler can't read the body.", e);
        }
    }

    /** One rule a combination of {@code $or} branches. Not by Machine.addRule, which reads what it refuses in an older way. */
    private static List<Map<String, List<Patterns>>> compile(String filter) {
        try {
            return JsonRuleCompiler.compile(filter, false);
        } catch (IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
