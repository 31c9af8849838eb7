/** Refunds under load beside an insert without a guard, and refunds whose node is killed. */
@NullMarked
package dev.matrix.examples.benchmarks.refunds;

import org.jspecify.annotations.NullMarked;
