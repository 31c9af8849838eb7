package dev.matrix.jooq;

import org.jooq.Condition;
import org.jooq.Select;
import org.jooq.impl.DSL;

/**
 * Conditions over a sub-select, spelt so that they link with each jOOQ that a host may bring: {@code DSL.exists(Select)} of 3.19
 * is gone in 3.21, and jOOQ promises no binary compatibility between minor releases.
 */
public final class Subqueries {

    private Subqueries() {}

    /** That the select gives at least one row. */
    public static Condition exists(Select<?> select) {
        return DSL.condition("exists ({0})", select);
    }

    /** That the select gives no row. */
    public static Condition notExists(Select<?> select) {
        return DSL.condition("not exists ({0})", select);
    }
}
