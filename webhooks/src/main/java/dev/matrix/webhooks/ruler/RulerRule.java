package dev.matrix.webhooks.ruler;

import dev.matrix.core.InvalidRequestException;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.event.ruler.JsonRuleCompiler;
import software.amazon.event.ruler.MatchType;
import software.amazon.event.ruler.Patterns;
import software.amazon.event.ruler.ValuePatterns;

/**
 * A filter as event-ruler compiles it, kept clear of two defects of its automaton (2.1.0; FilterOracleTest finds them). Strings
 * to be matched exactly share paths with other operators and get lost, so they become wildcards without a wildcard. Wildcards
 * and what ignores case, on one field of one automaton, match too much and too little, so they never meet.
 *
 * @param fields for each combination of {@code $or} branches, what each field may have
 * @param automaton names the one that the rule belongs to
 */
record RulerRule(List<Map<String, List<Patterns>>> fields, String automaton) {

    private static final String COMMON = "";
    private static final String WITH_WILDCARDS = "*";

    private static final Set<MatchType> WILD = EnumSet.of(MatchType.WILDCARD, MatchType.ANYTHING_BUT_WILDCARD);
    private static final Set<MatchType> CASELESS = EnumSet.of(
            MatchType.EQUALS_IGNORE_CASE,
            MatchType.ANYTHING_BUT_IGNORE_CASE,
            MatchType.PREFIX_EQUALS_IGNORE_CASE,
            MatchType.SUFFIX_EQUALS_IGNORE_CASE);

    /** @throws InvalidRequestException if event-ruler can't have it, such as one field both beside and within {@code $or} */
    static RulerRule of(String filter) {
        List<Map<String, List<Patterns>>> compiled;
        try {
            // Not by Machine.addRule, which reads what this refuses once more, in an older way.
            compiled = JsonRuleCompiler.compile(filter, false);
        } catch (IOException | IllegalArgumentException e) {
            throw new InvalidRequestException("Filter can't be compiled: " + e.getMessage() + ".", e);
        }
        Map<String, Set<MatchType>> types = new TreeMap<>();
        for (Map<String, List<Patterns>> rule : compiled) {
            rule.forEach((field, patterns) ->
                    patterns.forEach(pattern -> types.computeIfAbsent(field, absent -> EnumSet.noneOf(MatchType.class))
                            .add(pattern.type())));
            rule.replaceAll(
                    (field, patterns) -> patterns.stream().map(RulerRule::safe).toList());
        }
        types.forEach((field, found) -> {
            if (any(found, WILD) && any(found, CASELESS)) {
                throw new InvalidRequestException("Filter at /" + field.replace('.', '/')
                        + ": one field has a wildcard or ignores case, not both; use prefix or suffix.");
            }
        });
        boolean wild = types.values().stream().anyMatch(found -> any(found, WILD));
        boolean caseless = types.values().stream().anyMatch(found -> any(found, CASELESS));
        return new RulerRule(compiled, !wild ? COMMON : caseless ? filter : WITH_WILDCARDS);
    }

    private static boolean any(Set<MatchType> found, Set<MatchType> of) {
        return found.stream().anyMatch(of::contains);
    }

    private static Patterns safe(Patterns pattern) {
        if (pattern.type() == MatchType.EXACT && pattern instanceof ValuePatterns exact) {
            return Patterns.wildcardMatch(exact.pattern().replace("\\", "\\\\").replace("*", "\\*"));
        }
        return pattern;
    }
}
