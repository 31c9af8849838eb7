package dev.matrix.webhooks.ruler;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.matrix.webhooks.spi.FilterSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.event.ruler.Machine;

/**
 * Filters in few automata, mostly one; each is a rule of which the name is its text. Removed ones stay, unheard, until they are
 * more than those that live; then all is compiled anew. Event-ruler's own removal isn't used: it can leave a rule behind, or
 * silence another that shares a part with it (its issues 255, 259 and 260, and FilterOracleTest still with 2.1.0).
 */
final class RulerFilterSet implements FilterSet {

    /** So few are never worth compiling all anew. */
    private static final int FEW = 16;

    private final Machine.Builder machines;
    private final Set<String> live = new HashSet<>();
    private final Set<String> removed = new HashSet<>();
    private final Map<String, Machine> automata = new HashMap<>();

    RulerFilterSet(Machine.Builder machines) {
        this.machines = machines;
    }

    @Override
    public void add(String filter) {
        if (!removed.remove(filter)) {
            install(filter);
        }
        live.add(filter);
    }

    @Override
    public void remove(String filter) {
        live.remove(filter);
        removed.add(filter);
        if (removed.size() > Math.max(FEW, live.size())) {
            automata.clear();
            removed.clear();
            live.forEach(this::install);
        }
    }

    private void install(String filter) {
        RulerRule rule = RulerRule.of(filter);
        Machine machine = automata.computeIfAbsent(rule.automaton(), absent -> machines.build());
        rule.fields().forEach(fields -> machine.addPatternRule(filter, fields));
    }

    @Override
    public List<String> matching(byte[] body) {
        String json = new String(body, UTF_8);
        List<String> matched = new ArrayList<>();
        for (Machine machine : automata.values()) {
            matched.addAll(rules(machine, json));
        }
        if (!removed.isEmpty()) {
            matched.removeAll(removed);
        }
        return matched;
    }

    private static List<String> rules(Machine machine, String json) {
        try {
            return machine.rulesForJSONEvent(json);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalArgumentException("event-ruler can't read the body.", e);
        }
    }
}
