package dev.matrix.security.spi;

import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Rules about addresses. Whoever changes a scope's rules holds its epoch row ({@link AccessEpochStore#bump}), so that what
 * is counted and compared here stays as it is until the commit.
 */
public interface AccessRuleStore {

    /**
     * Inserts a rule unless one of the same scope, range and action is there; then changes nothing and returns false. A row
     * of another open transaction is waited for.
     */
    boolean insert(Tx tx, IpRuleRow row);

    /** A rule by its id. */
    Optional<IpRuleRow> find(Tx tx, String id);

    /** Removes a rule; false where there is none. */
    boolean delete(Tx tx, String id);

    /** Rules of a scope in id order after {@code after} (null: from the first), expired ones too. */
    List<IpRuleRow> after(Tx tx, String scope, @Nullable String after, int limit);

    /** Rules of a scope in id order, expired ones too; the cursor is an id. */
    Page<IpRuleRow> page(Tx tx, String scope, PageRequest page);

    /** How many rules each scope of that owner has, expired ones too. */
    Map<String, Integer> countByScope(Tx tx, String owner);

    /** Adds to a rule's hits; without effect where it is gone. */
    void addHits(Tx tx, String id, long hits, Instant now);

    /**
     * Puts one text in the place of another as who has created what is stored.
     *
     * @param by as {@code Actor.text()}
     */
    void blankAuthor(Tx tx, String by, String blank);
}
