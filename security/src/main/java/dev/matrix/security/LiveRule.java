package dev.matrix.security;

import dev.matrix.core.net.IpRange;
import java.time.Instant;
import java.util.Comparator;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * A rule as look-ups find it, or a scope's default, which has no id.
 *
 * @param hits how often it has decided since it was last stored
 */
record LiveRule(
        @Nullable String id,
        IpRange range,
        RuleAction action,
        @Nullable Instant expiresAt,
        LongAdder hits) {

    private static final Comparator<LiveRule> STRICTEST =
            Comparator.comparing(LiveRule::action).reversed();
    private static final Comparator<LiveRule> SMALLEST = (one, other) -> one.range.compareSize(other.range);
    private static final Comparator<LiveRule> ONE_OF_EQUALS =
            Comparator.comparing(LiveRule::range).thenComparing(rule -> String.valueOf(rule.id));

    static LiveRule of(String id, IpRange range, RuleAction action, @Nullable Instant expiresAt) {
        return new LiveRule(id, range, action, expiresAt, new LongAdder());
    }

    /** Which of the rules that match decides: the first. The order is total, so that it doesn't matter who came first. */
    static Comparator<LiveRule> order(Precedence precedence) {
        return switch (precedence) {
            case DENY_OVERRIDES -> STRICTEST.thenComparing(SMALLEST).thenComparing(ONE_OF_EQUALS);
            case MOST_SPECIFIC -> SMALLEST.thenComparing(STRICTEST).thenComparing(ONE_OF_EQUALS);
        };
    }

    boolean isActive(Instant now) {
        return expiresAt == null || now.isBefore(expiresAt);
    }

    /** Counters aren't compared: a rule is equal to itself alone. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
