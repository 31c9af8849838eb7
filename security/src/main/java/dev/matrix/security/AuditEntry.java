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
 * Something that was done, or tried, for the audit log. Checked when it is made, so that no bad entry fails a statement.
 *
 * @param owner whom it concerns
 * @param actor who did it
 * @param action what, such as {@code api_key.issued}: {@code [a-z0-9_.]{1,128}}; what begins with {@code audit.} is reserved
 * @param category what kind of action, which says how long it is kept
 * @param level how much the action asks for
 * @param success whether it was done
 * @param target what it was done to
 * @param requestId of the request behind it; null: none
 * @param data what else is known and is no person's: at most 50 values of 4,096 characters. Values whose name tells of a
 *     secret, such as {@code password} or {@code clientSecret}, are redacted.
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
        Map<String, String> data) {

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
        if (data.size() > MOST_DATA) {
            throw new InvalidRequestException(
                    "An entry has at most " + MOST_DATA + " data; this one has " + data.size() + ".");
        }
        Map<String, String> checked = new LinkedHashMap<>();
        data.forEach((name, value) -> {
            Texts.require("The name of an entry's data", name, 64);
            checked.put(name, isSecret(name) ? REDACTED : Texts.requireShort("The data " + name, value, LONGEST_VALUE));
        });
        data = Map.copyOf(checked);
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
     */
    public record Target(String type, String id) {

        public Target {
            Texts.require("A target's type", type, 64);
            Texts.requireShort("A target's id", id, 300);
        }
    }

    /** A change of settings that was made, at level MEDIUM. */
    static AuditEntry change(Owner owner, Actor actor, String action, String type, String id) {
        return new AuditEntry(
                owner, actor, action, Category.ADMIN, SecurityLevel.MEDIUM, true, new Target(type, id), null, Map.of());
    }

    /** This entry with these data. */
    public AuditEntry data(Map<String, String> values) {
        return new AuditEntry(owner, actor, action, category, level, success, target, requestId, values);
    }

    private static boolean isSecret(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return Stream.of("password", "secret", "token", "authorization", "apikey", "otp", "code")
                .anyMatch(lower::endsWith);
    }
}
