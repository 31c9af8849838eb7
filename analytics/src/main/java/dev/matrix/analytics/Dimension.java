package dev.matrix.analytics;

import dev.matrix.core.InvalidRequestException;
import java.util.regex.Pattern;

/**
 * What customers and their subscriptions are grouped by.
 *
 * @param name {@code [a-z][a-z0-9_]{0,63}}
 */
public record Dimension(String name) implements Comparable<Dimension> {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,63}");

    /** The subscription's service level. */
    public static final Dimension TIER = new Dimension("tier");
    /** The first partner that the event is visible to. */
    public static final Dimension PARTNER = new Dimension("partner");
    /** The price's currency. */
    public static final Dimension CURRENCY = new Dimension("currency");
    /** The item's plan. */
    public static final Dimension PLAN = new Dimension("plan");

    /** What is used, of usage and instances alone. */
    public static final Dimension METER = new Dimension("meter");
    /** The kind of resource that is used, of usage alone; an instance's region. */
    public static final Dimension RESOURCE_KIND = new Dimension("resource_kind");

    public Dimension {
        if (!NAME.matcher(name).matches()) {
            throw new InvalidRequestException("A dimension's name matches " + NAME + "; '" + name + "' doesn't.");
        }
    }

    @Override
    public int compareTo(Dimension other) {
        return name.compareTo(other.name);
    }

    /** The name. */
    @Override
    public String toString() {
        return name;
    }
}
