package dev.matrix.tax.spi;

import dev.matrix.core.spi.Tx;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A host's own rules; the shipped ones are in the jar. */
public interface TaxRuleStore {

    /**
     * A rule as stored.
     *
     * @param json the rule, without the two instants
     */
    record RuleRow(
            String id,
            String json,
            Instant recordedAt,
            @Nullable Instant supersededAt) {}

    /** How often rules have changed; 0 at first. Nodes reload when it rises. */
    long version(Tx tx);

    /**
     * The rules that were added or superseded after a version, superseded ones too, in the order of ids. Changes commit in the
     * order of versions.
     *
     * @param version below 0: all
     */
    List<RuleRow> changedAfter(Tx tx, long version);

    /** Adds rules and raises the version once; waits for others who change rules. */
    void insert(Tx tx, List<RuleRow> rules);

    /**
     * Marks a standing rule superseded; false, and nothing changes, where there is none. Doesn't raise the version: the insert
     * that follows in the same transaction does. Waits for others who change rules.
     */
    boolean supersede(Tx tx, String id, Instant at);
}
