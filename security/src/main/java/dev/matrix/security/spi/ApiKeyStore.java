package dev.matrix.security.spi;

import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** API keys. */
public interface ApiKeyStore {

    /**
     * Locks an owner's row to the transaction's end, making it if need be: whoever counts an owner's keys and adds one calls it
     * first, so that the count holds until the commit.
     */
    void lockOwner(Tx tx, Owner owner);

    /** Inserts a key. */
    void insert(Tx tx, ApiKeyRow row);

    /** The key of that hash. */
    Optional<ApiKeyRow> findByHash(Tx tx, String hash);

    /** A key by its id. */
    Optional<ApiKeyRow> find(Tx tx, String id);

    /** An owner's keys in id order, ended ones too; the cursor is an id. */
    Page<ApiKeyRow> page(Tx tx, Owner owner, PageRequest page);

    /** How many of an owner's keys are live at {@code now}. */
    int countLive(Tx tx, Owner owner, Instant now);

    /** How many of an owner's keys were made at {@code since} or later. */
    int countSince(Tx tx, Owner owner, Instant since);

    /** Writes state and end if the row's state and end are still as {@code seen} has them; else returns false. */
    boolean replaceIfSame(Tx tx, ApiKeyRow seen, ApiKeyRow row);

    /** Keeps when a key was last used; a time before the stored one changes nothing. */
    void used(Tx tx, String id, Instant at);

    /** At most {@code limit} keys, ACTIVE or ROTATING as stored, whose end is at {@code now} or before, the earliest first. */
    List<ApiKeyRow> ended(Tx tx, Instant now, int limit);

    /** Deletes at most {@code limit} keys, EXPIRED or REVOKED, whose end was before {@code before}; returns how many. */
    int deleteEnded(Tx tx, Instant before, int limit);

    /**
     * Puts one text in the place of another as who has created what is stored.
     *
     * @param by as {@code Actor.text()}
     */
    void blankAuthor(Tx tx, String by, String blank);
}
