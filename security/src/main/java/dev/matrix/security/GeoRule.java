package dev.matrix.security;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is said about the addresses of a country, of an autonomous system, or used for something.
 *
 * @param id {@code geo_…}; empty until it is added
 * @param note for people, at most 500 characters
 * @param expiresAt from when on it counts no more; null: never
 * @param createdBy who added it
 */
public record GeoRule(
        String id,
        RuleScope scope,
        GeoMatch match,
        RuleAction action,
        String note,
        @Nullable Instant expiresAt,
        Instant createdAt,
        String createdBy) {

    private static final int LONGEST_NOTE = 500;

    public GeoRule {
        requireNonNull(scope, "scope");
        requireNonNull(match, "match");
        requireNonNull(action, "action");
        Texts.requireShort("A rule's note", note, LONGEST_NOTE);
    }

    /** A rule to be added, without note and end. */
    public static GeoRule of(RuleScope scope, GeoMatch match, RuleAction action) {
        return new GeoRule("", scope, match, action, "", null, Instant.EPOCH, "");
    }

    /** This rule with a note for people. */
    public GeoRule note(String text) {
        return new GeoRule(id, scope, match, action, text, expiresAt, createdAt, createdBy);
    }

    /** This rule with an end. */
    public GeoRule expiresAt(@Nullable Instant end) {
        return new GeoRule(id, scope, match, action, note, end, createdAt, createdBy);
    }

    GeoRule added(String newId, Instant at, String by) {
        return new GeoRule(newId, scope, match, action, note, IpRule.exact(expiresAt), at, by);
    }

    /** Whether it counts: before its end. */
    public boolean isActive(Instant now) {
        return expiresAt == null || now.isBefore(expiresAt);
    }

    /** For people: {@code BLOCK country:DE (geo_…)}. */
    @Override
    public String toString() {
        return action + " " + match.text() + (id.isEmpty() ? "" : " (" + id + ")");
    }
}
