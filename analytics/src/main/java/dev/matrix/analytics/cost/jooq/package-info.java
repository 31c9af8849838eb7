/** Stores of cost optimisation in a database, by jOOQ. */
@NullMarked
package dev.matrix.analytics.cost.jooq;

import org.jspecify.annotations.NullMarked;
