package dev.matrix.sla;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Whom an exclusion concerns.
 *
 * @param kind what the id names
 * @param id a tier, subscription or component; null for everyone
 */
public record ExclusionScope(Kind kind, @Nullable String id) {

    /** What an exclusion is about. */
    public enum Kind {
        EVERYONE,
        TIER,
        SUBSCRIPTION,
        COMPONENT
    }

    public ExclusionScope {
        requireNonNull(kind, "kind");
        Requirements.that((id == null) == (kind == Kind.EVERYONE), "scope.id", "is given unless it is for everyone");
        if (id != null) {
            Requirements.name(id, "scope.id");
        }
    }

    public static ExclusionScope everyone() {
        return new ExclusionScope(Kind.EVERYONE, null);
    }

    public static ExclusionScope tier(String tier) {
        return new ExclusionScope(Kind.TIER, tier);
    }

    public static ExclusionScope subscription(String subscriptionId) {
        return new ExclusionScope(Kind.SUBSCRIPTION, subscriptionId);
    }

    public static ExclusionScope component(String componentId) {
        return new ExclusionScope(Kind.COMPONENT, componentId);
    }

    boolean concerns(SlaBinding binding) {
        return switch (kind) {
            case EVERYONE -> true;
            case TIER -> binding.tier().equals(id);
            case SUBSCRIPTION -> binding.subscriptionId().equals(id);
            case COMPONENT -> id != null && binding.components().contains(id);
        };
    }
}
