package dev.matrix.security;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.Owner;

/**
 * A person of an owner's, such as an employee of a partner: whose second factor is asked for, and who acts.
 *
 * @param id the host's own id, one that tells nothing about the person: 1 to 128 characters, without control characters
 */
public record Subject(Owner owner, String id) {

    private static final int LONGEST_ID = 128;

    public Subject {
        requireNonNull(owner, "owner");
        Texts.require("A subject's id", id, LONGEST_ID);
    }

    /** For people: {@code alice of partner:acme}. */
    @Override
    public String toString() {
        return id + " of " + owner;
    }
}
