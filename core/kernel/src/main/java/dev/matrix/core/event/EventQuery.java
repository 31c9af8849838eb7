package dev.matrix.core.event;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Owner;
import dev.matrix.core.StorableText;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which events are meant. Immutable; starts at {@link #all()}.
 *
 * @param owner of this owner alone; null: of all
 * @param types of these types alone, by exact name; empty: of all
 * @param since recorded at or after; null: from the first
 * @param until recorded before; null: to the last
 */
public record EventQuery(
        @Nullable Owner owner,
        Set<String> types,
        @Nullable Instant since,
        @Nullable Instant until) {

    private static final EventQuery ALL = new EventQuery(null, Set.of(), null, null);

    public EventQuery {
        types = Set.copyOf(types);
        types.forEach(type -> StorableText.require(type, "The name of an event type"));
        if (since != null && until != null && !since.isBefore(until)) {
            throw new InvalidRequestException("since (" + since + ") must lie before until (" + until + ").");
        }
    }

    /** Every event that is kept. */
    public static EventQuery all() {
        return ALL;
    }

    /** This query for one owner's events. */
    public EventQuery ownedBy(Owner one) {
        return new EventQuery(one, types, since, until);
    }

    /** This query for events of these types, by exact name. */
    public EventQuery ofTypes(String... names) {
        return new EventQuery(owner, Set.of(names), since, until);
    }

    /** This query for events of these types, by exact name. */
    public EventQuery ofTypes(Set<String> names) {
        return new EventQuery(owner, names, since, until);
    }

    /** This query for events recorded at or after an instant. */
    public EventQuery since(Instant first) {
        return new EventQuery(owner, types, first, until);
    }

    /** This query for events recorded before an instant. */
    public EventQuery until(Instant end) {
        return new EventQuery(owner, types, since, end);
    }
}
