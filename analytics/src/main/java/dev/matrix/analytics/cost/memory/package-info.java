/** Stores of cost optimisation in memory. */
@NullMarked
package dev.matrix.analytics.cost.memory;

import org.jspecify.annotations.NullMarked;
