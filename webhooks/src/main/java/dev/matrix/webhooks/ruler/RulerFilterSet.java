package dev.matrix.webhooks.ruler;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.matrix.webhooks.spi.FilterSet;
import java.util.ArrayList;
import java.util.List;
import software.amazon.event.ruler.Machine;

/** Filters in one automaton, each a rule of which the name is its text, beside those that no automaton takes. */
record RulerFilterSet(Machine machine, PlainFilterSet others) implements FilterSet {

    @Override
    public List<String> matching(byte[] body) {
        List<String> matched = new ArrayList<>(rules(new String(body, UTF_8)));
        matched.addAll(others.matching(body));
        return matched;
    }

    private List<String> rules(String json) {
        try {
            return machine.rulesForJSONEvent(json);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalArgumentException("event-ruler can't read the body.", e);
        }
    }
}
