package dev.matrix.sla;

import static dev.matrix.sla.Requirements.range;
import static java.util.Objects.requireNonNull;

import dev.matrix.core.Owner;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A subscription's service level over a span of time. Immutable.
 *
 * @param subscriptionId the host's id
 * @param owner whose subscription it is; stays the same for a subscription
 * @param from first minute
 * @param to end, exclusive; null: open
 * @param zone in which its days and periods are counted; UTC by default
 * @param period when its periods begin; calendar months by default
 * @param components whose probes and heartbeats decide uptime; at most 32, none by default
 * @param hours when the service is promised; null: always
 */
public record SlaBinding(
        String subscriptionId,
        Owner owner,
        String tier,
        Instant from,
        @Nullable Instant to,
        ZoneId zone,
        PeriodKind period,
        Set<String> components,
        @Nullable ServiceHours hours) {

    private static final int MOST_COMPONENTS = 32;

    public SlaBinding {
        Requirements.name(subscriptionId, "subscriptionId");
        requireNonNull(owner, "owner");
        Requirements.name(tier, "tier");
        Requirements.wholeMinute(from, "from");
        if (to != null) {
            Requirements.wholeMinute(to, "to");
            Requirements.that(from.isBefore(to), "to", "lies after from");
        }
        requireNonNull(zone, "zone");
        requireNonNull(period, "period");
        components = Set.copyOf(components);
        range(components.size(), 0, MOST_COMPONENTS, "components");
        components.forEach(component -> Requirements.name(component, "components"));
    }

    /** A binding with the defaults named above. */
    public static SlaBinding of(String subscriptionId, Owner owner, String tier, Instant from) {
        return new SlaBinding(
                subscriptionId, owner, tier, from, null, ZoneId.of("UTC"), PeriodKind.calendarMonth(), Set.of(), null);
    }

    /** This binding, its days and periods counted in another zone. */
    public SlaBinding in(ZoneId other) {
        return new SlaBinding(subscriptionId, owner, tier, from, to, other, period, components, hours);
    }

    /** This binding with another kind of period. */
    public SlaBinding by(PeriodKind other) {
        return new SlaBinding(subscriptionId, owner, tier, from, to, zone, other, components, hours);
    }

    /** This binding, its uptime decided by these components too. */
    public SlaBinding on(String... componentIds) {
        return new SlaBinding(subscriptionId, owner, tier, from, to, zone, period, Set.of(componentIds), hours);
    }

    /** This binding, promised in these hours alone. */
    public SlaBinding during(ServiceHours when) {
        return new SlaBinding(subscriptionId, owner, tier, from, to, zone, period, components, when);
    }

    /** This binding with an end. */
    public SlaBinding until(Instant end) {
        return new SlaBinding(subscriptionId, owner, tier, from, end, zone, period, components, hours);
    }

    SlaBinding after(String otherTier, Instant start) {
        return new SlaBinding(subscriptionId, owner, otherTier, start, to, zone, period, components, hours);
    }

    boolean overlaps(SlaBinding other) {
        return (other.to == null || from.isBefore(other.to)) && (to == null || other.from.isBefore(to));
    }

    boolean covers(Instant at) {
        return !at.isBefore(from) && (to == null || at.isBefore(to));
    }
}
