package dev.matrix.security;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Owner;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Something that was done, or tried, for the audit log. Begin with {@link #of}. Checked when it is made, so that no bad entry fails a
 * statement. Of each map there are at most 50 values of 4,096 characters; values whose name tells of a secret, such as {@code password} or
 * {@code clientSecret}, are redacted. Immutable.
 *
 * @param owner whom it concerns
 * @param actor who did it
 * @param action what, such as {@code api_key.issued}: {@code [a-z0-9_.]{1,128}}; what begins with {@code audit.} is reserved
 * @param category what kind of action, which says how long it is kept
 * @param level how much the action asks for
 * @param success whether it was done
 * @param target what it was done to
 * @param requestId of the request behind it; null: none
 * @param data what else is known and is no person's
 * @param actorData what is known of the person who acts, such as {@code ip} and {@code user_agent}; it can be erased. Empty unless the
 *     actor is a person
 * @param targetData what is known of the person it was done to; it can be erased. Empty unless the target is a person
 */
public record AuditEntry(
        Owner owner,
        Actor actor,
        String action,
        Category category,
        SecurityLevel level,
        boolean success,
        Target target,
        @Nullable String requestId,
        Map<String, String> data,
        Map<String, String> actorData,
        Map<String, String> targetData) {

    private static final Pattern ACTION = Pattern.compile("(?!audit\\.)[a-z0-9_.]{1,128}");
    private static final int MOST_DATA = 50;
    private static final int LONGEST_VALUE = 4_096;
    private static final String REDACTED = "[redacted]";

    public AuditEntry {
        requireNonNull(owner, "owner");
        requireNonNull(actor, "actor");
        requireNonNull(category, "category");
        requireNonNull(level, "level");
        requireNonNull(target, "target");
        if (!ACTION.matcher(action).matches()) {
            throw new InvalidRequestException(
                    "An action is 1 to 128 of a-z, 0-9, _ and ., and doesn't begin with audit."
                            + "; such as api_key.issued.");
        }
        if (requestId != null) {
            Texts.requireShort("A request's id", requestId, 128);
        }
        data = checked(data);
        actorData = checked(actorData);
        targetData = checked(targetData);
        if (!actorData.isEmpty() && !(actor instanceof Actor.Person)) {
            throw new InvalidRequestException("actorData is what is known of a person; " + actor.text() + " is none.");
        }
        if (!targetData.isEmpty() && target.person() == null) {
            throw new InvalidRequestException("targetData is what is known of a person; the target is none.");
        }
    }

    private static Map<String, String> checked(Map<String, String> data) {
        if (data.size() > MOST_DATA) {
            throw new InvalidRequestException(
                    "An entry has at most " + MOST_DATA + " data; this one has " + data.size() + ".");
        }
        Map<String, String> checked = new LinkedHashMap<>();
        data.forEach((name, value) -> {
            Texts.require("The name of an entry's data", name, 64);
            checked.put(name, isSecret(name) ? REDACTED : Texts.requireShort("The data " + name, value, LONGEST_VALUE));
        });
        return Map.copyOf(checked);
    }

    /** What kind of action, and how long it is kept. */
    public enum Category {
        /** Who may come in, and who was kept out. Kept 90 days. */
        ACCESS(90),
        /** Proofs of who somebody is. Kept 2 years. */
        AUTHENTICATION(730),
        /** Changes of rules, keys and settings. Kept 2 years. */
        ADMIN(730),
        /** What is done with data. Kept 2 years. */
        DATA(730),
        /** Money. Kept 7 years. */
        BILLING(2_557);

        private final Duration kept;

        Category(int days) {
            this.kept = Duration.ofDays(days);
        }

        /** How long a body is kept; its hash stays, and so do all proofs of others. */
        public Duration kept() {
            return kept;
        }
    }

    /**
     * What an action is done to.
     *
     * @param type in lower snake case, such as {@code api_key}
     * @param person the person that it is; null: it is none. A person stands in the log by a pseudonym, whatever {@code id} says
     */
    public record Target(String type, String id, @Nullable Subject person) {

        public Target {
            Texts.require("A target's type", type, 64);
            Texts.requireShort("A target's id", id, 300);
        }

        /** A thing. */
        public Target(String type, String id) {
            this(type, id, null);
        }

        /** A person. */
        public static Target person(Subject subject) {
            return new Target("person", subject.id(), subject);
        }
    }

    /** Something that was done, at level MEDIUM, without further data. */
    public static AuditEntry of(Owner owner, Actor actor, String action, Category category, Target target) {
        return new AuditEntry(
                owner, actor, action, category, SecurityLevel.MEDIUM, true, target, null, Map.of(), Map.of(), Map.of());
    }

    /** A change of settings that was made, at level MEDIUM. */
    static AuditEntry change(Owner owner, Actor actor, String action, String type, String id) {
        return of(owner, actor, action, Category.ADMIN, new Target(type, id));
    }

    /** This entry at another level. */
    public AuditEntry level(SecurityLevel other) {
        return new AuditEntry(
                owner, actor, action, category, other, success, target, requestId, data, actorData, targetData);
    }

    /** This entry, of something that was done or only tried. */
    public AuditEntry success(boolean done) {
        return new AuditEntry(
                owner, actor, action, category, level, done, target, requestId, data, actorData, targetData);
    }

    /** This entry of a request. */
    public AuditEntry requestId(@Nullable String id) {
        return new AuditEntry(owner, actor, action, category, level, success, target, id, data, actorData, targetData);
    }

    /** This entry with these data. */
    public AuditEntry data(Map<String, String> values) {
        return new AuditEntry(
                owner, actor, action, category, level, success, target, requestId, values, actorData, targetData);
    }

    /** This entry with these data of the person who acts. */
    public AuditEntry actorData(Map<String, String> values) {
        return new AuditEntry(
                owner, actor, action, category, level, success, target, requestId, data, values, targetData);
    }

    /** This entry with these data of the person it was done to. */
    public AuditEntry targetData(Map<String, String> values) {
        return new AuditEntry(
                owner, actor, action, category, level, success, target, requestId, data, actorData, values);
    }

    private static boolean isSecret(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return Stream.of("password", "secret", "token", "authorization", "apikey", "otp", "code")
                .anyMatch(lower::endsWith);
    }
}
