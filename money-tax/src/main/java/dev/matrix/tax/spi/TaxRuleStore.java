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

    /** All rules, superseded ones too, in the order of ids. */
    List<RuleRow> rules(Tx tx);

    /** Adds rules and raises the version once. */
    void insert(Tx tx, List<RuleRow> rules);

    /** Marks a standing rule superseded; false, and nothing changes, where there is none. Doesn't raise the version. */
    boolean supersede(Tx tx, String id, Instant at);
}
