package dev.matrix.security;

import dev.matrix.core.net.IpAddress;
import dev.matrix.security.address.RangeTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What may not be meant by rules that are added: those that overlap others or can't have an effect, and single IPv6
 * addresses, whose holder has many more. Looks at the rules that hold a new rule's first or last address, at most nine each, so
 * that it takes n log n.
 */
final class RuleWarnings {

    private static final int MOST = 100;
    private static final int NEIGHBOURS = 9;

    private final AccessPolicy policy;
    private final RangeTable<List<IpRule>> table;

    /** @param all the scope's active rules, the new ones among them */
    RuleWarnings(AccessPolicy policy, Collection<IpRule> all) {
        this.policy = policy;
        this.table = RangeTable.of(
                all,
                IpRule::range,
                Comparator.comparing(IpRule::range)
                        .thenComparing(IpRule::action)
                        .thenComparing(IpRule::id),
                applying -> applying.stream().limit(NEIGHBOURS).toList());
    }

    List<String> about(List<IpRule> added) {
        List<String> warnings = new ArrayList<>();
        for (int i = 0; i < added.size() && warnings.size() < MOST; i++) {
            String line = added.size() == 1 ? "" : "Rule " + (i + 1) + ": ";
            about(added.get(i)).map(line::concat).forEach(warnings::add);
        }
        return warnings.subList(0, Math.min(MOST, warnings.size()));
    }

    private Stream<String> about(IpRule rule) {
        Set<IpRule> near = new LinkedHashSet<>();
        near.addAll(at(rule.range().first()));
        near.addAll(at(rule.range().last()));
        Stream<String> others = near.stream()
                .filter(other -> !other.equals(rule))
                .map(other -> rule.action() + " " + rule.range() + " " + relation(rule, other) + " " + other + ".");
        return Stream.concat(single(rule), others);
    }

    private List<IpRule> at(IpAddress address) {
        List<IpRule> found = table.find(address);
        return found == null ? List.of() : found;
    }

    private static Stream<String> single(IpRule rule) {
        IpAddress first = rule.range().first();
        boolean one = !first.v4() && first.equals(rule.range().last());
        return one
                ? Stream.of(rule.action() + " " + rule.range()
                        + " is about one IPv6 address; whoever has it usually has all of " + first.network() + ".")
                : Stream.empty();
    }

    private String relation(IpRule rule, IpRule other) {
        if (rule.range().equals(other.range()) && rule.action() == other.action()) {
            return "duplicates";
        }
        boolean covered = other.range().covers(rule.range());
        boolean decides = policy.precedence() == Precedence.DENY_OVERRIDES
                ? other.action().compareTo(rule.action()) >= 0
                : other.action() == rule.action();
        return covered && decides ? "is shadowed by" : "overlaps";
    }
}
