package dev.matrix.analytics.spi;

import dev.matrix.core.spi.Tx;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All facts, in the storage of Matrix itself: the truth that flows, counts and ratios are made of. */
public interface FactStore {

    /**
     * Keeps facts of locked customers. A fact whose key is known becomes {@link Fact#merged} with the one that is there.
     *
     * @param facts each key once
     * @return those that are new or changed, as they are now
     */
    List<Fact> append(Tx tx, List<Fact> facts);

    /** The facts of these keys, as far as they are there, in any order. */
    List<Fact> find(Tx tx, Collection<FactKey> keys);

    /** All facts of a kind that refer to any of these, of all customers, in any order. */
    List<Fact> referring(Tx tx, FactKind kind, Collection<String> refIds);

    /** Which of these events have told a fact that is there. */
    Set<String> known(Tx tx, Collection<String> eventIds);

    /** Adds facts up; the order of cells is undefined. Nothing is left out. */
    void aggregate(Tx tx, FactQuery query, Consumer<FactCell> sink);

    /**
     * Facts in key order.
     *
     * @param after the last key of the page before; null: from the first
     * @param limit at most how many
     */
    List<Fact> scan(Tx tx, FactFilter filter, @Nullable FactKey after, int limit);

    /** Begins the keys of facts whose references are cleared. */
    String ERASED = "erased:";

    /**
     * Clears what names things of a locked customer in up to {@code limit} of its facts: reference and resource become empty, the
     * key {@link #ERASED} and the event's id.
     *
     * @return how many were changed; less than the limit: all are
     */
    int clearReferences(Tx tx, int customer, int limit);
}
