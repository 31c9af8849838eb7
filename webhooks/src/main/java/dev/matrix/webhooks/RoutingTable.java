package dev.matrix.webhooks;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.matrix.core.event.EventPattern;
import dev.matrix.core.event.EventType;
import dev.matrix.webhooks.spi.EndpointRow;
import dev.matrix.webhooks.spi.OwnerRoutes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One owner's endpoints at one routing version, with what of them wants each type worked out once. */
final class RoutingTable {

    /** @param version the endpoint's */
    record Target(
            String endpointId,
            long version,
            Ordering ordering,
            List<EventPattern> patterns,
            @Nullable String filter) {

        static Target of(EndpointRow row, EndpointSettings settings) {
            return new Target(
                    row.id(),
                    row.version(),
                    settings.ordering(),
                    settings.events().stream().map(EventPattern::new).toList(),
                    settings.filter());
        }

        boolean wants(EventType type) {
            return patterns.stream().anyMatch(pattern -> pattern.matches(type));
        }
    }

    /** The endpoints that want a type: at once, or if their filter matches. */
    private record Wanting(List<Target> always, Map<String, List<Target>> byFilter) {}

    private final long version;
    private final List<Target> targets;
    private final Set<String> filters;
    private final InstalledFilters installed;
    private final Map<EventType, Wanting> byType = new ConcurrentHashMap<>();

    /** @param installed the owner's filters, as the table before used them */
    RoutingTable(OwnerRoutes routes, EndpointForm form, InstalledFilters installed) {
        this.version = routes.version();
        this.targets = routes.endpoints().stream()
                .map(row -> Target.of(row, form.settings(row)))
                .toList();
        this.filters =
                targets.stream().map(Target::filter).filter(Objects::nonNull).collect(toUnmodifiableSet());
        this.installed = installed;
    }

    long version() {
        return version;
    }

    InstalledFilters installed() {
        return installed;
    }

    /** Whether its filters are compiled, these and no others. */
    boolean isCompiled() {
        return installed.isCompiled(filters);
    }

    /** Compiles its filters; not for a publisher, as it may take long. */
    void compile() {
        installed.compile(filters);
    }

    /**
     * The endpoints that want an event.
     *
     * @param view of its body, as filters see it; asked for only where a filter has to decide
     */
    List<Target> matching(EventType type, Supplier<byte[]> view) {
        Wanting wanting = byType.computeIfAbsent(type, this::wanting);
        if (wanting.byFilter().isEmpty()) {
            return wanting.always();
        }
        List<Target> all = new ArrayList<>(wanting.always());
        for (String filter : installed.matching(filters, view.get())) {
            all.addAll(wanting.byFilter().getOrDefault(filter, List.of()));
        }
        return all;
    }

    private Wanting wanting(EventType type) {
        List<Target> wanting =
                targets.stream().filter(target -> target.wants(type)).toList();
        return new Wanting(
                wanting.stream().filter(target -> target.filter() == null).toList(),
                wanting.stream().filter(target -> target.filter() != null).collect(groupingBy(Target::filter)));
    }
}
