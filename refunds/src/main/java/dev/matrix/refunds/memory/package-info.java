/** The stores of refunds in memory. */
@NullMarked
package dev.matrix.refunds.memory;

import org.jspecify.annotations.NullMarked;
