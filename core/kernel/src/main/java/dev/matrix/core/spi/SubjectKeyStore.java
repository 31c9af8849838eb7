package dev.matrix.core.spi;

import dev.matrix.core.Owner;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Wrapped keys of persons; unique by pseudonym and by (owner, subject id). May live in a database of its own. */
public interface SubjectKeyStore {

    /** One person's key: owner, subject id and wrapped bytes are null once it is destroyed. */
    record SubjectKeyRow(
            String pseudonym,
            @Nullable Owner owner,
            @Nullable String subjectId,
            byte @Nullable [] wrapped,
            int keyVersion,
            Instant createdAt) {}

    /** Adds the row unless its (owner, subject id) has one; then returns false and changes nothing. Races: one wins. */
    boolean insertIfAbsent(Tx tx, SubjectKeyRow row);

    /** The person's row. */
    Optional<SubjectKeyRow> find(Tx tx, Owner owner, String subjectId);

    /** The row of a pseudonym, destroyed ones too. */
    Optional<SubjectKeyRow> byPseudonym(Tx tx, String pseudonym);

    /** Blanks owner, subject id and key of the person's row, keeping the pseudonym; false if there is none. */
    boolean destroy(Tx tx, Owner owner, String subjectId);

    /** Does the same to the row of a pseudonym; false if there is none, or it is destroyed already. */
    boolean destroyByPseudonym(Tx tx, String pseudonym);

    /** At most {@code limit} rows wrapped under a key version lower than {@code version}. */
    List<SubjectKeyRow> wrappedBefore(Tx tx, int version, int limit);

    /** Replaces the wrapped bytes if the row's key version is still {@code expectedVersion}. */
    boolean rewrap(Tx tx, String pseudonym, int expectedVersion, byte[] wrapped, int newVersion);
}
