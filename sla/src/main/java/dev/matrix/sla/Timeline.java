package dev.matrix.sla;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Everything but counts that a subscription's minutes are judged by: its segments, and the exclusions and components that concern
 * it. A value of its inputs; remembers what it has worked out, so it isn't thread-safe.
 */
final class Timeline {

    private final List<Segment> segments;
    private final List<Exclusion> exclusions;
    private final Map<String, ComponentHistory> components;
    private final Map<SlaPeriod, Honoured> honoured = new HashMap<>();
    private @Nullable Segment last;

    private Timeline(List<Segment> segments, List<Exclusion> exclusions, Map<String, ComponentHistory> components) {
        this.segments = segments;
        this.exclusions = exclusions;
        this.components = components;
    }

    /**
     * The timeline of bindings.
     *
     * @param bindings of one subscription, without overlaps
     * @param versions of a tier, oldest first; empty where it has no definition
     * @param exclusions those in force, of any scope
     * @param components histories of at least the bound components
     */
    static Timeline of(
            List<SlaBinding> bindings,
            Map<String, List<Versioned>> versions,
            List<Exclusion> exclusions,
            Map<String, ComponentHistory> components) {
        List<Segment> segments = new ArrayList<>();
        bindings.stream()
                .sorted(Comparator.comparing(SlaBinding::from))
                .forEach(binding -> split(binding, versions.getOrDefault(binding.tier(), List.of()), segments));
        return new Timeline(segments, exclusions, components);
    }

    /** Each version holds from its own time on, until a newer one does. */
    private static void split(SlaBinding binding, List<Versioned> versions, List<Segment> segments) {
        long from = Counting.minute(binding.from());
        long to = binding.to() == null ? Long.MAX_VALUE : Counting.minute(binding.to());
        TreeSet<Long> cuts = new TreeSet<>(List.of(from));
        versions.forEach(version -> {
            long effective = version.effective(binding);
            if (effective > from && effective < to) {
                cuts.add(effective);
            }
        });
        for (Long cut : cuts) {
            Long next = cuts.higher(cut);
            definition(binding, versions, cut)
                    .ifPresent(definition ->
                            segments.add(new Segment(cut, next == null ? to : next, binding, definition)));
        }
    }

    private static Optional<SlaDefinition> definition(SlaBinding binding, List<Versioned> versions, long minute) {
        Optional<Versioned> newest = versions.stream()
                .filter(version -> version.effective(binding) <= minute)
                .reduce((older, newer) -> newer);
        return newest.or(() -> versions.stream().findFirst()).map(Versioned::definition);
    }

    /** This timeline judged by another definition throughout. */
    Timeline by(SlaDefinition other) {
        List<Segment> all = segments.stream()
                .map(segment -> new Segment(segment.from(), segment.to(), segment.binding(), other))
                .toList();
        return new Timeline(all, exclusions, components);
    }

    List<Segment> segments() {
        return segments;
    }

    @Nullable
    Segment segment(long minute) {
        Segment known = last;
        if (known == null || !known.contains(minute)) {
            known = segments.stream()
                    .filter(each -> each.contains(minute))
                    .findFirst()
                    .orElse(null);
            last = known;
        }
        return known;
    }

    /** A period's segments, clipped to it, in order; neighbours of one binding and equal definition are one. */
    List<Segment> segments(SlaPeriod period) {
        List<Segment> found = new ArrayList<>();
        for (Segment segment : segments) {
            SlaBinding binding = segment.binding();
            if (Periods.isOf(period, binding)) {
                Segment clipped = segment.clipped(Periods.start(period, binding), Periods.end(period, binding));
                if (!clipped.isEmpty()) {
                    found.add(clipped);
                }
            }
        }
        return found;
    }

    /** Whether the service is promised in this minute of a segment. */
    boolean isPromised(Segment segment, long minute) {
        ServiceHours hours = segment.binding().hours();
        return hours == null
                || hours.contains(
                        Periods.instant(minute).atZone(segment.binding().zone()));
    }

    /** What honoured exclusions do to a minute; null: none concerns it. */
    @Nullable
    ExclusionMode excluded(Segment segment, long minute) {
        return exclusions.isEmpty()
                ? null
                : honoured(Periods.at(segment.binding(), minute)).at(minute);
    }

    Honoured honoured(SlaPeriod period) {
        return honoured.computeIfAbsent(period, each -> Honoured.of(segments(each), exclusions));
    }

    /** What the bound components say of a minute. */
    ComponentState component(Segment segment, long minute, MinuteRounding rounding) {
        ComponentState worst = ComponentState.UNKNOWN;
        for (String id : segment.binding().components()) {
            ComponentHistory history = components.get(id);
            ComponentState state = history == null ? ComponentState.UNKNOWN : history.at(minute, rounding);
            if (state == ComponentState.DOWN) {
                return state;
            }
            worst = state == ComponentState.UP ? state : worst;
        }
        return worst;
    }
}
