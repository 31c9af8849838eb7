package dev.matrix.jooq;

import dev.matrix.core.Owner;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.Field;

/** How owners are stored: one in the columns {@code owner_type smallint, owner_id varchar(128)}, several as text. */
public final class Owners {

    private static final short USER = 0;
    private static final short PARTNER = 1;
    private static final String USER_PREFIX = "user:";
    private static final String PARTNER_PREFIX = "partner:";

    private Owners() {}

    /** The owner's type as stored. */
    public static short type(Owner owner) {
        return owner.type() == Owner.Type.USER ? USER : PARTNER;
    }

    /** The owner of two columns. */
    public static Owner of(short type, String id) {
        return type == USER ? Owner.user(id) : Owner.partner(id);
    }

    /** That two columns hold an owner. */
    public static Condition are(Field<Short> type, Field<String> id, Owner owner) {
        return type.eq(type(owner)).and(id.eq(owner.id()));
    }

    /** Owners as text: one a line, as ids have no control characters. */
    public static String text(Collection<Owner> owners) {
        return owners.stream().map(Owner::toString).collect(Collectors.joining("\n"));
    }

    /** The owners of such a text. */
    public static List<Owner> list(String text) {
        return text.lines().map(Owners::parse).toList();
    }

    private static Owner parse(String line) {
        return line.startsWith(USER_PREFIX)
                ? Owner.user(line.substring(USER_PREFIX.length()))
                : Owner.partner(line.substring(PARTNER_PREFIX.length()));
    }
}
