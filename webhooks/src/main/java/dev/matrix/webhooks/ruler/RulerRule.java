package dev.matrix.webhooks.ruler;

import dev.matrix.core.InvalidRequestException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import software.amazon.event.ruler.JsonRuleCompiler;
import software.amazon.event.ruler.Machine;
import software.amazon.event.ruler.MatchType;
import software.amazon.event.ruler.Patterns;
import software.amazon.event.ruler.ValuePatterns;

/**
 * A filter without wildcards as event-ruler compiles it, kept clear of a defect of its automaton (2.1.0; FilterOracleTest finds
 * it): strings to be matched exactly share paths with other operators and get lost, so they become wildcards without a
 * wildcard.
 *
 * @param name the filter's text
 * @param fields for each combination of {@code $or} branches, what each field may have
 */
record RulerRule(String name, List<Map<String, List<Patterns>>> fields) {

    /** @throws InvalidRequestException if event-ruler can't have it, such as one field both beside and within {@code $or} */
    static RulerRule of(String filter) {
        List<Map<String, List<Patterns>>> compiled;
        try {
            // Not by Machine.addRule, which reads what this refuses once more, in an older way.
            compiled = JsonRuleCompiler.compile(filter, false);
        } catch (IOException | IllegalArgumentException e) {
            throw new InvalidRequestException("Filter can't be compiled: " + e.getMessage() + ".", e);
        }
        compiled.forEach(rule -> rule.replaceAll(
                (field, patterns) -> patterns.stream().map(RulerRule::safe).toList()));
        return new RulerRule(filter, compiled);
    }

    void addTo(Machine machine) {
        fields.forEach(each -> machine.addPatternRule(name, each));
    }

    private static Patterns safe(Patterns pattern) {
        if (pattern.type() == MatchType.EXACT && pattern instanceof ValuePatterns exact) {
            return Patterns.wildcardMatch(exact.pattern().replace("\\", "\\\\").replace("*", "\\*"));
        }
        return pattern;
    }
}
