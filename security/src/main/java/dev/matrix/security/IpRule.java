package dev.matrix.security;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.net.IpRange;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What is said about the addresses of one range.
 *
 * @param id {@code ipr_…}; empty until it is added
 * @param note for people, at most 500 characters
 * @param expiresAt from when on it counts no more; null: never
 * @param createdBy who added it
 * @param hits how often it has decided, as far as stored: nodes add theirs once a minute
 * @param lastHitAt when a node last added some
 */
public record IpRule(
        String id,
        RuleScope scope,
        IpRange range,
        RuleAction action,
        String note,
        @Nullable Instant expiresAt,
        Instant createdAt,
        String createdBy,
        long hits,
        @Nullable Instant lastHitAt) {

    private static final int LONGEST_NOTE = 500;

    public IpRule {
        requireNonNull(scope, "scope");
        requireNonNull(range, "range");
        requireNonNull(action, "action");
        Texts.requireShort("A rule's note", note, LONGEST_NOTE);
    }

    /** A rule to be added, without note and end. */
    public static IpRule of(RuleScope scope, IpRange range, RuleAction action) {
        return new IpRule("", scope, range, action, "", null, Instant.EPOCH, "", 0, null);
    }

    /** This rule with a note for people. */
    public IpRule note(String text) {
        return new IpRule(id, scope, range, action, text, expiresAt, createdAt, createdBy, hits, lastHitAt);
    }

    /** This rule with an end. */
    public IpRule expiresAt(@Nullable Instant end) {
        return new IpRule(id, scope, range, action, note, end, createdAt, createdBy, hits, lastHitAt);
    }

    IpRule added(String newId, RuleScope to, Instant at, String by) {
        return new IpRule(newId, to, range, action, note, exact(expiresAt), at, by, 0, null);
    }

    /** An end as exact as every store keeps it. */
    static @Nullable Instant exact(@Nullable Instant end) {
        return end == null ? null : end.truncatedTo(ChronoUnit.MICROS);
    }

    /** Whether it counts: before its end. */
    public boolean isActive(Instant now) {
        return expiresAt == null || now.isBefore(expiresAt);
    }

    /** For people: {@code BLOCK 10.0.0.0/8 (ipr_…)}. */
    @Override
    public String toString() {
        return action + " " + range + (id.isEmpty() ? "" : " (" + id + ")");
    }
}
