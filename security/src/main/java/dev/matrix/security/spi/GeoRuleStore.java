package dev.matrix.security.spi;

import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Tx;
import java.util.Map;
import java.util.Optional;

/** Rules about where addresses are; at most one per scope, match and action. A scope has at most some hundreds. */
public interface GeoRuleStore {

    /** Inserts a rule unless the scope has one with that match and action; then changes nothing and returns false. */
    boolean insert(Tx tx, GeoRuleRow row);

    /** A rule. */
    Optional<GeoRuleRow> find(Tx tx, String id);

    /** Deletes a rule; returns false where there is none. */
    boolean delete(Tx tx, String id);

    /** A scope's rules in id order; the cursor is an id. */
    Page<GeoRuleRow> page(Tx tx, String scope, PageRequest page);

    /** How many rules an owner has in each scope. */
    Map<String, Integer> countByScope(Tx tx, String owner);

    /**
     * Puts one text in the place of another as who has created what is stored.
     *
     * @param by as {@code Actor.text()}
     */
    void blankAuthor(Tx tx, String by, String blank);
}
