package dev.matrix.security;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.net.IpAddress;
import org.jspecify.annotations.Nullable;

/**
 * Who changes rules, and how sure of it.
 *
 * @param dryRun whether only to say what would come of it
 * @param confirmed whether to go on although it may lock people out
 * @param callerAddress where the actor is, so that nobody locks out himself unawares; null: nobody is there
 */
public record Change(
        Actor actor,
        boolean dryRun,
        boolean confirmed,
        @Nullable IpAddress callerAddress) {

    public Change {
        requireNonNull(actor, "actor");
    }

    /** A change that is made, unless it needs confirmation. */
    public static Change by(Actor actor) {
        return new Change(actor, false, false, null);
    }

    /** This change, of an actor at that address. */
    public Change from(@Nullable IpAddress address) {
        return new Change(actor, dryRun, confirmed, address);
    }

    /** This change, whatever it locks out. */
    public Change confirm() {
        return new Change(actor, dryRun, true, callerAddress);
    }

    /** Only what would come of this change. */
    public Change dry() {
        return new Change(actor, true, confirmed, callerAddress);
    }
}
