package dev.matrix.core.event;

import dev.matrix.core.InvalidRequestException;
import java.util.regex.Pattern;

/**
 * Which event types one is interested in: an exact name; {@code family.*}, all types below a family of
 * one or more segments; or {@code *}, all but the explicit-only ones.
 *
 * @param text such as {@code invoice.paid}, {@code invoice.*} or {@code *}; at most 128 characters
 */
public record EventPattern(String text) {

    private static final Pattern SYNTAX = Pattern.compile("\\*|[a-z0-9_]+(\\.[a-z0-9_]+)*\\.(\\*|[a-z0-9_]+)");
    private static final int LONGEST = 128;
    private static final String ALL = "*";

    /** @throws InvalidRequestException if the text is none of the three forms */
    public EventPattern {
        if (text.length() > LONGEST || !SYNTAX.matcher(text).matches()) {
            throw new InvalidRequestException("An event pattern is a type's name, 'family.*' or '*', at most " + LONGEST
                    + " characters; '" + text + "' isn't.");
        }
    }

    public boolean matches(EventType type) {
        return covers(type.name()) && !(text.equals(ALL) && type.isExplicitOnly());
    }

    /** Whether the text fits a type's name; {@code *} fits those too that need their exact type or family to match. */
    public boolean covers(String typeName) {
        return text.endsWith(ALL) ? typeName.startsWith(family()) : typeName.equals(text);
    }

    /** The family with its dot, so that {@code invoice.*} doesn't match {@code invoicex.paid}. */
    private String family() {
        return text.substring(0, text.length() - ALL.length());
    }

    /** The text. */
    @Override
    public String toString() {
        return text;
    }
}
