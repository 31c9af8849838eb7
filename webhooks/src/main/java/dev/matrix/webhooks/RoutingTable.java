package dev.matrix.webhooks;

import dev.matrix.core.event.EventPattern;
import dev.matrix.core.event.EventType;
import dev.matrix.webhooks.spi.OwnerRoutes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One owner's endpoints at one routing version, with what of them wants each type worked out once. */
final class RoutingTable {

    private record Target(String endpointId, List<EventPattern> patterns) {}

    private final long version;
    private final List<Target> targets;
    private final Map<EventType, List<String>> byType = new ConcurrentHashMap<>();

    RoutingTable(OwnerRoutes routes, EndpointForm form) {
        this.version = routes.version();
        this.targets = routes.endpoints().stream()
                .map(row -> new Target(
                        row.id(),
                        form.settings(row).events().stream()
                                .map(EventPattern::new)
                                .toList()))
                .toList();
    }

    long version() {
        return version;
    }

    /** The endpoints that want events of this type. */
    List<String> matching(EventType type) {
        return byType.computeIfAbsent(type, this::match);
    }

    private List<String> match(EventType type) {
        return targets.stream()
                .filter(target -> target.patterns().stream().anyMatch(pattern -> pattern.matches(type)))
                .map(Target::endpointId)
                .toList();
    }
}
