package dev.matrix.analytics;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.Owner;

/** Whose customers a report is about. */
public sealed interface Scope {

    /** All customers. */
    record Platform() implements Scope {}

    /**
     * One owner's: a user's own numbers, or those of a partner's customers.
     *
     * @param owner a partner needs the dimension {@link Dimension#PARTNER}
     */
    record Of(Owner owner) implements Scope {

        public Of {
            requireNonNull(owner, "owner");
        }
    }

    /** All customers. */
    static Scope platform() {
        return new Platform();
    }

    /** One owner's. */
    static Scope of(Owner owner) {
        return owner.equals(Owner.platform()) ? platform() : new Of(owner);
    }
}
