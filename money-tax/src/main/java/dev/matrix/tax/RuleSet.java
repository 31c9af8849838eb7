package dev.matrix.tax;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All rules at one version, indexed; immutable, swapped as a whole. */
final class RuleSet {

    /**
     * Rules of the highest priority first; among equals one for a kind of buyer before one for both, then the later first day, and
     * for one day the rule that was recorded last.
     */
    private static final Comparator<TaxRule> RANK = Comparator.comparingInt(TaxRule::priority)
            .reversed()
            .thenComparing(rule -> rule.buyer() == null)
            .thenComparing(TaxRule::validFrom, Comparator.nullsLast(Comparator.reverseOrder()))
            .thenComparing(TaxRule::recordedAt, Comparator.nullsLast(Comparator.reverseOrder()))
            .thenComparing(TaxRule::id, Comparator.reverseOrder());

    private static final Comparator<TaxRule> LISTED = Comparator.comparing(TaxRule::jurisdiction)
            .thenComparing(rule -> rule.type().name())
            .thenComparing(rule -> rule.category().name())
            .thenComparing(TaxRule::validFrom, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(TaxRule::id);

    private record Key(String jurisdiction, TaxType type, String category) {}

    private final String version;
    private final Map<Key, TaxRule[]> byKey = new HashMap<>();
    private final Map<String, Set<TaxType>> types = new HashMap<>();
    private final Set<String> categories = new TreeSet<>(ProductCategory.SHIPPED);
    private final List<TaxRule> standing;

    RuleSet(String version, Stream<TaxRule> rules) {
        this.version = version;
        List<TaxRule> all = rules.toList();
        standing = all.stream()
                .filter(rule -> rule.supersededAt() == null)
                .sorted(LISTED)
                .toList();
        Map<Key, List<TaxRule>> grouped = new HashMap<>();
        for (TaxRule rule : all) {
            Key key = new Key(rule.jurisdiction(), rule.type(), rule.category().name());
            grouped.computeIfAbsent(key, absent -> new ArrayList<>(1)).add(rule);
            categories.add(rule.category().name());
            types.computeIfAbsent(rule.jurisdiction(), absent -> EnumSet.noneOf(TaxType.class))
                    .add(rule.type());
        }
        grouped.forEach((key, ranked) -> {
            ranked.sort(RANK);
            byKey.put(key, ranked.toArray(TaxRule[]::new));
        });
    }

    String version() {
        return version;
    }

    /** The taxes that any rule of a jurisdiction speaks of. */
    Set<TaxType> types(String jurisdiction) {
        return types.getOrDefault(jurisdiction, Set.of());
    }

    /** Whether any rule, or the shipped list, names a category or one that it falls back to. */
    boolean knows(ProductCategory category) {
        return category.fallbacks().stream().anyMatch(categories::contains);
    }

    /** The known categories that begin as an unknown one does; all where none does. */
    List<String> near(ProductCategory unknown) {
        String start = unknown.name().substring(0, 1);
        List<String> near =
                categories.stream().filter(name -> name.startsWith(start)).toList();
        return near.isEmpty() ? List.copyOf(categories) : near;
    }

    /** The categories that a tax has rates for. */
    Set<String> categories(String jurisdiction, TaxType type) {
        return byKey.keySet().stream()
                .filter(key -> key.jurisdiction().equals(jurisdiction) && key.type() == type)
                .map(Key::category)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The rule of the nearest category that holds; null where none does. */
    @Nullable
    TaxRule find(
            String jurisdiction,
            TaxType type,
            List<String> categories,
            BuyerKind kind,
            LocalDate day,
            @Nullable Instant knownAt) {
        for (String category : categories) {
            TaxRule[] candidates = byKey.get(new Key(jurisdiction, type, category));
            if (candidates != null) {
                for (TaxRule rule : candidates) {
                    if (rule.holds(day, knownAt, kind)) {
                        return rule;
                    }
                }
            }
        }
        return null;
    }

    /** What isn't superseded, by jurisdiction, type's name, category, first day and id. */
    List<TaxRule> standing() {
        return standing;
    }
}
