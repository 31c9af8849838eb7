package dev.matrix.core;

import static java.util.Objects.requireNonNull;

/**
 * Whom a thing belongs to: a user or a partner of the platform. Every query is scoped by it.
 *
 * @param type user or partner
 * @param id the host's own id: 1 to 128 characters, without control characters, line separators and halves of surrogate pairs
 */
public record Owner(Type type, String id) implements Comparable<Owner> {

    /** What kind of customer an owner is. */
    public enum Type {
        USER,
        PARTNER
    }

    private static final int LONGEST_ID = 128;
    private static final String PLATFORM_ID = "platform";
    private static final Owner PLATFORM = new Owner(Type.PARTNER, PLATFORM_ID);

    public Owner {
        requireNonNull(type, "type");
        requireNonNull(id, "id");
        if (id.isBlank() || id.length() > LONGEST_ID || id.chars().anyMatch(Owner::isUnseen)) {
            throw new InvalidRequestException("An owner's id has 1 to " + LONGEST_ID
                    + " characters, no control characters and no line separators; this one has " + id.length()
                    + " characters.");
        }
        StorableText.require(id, "An owner's id");
    }

    /** Two ids that differ in such a character alone look alike to whoever reads them. */
    private static boolean isUnseen(int character) {
        int type = Character.getType(character);
        return Character.isISOControl(character)
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }

    /** A user of the platform. */
    public static Owner user(String id) {
        return new Owner(Type.USER, id);
    }

    /** A partner of the platform. The id {@code platform} is reserved: see {@link #platform()}. */
    public static Owner partner(String id) {
        return new Owner(Type.PARTNER, id);
    }

    /** The platform itself, {@code partner("platform")}: owns what concerns no customer. */
    public static Owner platform() {
        return PLATFORM;
    }

    @Override
    public int compareTo(Owner other) {
        int byType = type.compareTo(other.type);
        return byType != 0 ? byType : id.compareTo(other.id);
    }

    /** For people: {@code user:u_42}. */
    @Override
    public String toString() {
        return (type == Type.USER ? "user:" : "partner:") + id;
    }
}
